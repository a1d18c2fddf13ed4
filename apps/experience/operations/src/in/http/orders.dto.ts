import { IsOptional, IsString, Length } from 'class-validator';
import { OrderChange, OrderCommand } from '#contracts/orders/order-changes.dto';
import { HoldReasonRequest, OrderView } from '#contracts/orders/orders.dto';

export class OperationsOrder extends OrderView {
  commands: OrderCommand[];
}
export class ChangeBody extends OrderChange {
  /** Names this change: the same key again answers the first result. @example "call-2026-03-02-ann" */
  @IsString() @Length(1, 255) key: string;
}
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
