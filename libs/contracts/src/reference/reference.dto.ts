import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { Item } from '#canonical/item';
import type { Customer, Node } from '#canonical/party';
import { AddressDto, DATE_PATTERN, ID_PATTERN, MoneyDto, POSITIVE_PATTERN, QUANTITY_PATTERN } from '../values.dto';
import { CreditTermsDto, LicenceDto, RoutingDto, TaxExemptionDto } from './terms.dto';

export class PackUnitDto {
  /** UNECE code of the pack. @example "XCS" */
  @Matches(/^[A-Z0-9]{2,3}$/) unit: string;
  /** Base units in one pack. @example "12" */
  @Matches(POSITIVE_PATTERN) baseQuantity: string;
  /** GTIN of the pack. @example "10614141123459" */
  @IsOptional() @Matches(/^(\d{8}|\d{12,14})$/) gtin?: string;
}

export class ItemDto implements Item {
  /** Our item number. @example "85123A" */
  @Matches(ID_PATTERN) sku: string;
  /** @example "White hanging heart T-light holder" */
  @IsString() @Length(1, 200) description: string;
  /** @example "ACTIVE" */
  @IsIn(['ACTIVE', 'DISCONTINUED', 'BLOCKED']) status: 'ACTIVE' | 'DISCONTINUED' | 'BLOCKED';
  /** UNECE code of the unit stock is kept in. @example "EA" */
  @Matches(/^[A-Z0-9]{2,3}$/) baseUnit: string;
  /** Other units it may be ordered in. */
  @IsArray() @ArrayMaxSize(20) @ValidateNested({ each: true }) @Type(() => PackUnitDto) packs: PackUnitDto[];
  /** GTIN of the base unit. @example "04006381333931" */
  @IsOptional() @Matches(/^(\d{8}|\d{12,14})$/) gtin?: string;
  /** Price of one base unit without a contract price. */
  @IsOptional() @ValidateNested() @Type(() => MoneyDto) listPrice?: MoneyDto;
  /** Kilograms of one base unit. @example "0.35" */
  @IsOptional() @Matches(QUANTITY_PATTERN) weightKg?: string;
  /** Least base units of one order line. @example "12" */
  @IsOptional() @Matches(POSITIVE_PATTERN) minimumOrder?: string;
  /** Base units that an order line must be a whole number of. @example "6" */
  @IsOptional() @Matches(POSITIVE_PATTERN) orderMultiple?: string;
  /** Days between order and earliest ship day. @example 2 */
  @IsOptional() @IsInt() @Min(0) @Max(365) leadTimeDays?: number;
  /** Dangerous goods class; not dangerous when absent. @example "3" */
  @IsOptional() @IsString() @Length(1, 10) hazardClass?: string;
  /** Export control number; leaves the country of the node only with a check. @example "5A992" */
  @IsOptional() @IsString() @Length(1, 20) exportControl?: string;
  /** Must stay cold on its way. */
  @IsOptional() @IsIn(['CHILLED', 'FROZEN']) coldChain?: 'CHILLED' | 'FROZEN';
  /** What must be recorded of each unit when it ships. */
  @IsOptional() @IsIn(['LOT', 'SERIAL']) capture?: 'LOT' | 'SERIAL';
  /** Only customers of one of these assortments may order it; everybody when absent. @example ["TOYS"] */
  @IsOptional() @IsArray() @ArrayMaxSize(50) @Matches(ID_PATTERN, { each: true }) assortments?: string[];
  /** Channels it is not sold in. @example ["marketplace"] */
  @IsOptional() @IsArray() @ArrayMaxSize(20) @Matches(ID_PATTERN, { each: true }) notInChannels?: string[];
  /** Countries of the ship-to it is not sold to, ISO 3166-1 alpha-2. @example ["US"] */
  @IsOptional() @IsArray() @ArrayMaxSize(250) @Matches(/^[A-Z]{2}$/, { each: true }) notSoldTo?: string[];
  /** Licence that the customer needs, an age check included. @example "ALCOHOL" */
  @IsOptional() @Matches(ID_PATTERN) licence?: string;
}

export class ShipToDto {
  /** Unique within the partner. @example "17850" */
  @Matches(ID_PATTERN) id: string;
  @IsObject() @ValidateNested() @Type(() => AddressDto) address: AddressDto;
  /** False: nothing can be delivered there at present. */
  @IsOptional() @IsBoolean() deliverable?: boolean;
  /** Heaviest delivery that its dock takes, kilograms. @example "1000" */
  @IsOptional() @Matches(POSITIVE_PATTERN) maxWeightKg?: string;
  /** False: takes no dangerous goods. */
  @IsOptional() @IsBoolean() takesHazardous?: boolean;
}

export class CustomerDto implements Customer {
  /** @example "17850" */
  @Matches(ID_PATTERN) id: string;
  /** @example "Harbour Gifts Ltd" */
  @IsString() @Length(1, 100) name: string;
  @IsIn(['ACTIVE', 'BLOCKED']) status: 'ACTIVE' | 'BLOCKED';
  /** Partner whose keys may order for this customer. @example "harbour" */
  @Matches(ID_PATTERN) partner: string;
  /** ISO 4217. @example "GBP" */
  @Matches(/^[A-Z]{3}$/) currency: string;
  @IsArray() @ArrayMaxSize(500) @ValidateNested({ each: true }) @Type(() => ShipToDto) shipTos: ShipToDto[];
  /** ERP connection that owns the customer; the default one when absent. @example "erp-main" */
  @IsOptional() @Matches(ID_PATTERN) erpConnection?: string;
  /** What the customer is blocked for, one by one; `status` BLOCKED refuses everything. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(3)
  @IsIn(['ORDER', 'DELIVERY', 'BILLING'], { each: true })
  blocks?: ('ORDER' | 'DELIVERY' | 'BILLING')[];
  /** False: no valid tax registration. */
  @IsOptional() @IsBoolean() taxRegistered?: boolean;
  /** Agreed payment terms. @example "NET30" */
  @IsOptional() @Matches(ID_PATTERN) paymentTerms?: string;
  /** Party that is billed; the customer when absent. @example "17850-HQ" */
  @IsOptional() @Matches(ID_PATTERN) billTo?: string;
  /** Credit that the customer has; unlimited when absent. */
  @IsOptional() @ValidateNested() @Type(() => CreditTermsDto) credit?: CreditTermsDto;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => TaxExemptionDto)
  taxExemptions?: TaxExemptionDto[];
  /** Assortments the customer may order. @example ["TOYS"] */
  @IsOptional() @IsArray() @ArrayMaxSize(50) @Matches(ID_PATTERN, { each: true }) assortments?: string[];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => LicenceDto)
  licences?: LicenceDto[];
  /** Carriers and freight terms that were agreed; any when absent. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => RoutingDto)
  routings?: RoutingDto[];
}

export class ContractPriceDto {
  @Matches(ID_PATTERN) customer: string;
  @Matches(ID_PATTERN) item: string;
  /** Price of one base unit. */
  @IsObject() @ValidateNested() @Type(() => MoneyDto) price: MoneyDto;
  /** First day it holds. @example "2026-01-01" */
  @Matches(DATE_PATTERN) validFrom: string;
  /** Last day it holds; open when absent. @example "2026-12-31" */
  @IsOptional() @Matches(DATE_PATTERN) validTo?: string;
}

export class NodeDto implements Node {
  /** @example "DC-NORTH" */
  @Matches(ID_PATTERN) id: string;
  @IsString() @Length(1, 100) name: string;
  /** IANA time zone. @example "Europe/London" */
  @IsString() @Length(1, 50) timeZone: string;
  /** Connection of the warehouse system that runs the node. @example "wms-north" */
  @Matches(ID_PATTERN) wmsConnection: string;
  /** Connection that buys labels for it. @example "carrier-main" */
  @Matches(ID_PATTERN) tmsConnection: string;
  @IsObject() @ValidateNested() @Type(() => AddressDto) address: AddressDto;
  /** Lower ships first when several can. @example 10 */
  @IsInt() @Min(0) @Max(1000) priority: number;
  @IsBoolean() active: boolean;
}

export class PutItemsRequest {
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(1000) @ValidateNested({ each: true }) @Type(() => ItemDto) items: ItemDto[];
}
export class PutCustomersRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => CustomerDto)
  customers: CustomerDto[];
}
export class PutPricesRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => ContractPriceDto)
  prices: ContractPriceDto[];
}
export class PutNodesRequest {
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(100) @ValidateNested({ each: true }) @Type(() => NodeDto) nodes: NodeDto[];
}

export class PutResult {
  /** Key of the record. @example "85123A" */
  id: string;
  outcome: 'created' | 'updated' | 'unchanged' | 'rejected';
  /** Why it was rejected. @example "GTIN check digit is wrong" */
  detail?: string;
}
export class PutResults {
  results: PutResult[];
}

export class ListItemsQuery {
  /** Opaque cursor of the previous page. */
  @IsOptional() @IsString() @Length(1, 500) cursor?: string;
  /** 1 to 200, default 50. @example 50 */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
  /** Part of the number or description. @example "heart" */
  @IsOptional() @IsString() @Length(1, 100) search?: string;
}
export class ItemPage {
  items: ItemDto[];
  /** Absent on the last page. */
  next?: string;
}
export class ItemQuery {
  /** SKU or GTIN. @example "85123A" */
  @IsString() @Length(1, 64) sku: string;
}
export class FindItemsQuery {
  /** SKUs or GTINs as sent; 1 to 1,000. */
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(1000) @IsString({ each: true }) ids: string[];
}
export class FoundItem {
  /** The id as it was asked for. */
  requested: string;
  item: ItemDto;
}
export class FoundItems {
  /** Only those that were found. */
  items: FoundItem[];
}
export class NodeList {
  nodes: NodeDto[];
}
export class NoQuery {}

export class OrderSnapshotQuery {
  /** Partner who orders. */
  @Matches(ID_PATTERN) partner: string;
  /** Ship-to as the partner named it. */
  @IsString() @Length(1, 64) shipTo: string;
  /** SKUs or GTINs as sent; at most 500. */
  @IsArray() @ArrayMaxSize(500) @IsString({ each: true }) items: string[];
  /** Day for which prices and mappings are wanted. @example "2026-03-02" */
  @Matches(DATE_PATTERN) date: string;
  /** Unit codes as sent; those that are mapped are answered. */
  @IsOptional() @IsArray() @ArrayMaxSize(500) @IsString({ each: true }) units?: string[];
  /** Standard whose unit codes the partner uses where it has none of its own. @example "X12" */
  @IsOptional() @Matches(ID_PATTERN) unitSystem?: string;
  /** Carrier as the partner named it; what it means is answered where the partner has a code of its own. */
  @IsOptional() @Matches(ID_PATTERN) carrier?: string;
  /** Party to be billed as the partner named it, likewise. */
  @IsOptional() @Matches(ID_PATTERN) billTo?: string;
}
export class ResolvedItem {
  /** The id as it was asked for. */
  requested: string;
  item: ItemDto;
  /** True: the partner's own code, by a cross-reference. */
  mapped?: boolean;
  /** The code is the SKU of this item and also a GTIN of that one: which is meant is a guess. */
  alsoGtinOf?: string;
  /** Price of one base unit for this customer on that day: contract price, else list price, else absent. */
  price?: MoneyDto;
  priceBasis?: 'CONTRACT' | 'LIST';
}
/** What a unit code means to the partner. The one for the item wins, then the partner's own, then the standard's. */
export class MappedUnit {
  /** The code as sent. */
  requested: string;
  /** Only for this item. */
  item?: string;
  /** UNECE code. */
  unit: string;
  /** Base units in one, when another number than in the item master was agreed. */
  factor?: string;
  /** Who says so: the partner or the standard. */
  system: string;
}
export class ItemCandidate {
  sku: string;
  description: string;
  /** The code of the partner that looks like the one sent; absent when the SKU does. */
  external?: string;
}
/** A code that names no item: where it was looked up, and what it may have meant. */
export class MissingItem {
  requested: string;
  /** @example ["ITEM of harbour on 2026-03-02", "SKU", "GTIN"] */
  lookedUp: string[];
  /** At most five, nearest first. */
  candidates: ItemCandidate[];
}
export class ShipToCandidate {
  /** One of the partner's ship-tos. */
  id: string;
  /** The partner's code for it that looks like the one sent; absent when our id does. */
  external?: string;
}
/** A code that names no ship-to: where it was looked up, and what it may have meant. */
export class MissingShipTo {
  /** @example ["SHIP_TO of harbour on 2026-03-02", "ship-tos of harbour"] */
  lookedUp: string[];
  /** At most five, nearest first. */
  candidates: ShipToCandidate[];
}
/** Everything that validation of one order needs to know of reference data, read at one moment. */
export class OrderSnapshot {
  /** Absent when the partner has no such ship-to. */
  customer?: CustomerDto;
  shipTo?: ShipToDto;
  /** Present when the partner has no such ship-to. */
  missingShipTo?: MissingShipTo;
  /** Only those that were found. */
  items: ResolvedItem[];
  /** Mapped units of those asked for. */
  units: MappedUnit[];
  /** Those that were not found. */
  missing: MissingItem[];
  /** Our carrier, where a cross-reference explains the partner's code. */
  carrier?: string;
  /** Our customer, where a cross-reference explains the partner's code of the party to be billed. */
  billTo?: string;
}
