import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min, ValidateNested } from 'class-validator'; // prettier-ignore
import { DATE_PATTERN, ID_PATTERN, QuantityDto } from '#contracts/values.dto';
import { PlannerOrder } from './risks.dto';
import { PlannerDay, PlannerDemand, PlannerQuantity, PlannerSupply } from './timeline.dto';

/** One thing that might be otherwise. Later ones see what earlier ones did. */
export class PlannerWhatIfChange {
  /** MOVE: to another day; with a quantity only so much of it, the rest stays. DROP: it does not come, or is no longer needed. */
  @IsIn(['ADD', 'MOVE', 'DROP']) action: 'ADD' | 'MOVE' | 'DROP';
  @IsIn(['SUPPLY', 'DEMAND']) of: 'SUPPLY' | 'DEMAND';
  /** SUPPLY: the one meant, or a new name for one that is added. @example "PO-881-1" */
  @IsOptional() @IsString() @Length(1, 100) supply?: string;
  /** Of an added supply; PURCHASE_ORDER when absent. */
  @IsOptional() @IsIn(['PURCHASE_ORDER', 'ASN', 'TRANSFER']) kind?: 'PURCHASE_ORDER' | 'ASN' | 'TRANSFER';
  /** Of an added ASN: the supply that it announces, which is expected for so much less. */
  @IsOptional() @IsString() @Length(1, 100) announces?: string;
  /** DEMAND: the reservation meant, which for an order is the order's id, or a new name for one that is added. */
  @IsOptional() @IsString() @Length(1, 100) reservation?: string;
  /** DEMAND: the line of it; 1 for one that is added. */
  @IsOptional() @IsInt() @Min(1) line?: number;
  /** Of what is added. @example "DC-NORTH" */
  @IsOptional() @Matches(ID_PATTERN) node?: string;
  /** In any unit of the item. Needed to add; all of it when absent. */
  @IsOptional() @ValidateNested() @Type(() => QuantityDto) quantity?: QuantityDto;
  /** Node-local. Supply: when it can be picked; demand: when it ships. @example "2026-03-09" */
  @IsOptional() @Matches(DATE_PATTERN) date?: string;
}
export class PlannerWhatIfRequest {
  /** Item number or GTIN. @example "85123A" */
  @Matches(ID_PATTERN) item: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => PlannerWhatIfChange)
  changes: PlannerWhatIfChange[];
  /** 1 to 180 days from today, default 30. @example 30 */
  @IsOptional() @IsInt() @Min(1) @Max(180) days?: number;
}
export class PlannerWhatIfDay {
  /** Node-local day. @example "2026-03-09" */
  date: string;
  before: PlannerDay;
  after: PlannerDay;
}
/** A demand that is covered otherwise. */
export class PlannerWhatIfDemand {
  /** Absent: it is added. */
  before?: PlannerDemand;
  /** Absent: it is dropped. */
  after?: PlannerDemand;
}
/** A supply that serves others, or leaves another quantity. */
export class PlannerWhatIfSupply {
  before?: PlannerSupply;
  after?: PlannerSupply;
}
export class PlannerWhatIfRisk {
  /** What cannot ship on its day. */
  quantity: PlannerQuantity;
  /** When all of it can; absent when no known supply covers it. */
  newDate?: string;
}
/** A promise that is, or would be, late or short. */
export class PlannerWhatIfPromise {
  /** Absent when it is a reservation that no order has used. */
  order?: PlannerOrder;
  reservation: string;
  line: number;
  node: string;
  /** Node-local ship day that was promised. @example "2026-03-08" */
  shipDate: string;
  /** How it stands now; absent: it is kept. */
  before?: PlannerWhatIfRisk;
  /** How it would stand; absent: it would be kept, or is gone. */
  after?: PlannerWhatIfRisk;
}
export class PlannerWhatIfNode {
  /** @example "DC-NORTH" */
  node: string;
  days: PlannerWhatIfDay[];
  /** Only those that differ. */
  demands: PlannerWhatIfDemand[];
  /** Only those that differ. */
  supplies: PlannerWhatIfSupply[];
}
/** Nothing was written. */
export class PlannerWhatIf {
  /** @example "85123A" */
  item: string;
  /** @example "White hanging heart T-light holder" */
  description: string;
  /** When the answer was true, RFC 3339. */
  asOf: string;
  /** Those that the changes touch; the others stay as they are. */
  nodes: PlannerWhatIfNode[];
  /** By ship day. */
  promises: PlannerWhatIfPromise[];
}
