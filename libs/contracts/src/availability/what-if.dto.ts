import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min, ValidateNested } from 'class-validator'; // prettier-ignore
import { DATE_PATTERN, ID_PATTERN, POSITIVE_PATTERN } from '../values.dto';
import { TimelineDay, TimelineDemand, TimelineSupply } from './timeline.dto';

/** One thing that might be otherwise. Later ones see what earlier ones did. */
export class WhatIfChange {
  /** MOVE: to another day; with a quantity only so much of it, the rest stays. DROP: it does not come, or is no longer needed. */
  @IsIn(['ADD', 'MOVE', 'DROP']) action: 'ADD' | 'MOVE' | 'DROP';
  @IsIn(['SUPPLY', 'DEMAND']) of: 'SUPPLY' | 'DEMAND';
  /** SUPPLY: the one meant, or a new name for one that is added. @example "PO-881-1" */
  @IsOptional() @IsString() @Length(1, 100) supply?: string;
  /** Of an added supply; PURCHASE_ORDER when absent. */
  @IsOptional() @IsIn(['PURCHASE_ORDER', 'ASN', 'TRANSFER']) kind?: 'PURCHASE_ORDER' | 'ASN' | 'TRANSFER';
  /** Of an added ASN: the supply that it announces, which is expected for so much less. */
  @IsOptional() @IsString() @Length(1, 100) announces?: string;
  /** DEMAND: the reservation meant, or a new name for one that is added. */
  @IsOptional() @IsString() @Length(1, 100) reservation?: string;
  /** DEMAND: the line of it; 1 for one that is added. */
  @IsOptional() @IsInt() @Min(1) line?: number;
  /** Of what is added. */
  @IsOptional() @Matches(ID_PATTERN) node?: string;
  /** Base units. Needed to add; all of it when absent. */
  @IsOptional() @Matches(POSITIVE_PATTERN) quantity?: string;
  /** Node-local. Supply: when it can be picked; demand: when it ships. */
  @IsOptional() @Matches(DATE_PATTERN) date?: string;
}
export class WhatIfRequest {
  @Matches(ID_PATTERN) item: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => WhatIfChange)
  changes: WhatIfChange[];
  /** 1 to 180 days from today, default 30. */
  @IsOptional() @IsInt() @Min(1) @Max(180) days?: number;
}
export class WhatIfDay {
  date: string;
  before: TimelineDay;
  after: TimelineDay;
}
/** A demand that is covered otherwise. */
export class WhatIfDemand {
  /** Absent: it is added. */
  before?: TimelineDemand;
  /** Absent: it is dropped. */
  after?: TimelineDemand;
}
/** A supply that serves others, or leaves another quantity. */
export class WhatIfSupply {
  before?: TimelineSupply;
  after?: TimelineSupply;
}
export class WhatIfRisk {
  /** What cannot ship on its day. */
  quantity: string;
  /** When all of it can; absent when no known supply covers it. */
  newDate?: string;
}
/** A promise that is, or would be, late or short. */
export class WhatIfPromise {
  reservation: string;
  line: number;
  node: string;
  shipDate: string;
  /** How it stands now; absent: it is kept. */
  before?: WhatIfRisk;
  /** How it would stand; absent: it would be kept, or is gone. */
  after?: WhatIfRisk;
}
export class WhatIfNode {
  node: string;
  days: WhatIfDay[];
  /** Only those that differ. */
  demands: WhatIfDemand[];
  /** Only those that differ. */
  supplies: WhatIfSupply[];
}
/** Nothing was written. */
export class WhatIfAnswer {
  item: string;
  asOf: string;
  /** Those that the changes touch; the others stay as they are. */
  nodes: WhatIfNode[];
  /** By ship day. */
  promises: WhatIfPromise[];
}
