import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsInt, IsOptional, IsString, Length, Matches, Max, Min, ValidateNested } from 'class-validator'; // prettier-ignore

export class PolicyDto {
  /** As in the RateLimit headers. @example "burst" */
  @Matches(/^[a-z][a-z0-9-]{0,30}$/) name: string;
  /** Units that the window gives; most calls take one. @example 600 */
  @IsInt() @Min(1) @Max(1_000_000_000) quota: number;
  /** @example 60 */
  @IsInt() @Min(1) @Max(31_536_000) windowSeconds: number;
}
export class PlanView {
  /** @example "standard" */
  id: string;
  policies: PolicyDto[];
}
export class PlanList {
  plans: PlanView[];
}
export class PutPlanBody {
  /** All hold at once: a call takes from each or from none. Each has a name of its own. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(5)
  @ValidateNested({ each: true })
  @Type(() => PolicyDto)
  policies: PolicyDto[];
  /** Why, for the audit log. */
  @IsOptional() @IsString() @Length(1, 500) reason?: string;
}
