import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { DATE_PATTERN, ID_PATTERN, MoneyDto } from '../values.dto';

/** What was agreed with a customer, beyond prices. */
export class CreditTermsDto {
  /** Most that may be owed and ordered together, in the customer's currency. @example {"amount":"50000.00","currency":"GBP"} */
  @IsObject() @ValidateNested() @Type(() => MoneyDto) limit: MoneyDto;
  /** Only open orders due within so many days count (dynamic check); all when absent (static). @example 10 */
  @IsOptional() @IsInt() @Min(0) @Max(365) horizonDays?: number;
}

export class TaxExemptionDto {
  /** Number of the certificate. @example "EX-2026-17" */
  @IsString() @Length(1, 64) certificate: string;
  @Matches(DATE_PATTERN) validFrom: string;
  /** Last day; open when absent. */
  @IsOptional() @Matches(DATE_PATTERN) validTo?: string;
}

export class LicenceDto {
  /** @example "ALCOHOL" */
  @Matches(ID_PATTERN) licence: string;
  /** Last day; open when absent. */
  @IsOptional() @Matches(DATE_PATTERN) validTo?: string;
}

export const FREIGHT_TERMS = ['PREPAID', 'PREPAID_AND_CHARGE', 'COLLECT', 'THIRD_PARTY'] as const;
export type FreightTerms = (typeof FREIGHT_TERMS)[number];

export class RoutingDto {
  /** Our id of the carrier. @example "UPS" */
  @Matches(ID_PATTERN) carrier: string;
  /** Account that pays where the freight is collect or third party. @example "A12345" */
  @IsOptional() @Matches(ID_PATTERN) account?: string;
  @IsIn(FREIGHT_TERMS) terms: FreightTerms;
}
