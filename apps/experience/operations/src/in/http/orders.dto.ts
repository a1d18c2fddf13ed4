import { IsOptional, IsString, Length } from 'class-validator';
import { HoldReasonRequest } from '#contracts/orders/orders.dto';

export class RetryHoldsBody {
  /** What was mended; kept with the holds. @example "customer unblocked in the ERP" */
  @IsString() @Length(1, 200) reason: string;
}
export class HoldBody extends HoldReasonRequest {
  /** Who stops it; the caller's key when absent. @example "ann" */
  @IsOptional() @IsString() @Length(1, 100) who?: string;
}
export class ReleaseHoldBody {
  /** Who releases it; the caller's key when absent. @example "ann" */
  @IsOptional() @IsString() @Length(1, 100) who?: string;
  /** Why; kept with the hold. @example "credit given by phone" */
  @IsString() @Length(1, 200) why: string;
}
