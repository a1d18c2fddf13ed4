import { IsISO31661Alpha2, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';

/** Decimal text: at most 12 digits and 6 after the point, not negative. */
export const QUANTITY_PATTERN = /^\d{1,12}(\.\d{1,6})?$/;
/** Decimal text that may be negative. */
export const SIGNED_PATTERN = /^-?\d{1,12}(\.\d{1,6})?$/;
/** Greater than zero. */
export const POSITIVE_PATTERN = /^(?=.*[1-9])\d{1,12}(\.\d{1,6})?$/;
/** Ids of things: printable, no spaces at the ends, no control characters. */
export const ID_PATTERN = /^[^\s\x00-\x1f](?:[^\x00-\x1f]{0,62}[^\s\x00-\x1f])?$/;
/** A way to sell: a shop, a marketplace, EDI. */
export const CHANNEL_PATTERN = /^[A-Z0-9_-]{1,40}$/;
export const DATE_PATTERN = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** RFC 3339: a moment with seconds and offset, never a day alone. */
export const TIME_PATTERN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;

export class QuantityDto {
  /** Decimal text, greater than zero, at most 6 digits after the point. @example "24" */
  @Matches(POSITIVE_PATTERN) value: string;
  /** UNECE Recommendation 20 unit code (packages with the prefix X of Recommendation 21). @example "EA" */
  @Matches(/^[A-Z0-9]{2,3}$/) unit: string;
}

export class MoneyDto {
  /** Decimal text. @example "12.50" */
  @Matches(SIGNED_PATTERN) amount: string;
  /** ISO 4217 currency. @example "GBP" */
  @Matches(/^[A-Z]{3}$/) currency: string;
}

export class AddressDto {
  /** Company or person. @example "Harbour Gifts Ltd" */
  @IsString() @Length(1, 100) name: string;
  /** Street and number. @example "1 Quay Street" */
  @IsString() @Length(1, 200) street: string;
  /** @example "Bristol" */
  @IsString() @Length(1, 100) city: string;
  /** @example "BS1 4DJ" */
  @IsString() @MaxLength(20) postalCode: string;
  /** State, county or province. @example "Avon" */
  @IsOptional() @IsString() @MaxLength(50) region?: string;
  /** ISO 3166-1 alpha-2. @example "GB" */
  @IsISO31661Alpha2() @Matches(/^[A-Z]{2}$/) country: string;
}
