import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { ShipmentContent } from '#contracts/shipments/shipments.dto';

/** The whole shipment as it really was; what is not named in it was not there. */
export class CorrectShipmentBody extends ShipmentContent {
  /** One more than the version that it corrects. @example 2 */
  @IsInt() @Min(2) @Max(1000) revision: number;
  /** @example "two cartons were found on the dock" */
  @IsString() @Length(1, 200) reason: string;
}
export class VoidShipmentBody {
  /** One more than the version that it voids. @example 2 */
  @IsInt() @Min(2) @Max(1000) revision: number;
  /** @example "the truck came back" */
  @IsString() @Length(1, 200) reason: string;
}
export class RetryEffectQuery {
  /** Version that the effect belongs to; the newest one that failed when absent. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(1000) revision?: number;
}
