import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { FREIGHT_TERMS, type FreightTerms } from '../reference/terms.dto';
import { DATE_PATTERN, ID_PATTERN, MoneyDto, QUANTITY_PATTERN } from '../values.dto';

/** A quantity as a partner writes it: the unit may be a code of its own that a cross-reference explains. */
export class OrderedQuantityDto {
  /** Decimal text, greater than zero, at most 6 digits after the point. @example "24" */
  @Matches(/^(?=.*[1-9])\d{1,12}(\.\d{1,6})?$/) value: string;
  /** UNECE Recommendation 20 code, or the partner's own. @example "EA" */
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$/) unit: string;
}

export class ShipWindow {
  /** First day on which it may ship. @example "2026-03-09" */
  @Matches(DATE_PATTERN) from: string;
  /** Last one. @example "2026-03-13" */
  @Matches(DATE_PATTERN) to: string;
}

/** How it shall travel. */
export class RoutingRequest {
  /** @example "UPS" */
  @IsOptional() @Matches(ID_PATTERN) carrier?: string;
  /** Account that pays where the freight is collect or third party. @example "A12345" */
  @IsOptional() @Matches(ID_PATTERN) account?: string;
  @IsOptional() @IsIn(FREIGHT_TERMS) terms?: FreightTerms;
}

/** What the sender counted, to be sure that nothing was lost on the way. */
export class ControlTotals {
  /** Number of lines. @example 2 */
  @IsOptional() @IsInt() @Min(0) @Max(99999) lines?: number;
  /** Σ of the quantities as sent, whatever their units. @example "26" */
  @IsOptional() @Matches(QUANTITY_PATTERN) quantity?: string;
  /** Σ lines + charges − allowances + tax. @example {"amount":"290.15","currency":"GBP"} */
  @IsOptional() @ValidateNested() @Type(() => MoneyDto) amount?: MoneyDto;
}

export const PURPOSES = ['ORIGINAL', 'DUPLICATE', 'CANCELLATION', 'REPLACE', 'CHANGE'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What an order may say beyond goods: all of it is checked, none of it is needed. */
export class OrderTerms {
  /**
   * Why this purchase order number is sent (X12 353 / EDIFACT 1225): ORIGINAL when absent; DUPLICATE answers the order there is;
   * CANCELLATION cancels what is open of it; REPLACE says the whole order anew; CHANGE says the lines that it names anew and leaves
   * the others. Both become a change of the order there is: lines keep their item, prices and charges stay as agreed.
   */
  @IsOptional() @IsIn(PURPOSES) purpose?: Purpose;
  /** REPLACE and CHANGE: which one it is of this purchase order. One that is not newer than the last is refused. @example 2 */
  @IsOptional() @IsInt() @Min(1) @Max(999_999) changeSequence?: number;
  /** True: a test message. */
  @IsOptional() @IsBoolean() test?: boolean;
  /** @example "NET30" */
  @IsOptional() @Matches(ID_PATTERN) paymentTerms?: string;
  /** Party to be billed. @example "17850-HQ" */
  @IsOptional() @Matches(ID_PATTERN) billTo?: string;
  @IsOptional() @ValidateNested() @Type(() => ShipWindow) shipWindow?: ShipWindow;
  /** Certificate under which no tax is due. @example "EX-2026-17" */
  @IsOptional() @IsString() @Length(1, 64) taxExemption?: string;
  /** Tax in the amount of `controlTotals`. */
  @IsOptional() @ValidateNested() @Type(() => MoneyDto) tax?: MoneyDto;
  @IsOptional() @ValidateNested() @Type(() => RoutingRequest) routing?: RoutingRequest;
  @IsOptional() @ValidateNested() @Type(() => ControlTotals) controlTotals?: ControlTotals;
}
