import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { MoneyDto } from '#contracts/values.dto';

export class ListPortalItemsQuery {
  /** Opaque: `next` of the page before, with the same search. */
  @IsOptional() @IsString() @Length(1, 500) cursor?: string;
  /** 1 to 200, default 50; more is taken as 200. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
  /** Part of the number or the description. @example "heart" */
  @IsOptional() @IsString() @Length(1, 100) search?: string;
}
export class PortalItemUnit {
  /** UNECE Recommendation 20 unit code. @example "XCS" */
  unit: string;
  /** Base units in one of these. @example "12" */
  baseQuantity: string;
  /** @example "10614141123459" */
  gtin?: string;
}
export class PortalItem {
  /** Our item number. @example "85123A" */
  sku: string;
  /** @example "White hanging heart T-light holder" */
  description: string;
  /** Only ACTIVE items can be ordered. */
  status: 'ACTIVE' | 'DISCONTINUED' | 'BLOCKED';
  /** Unit that stock is kept in. @example "EA" */
  baseUnit: string;
  /** Every unit it can be ordered in, the base unit first. */
  units: PortalItemUnit[];
  /** GTIN of one base unit. @example "04006381333931" */
  gtin?: string;
  /** Price of one base unit without a contract. */
  listPrice?: MoneyDto;
}
export class PortalItemPage {
  items: PortalItem[];
  /** Cursor of the next page; absent on the last. */
  next?: string;
}
