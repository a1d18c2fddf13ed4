import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { INVENTORY_FACTS, type InventoryFact } from '#canonical/inventory';
import { DATE_PATTERN, ID_PATTERN, QUANTITY_PATTERN, SIGNED_PATTERN, TIME_PATTERN } from '../values.dto';

/** One stock fact; docs/how-to/post-inventory.md says what each moves and who may state it. Quantities are in the item's base unit. */
export class InventoryRecordDto {
  /** Unique within its source for ever: the same id again with the same content changes nothing. @example "rcpt-1001-1" */
  @IsString() @Length(1, 200) id: string;
  @Matches(ID_PATTERN) item: string;
  @Matches(ID_PATTERN) node: string;
  @IsIn(INVENTORY_FACTS) fact: InventoryFact;
  /** Base units. Negative only for ADJUSTED. For COUNTED and SNAPSHOT the absolute quantity. @example "48" */
  @Matches(SIGNED_PATTERN) quantity: string;
  /** RFC 3339 with offset: when it happened at the node. */
  @IsISO8601({ strict: true }) @Matches(TIME_PATTERN) occurredAt: string;
  /** @example "CYCLE_COUNT" */
  @IsOptional() @IsString() @MaxLength(100) reason?: string;
  /** The document behind it: a receipt, a shipment, a count. */
  @IsOptional() @IsString() @MaxLength(200) reference?: string;
  /** SHIPPED only: the reservation and line that it consumes. */
  @IsOptional() @IsString() @MaxLength(100) reservation?: string;
  @IsOptional() @IsInt() @Min(1) line?: number;
  /** Gapless number of the source for this node, when it has one. */
  @IsOptional() @IsInt() @Min(0) sequence?: number;
  /** TRANSFER_SHIPPED only: where it goes, and is in transit to until received there. */
  @IsOptional() @Matches(ID_PATTERN) toNode?: string;
  /** TRANSFER_RECEIVED only, with `reference`: where it comes from. What that node has not told of it yet is implied there at once. */
  @IsOptional() @Matches(ID_PATTERN) fromNode?: string;
  /** The lot that moves, for items that are kept by lot. @example "L-2291" */
  @IsOptional() @Matches(ID_PATTERN) lot?: string;
  /** Last day on which the lot may be used; needs `lot`. @example "2026-11-30" */
  @IsOptional() @Matches(DATE_PATTERN) expiresOn?: string;
  /** REVERSED only: the id of the record of the same source that is taken back, once and wholly. */
  @IsOptional() @IsString() @Length(1, 200) reverses?: string;
  /** The raw message it came in. @example "msg-77120" */
  @IsOptional() @IsString() @Length(1, 200) messageId?: string;
}
export class PostInventoryRequest {
  /** Who says so, e.g. `wms/wms-north`. Ids are unique within it. */
  @IsString() @Length(1, 100) source: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(5000)
  @ValidateNested({ each: true })
  @Type(() => InventoryRecordDto)
  records: InventoryRecordDto[];
}
export class InventoryRecordResult {
  id: string;
  /**
   * `conflict`: the id is known with other content; nothing was changed. `held`: facts before it are missing; it counts as soon as they
   * have come or are given up.
   */
  outcome: 'applied' | 'duplicate' | 'conflict' | 'rejected' | 'held';
  /** Why it was not applied, for a program. @example "AUTHORITY_MISSING" */
  code?: string;
  /** The same for a person. */
  detail?: string;
}
export class PostInventoryResponse {
  results: InventoryRecordResult[];
}

/** Expected stock. Replaced as a whole by its id; quantity 0 ends it. */
export class SupplyDto {
  /** Purchase order line, ASN line or transfer line. @example "PO-881-1" */
  @IsString() @Length(1, 100) id: string;
  @IsIn(['PURCHASE_ORDER', 'ASN', 'TRANSFER']) kind: 'PURCHASE_ORDER' | 'ASN' | 'TRANSFER';
  @Matches(ID_PATTERN) item: string;
  @Matches(ID_PATTERN) node: string;
  /** Base units. Of a purchase order or transfer what is still to come; of an ASN all that was sent, whatever has come of it since. */
  @Matches(QUANTITY_PATTERN) quantity: string;
  /**
   * ASN: the purchase order line whose quantity it replaces; that order may be stated later. Together they never count more than the
   * order still has to come. @example "PO-881-1"
   */
  @IsOptional() @IsString() @Length(1, 100) announces?: string;
  /**
   * How much of it, base units, the sender had seen received when it stated `quantity`: what the ledger has beyond that is taken off.
   * When absent, who states an order or transfer has seen all that the ledger has; who sends an ASN nothing. @example "60"
   */
  @IsOptional() @Matches(QUANTITY_PATTERN) received?: string;
  /** Node-local day on which it can be picked: arrival plus unloading, inspection and putaway. @example "2026-03-09" */
  @Matches(DATE_PATTERN) availableOn: string;
}
export class PutSuppliesRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => SupplyDto)
  supplies: SupplyDto[];
}
export class PutSuppliesResponse {
  stored: number;
}
export class SafetyStockDto {
  @Matches(ID_PATTERN) item: string;
  @Matches(ID_PATTERN) node: string;
  @Matches(QUANTITY_PATTERN) quantity: string;
}
export class PutSafetyStockRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => SafetyStockDto)
  levels: SafetyStockDto[];
}
