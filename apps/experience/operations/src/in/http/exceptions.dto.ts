import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min, ValidateNested } from 'class-validator'; // prettier-ignore
import { ExceptionFilter, ExceptionPolicyDto } from '#contracts/exceptions/exceptions.dto';
import { ID_PATTERN } from '#contracts/values.dto';

/** Written to the audit, together with the key that called. */
export class ActionBody {
  /** What was mended, or why it is over. @example "customer unblocked in the ERP" */
  @IsString() @Length(1, 500) reason: string;
  /** The person, where several work with one key. @example "dana" */
  @IsOptional() @Matches(ID_PATTERN) operator?: string;
}
export class AssignBody extends ActionBody {
  /** Who takes it. @example "dana" */
  @Matches(ID_PATTERN) to: string;
}
export class EditAndRetryBody extends ActionBody {
  /** The message body as it should have been, whole; at most 500,000 characters. The one that came is kept beside it. */
  @IsString() @Length(1, 500_000) content: string;
}
export class BulkBody extends ActionBody {
  /** At least one of domain, code, queue, partner and order. */
  @ValidateNested() @Type(() => ExceptionFilter) filter: ExceptionFilter;
  @IsIn(['ASSIGN', 'RESOLVE', 'RETRY']) action: 'ASSIGN' | 'RESOLVE' | 'RETRY';
  /** For ASSIGN: who takes them. */
  @IsOptional() @Matches(ID_PATTERN) to?: string;
  /** 1 to 1,000, default 100: at most so many are touched, oldest first. */
  @IsOptional() @IsInt() @Min(1) @Max(1000) cap?: number;
  /** Says what would be done to which, and does nothing. */
  @IsOptional() @IsBoolean() dryRun?: boolean;
}
export class PutExceptionPoliciesBody extends ActionBody {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => ExceptionPolicyDto)
  policies: ExceptionPolicyDto[];
}
