import { IsString, Length } from 'class-validator';

export class RetryHoldsBody {
  /** What was mended; written to the log. @example "customer unblocked in the ERP" */
  @IsString() @Length(1, 200) reason: string;
}
