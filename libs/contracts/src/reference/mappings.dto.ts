import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
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
import { DATE_PATTERN, ID_PATTERN, POSITIVE_PATTERN } from '../values.dto';
import type { PutResult } from './reference.dto';

/** What a code names. PACK is a unit that holds another quantity for one system than in our item master. */
export const MAPPING_KINDS = [
  'ITEM',
  'CUSTOMER',
  'SHIP_TO',
  'LOCATION',
  'CARRIER',
  'SERVICE',
  'STATUS',
  'UNIT',
  'PACK',
] as const;
export type MappingKind = (typeof MAPPING_KINDS)[number];

/** How one system calls one thing of ours, from day to day. */
export class MappingDto {
  @IsIn(MAPPING_KINDS) kind: MappingKind;
  /** Who says the code: a partner, a connection, or a standard such as `X12`. @example "harbour" */
  @Matches(ID_PATTERN) system: string;
  /** The code as it is sent; upper and lower case differ. @example "BUYER-4711" */
  @Matches(ID_PATTERN) external: string;
  /** What we call it: SKU, customer, ship-to, node, carrier, service, status, or UNECE unit. @example "85123A" */
  @Matches(ID_PATTERN) internal: string;
  /** Only for this item of ours. UNIT: optional; PACK: required. @example "85123A" */
  @IsOptional() @Matches(ID_PATTERN) item?: string;
  /** PACK: base units that one of it holds. @example "6" */
  @IsOptional() @Matches(POSITIVE_PATTERN) factor?: string;
  /** First day it holds. @example "2026-01-01" */
  @Matches(DATE_PATTERN) validFrom: string;
  /** Last day it holds; open when absent. @example "2026-12-31" */
  @IsOptional() @Matches(DATE_PATTERN) validTo?: string;
}

export class PutMappingsRequest {
  /** Keyed by kind, system, external code, item and first day. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => MappingDto)
  mappings: MappingDto[];
  /** True: says what would happen, and stores nothing. */
  @IsOptional() @IsBoolean() preview?: boolean;
}

export class ImportMappingsRequest {
  /**
   * RFC 4180 with a header line. Columns in any order: kind, system, external, internal, validFrom, and if wanted item, factor,
   * validTo. At most 5,000 rows.
   * @example "kind,system,external,internal,validFrom\r\nITEM,harbour,BUYER-4711,85123A,2026-01-01\r\n"
   */
  @IsString() @Length(1, 1_000_000) csv: string;
  /** True: says what would happen, and stores nothing. */
  @IsOptional() @IsBoolean() preview?: boolean;
}

export class MappingResult implements PutResult {
  /** Line of the file, or position in the list; both from 1. */
  row: number;
  /** kind/system/external/item/first day. @example "ITEM/harbour/BUYER-4711//2026-01-01" */
  id: string;
  outcome: 'created' | 'updated' | 'unchanged' | 'rejected';
  /** Why it was rejected. @example "no item 85123B" */
  detail?: string;
}
export class MappingReport {
  /** True: nothing was stored. */
  preview: boolean;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  /** One per row, in the order sent. */
  results: MappingResult[];
}

export class EndMappingRequest {
  @IsIn(MAPPING_KINDS) kind: MappingKind;
  @Matches(ID_PATTERN) system: string;
  @Matches(ID_PATTERN) external: string;
  @IsOptional() @Matches(ID_PATTERN) item?: string;
  /** Last day on which it holds. @example "2026-06-30" */
  @Matches(DATE_PATTERN) lastDay: string;
}

export class ListMappingsQuery {
  @IsOptional() @IsIn(MAPPING_KINDS) kind?: MappingKind;
  /** @example "harbour" */
  @IsOptional() @Matches(ID_PATTERN) system?: string;
  /** @example "BUYER-4711" */
  @IsOptional() @Matches(ID_PATTERN) external?: string;
  /** What it is called by whom: the way out. @example "85123A" */
  @IsOptional() @Matches(ID_PATTERN) internal?: string;
  /** Only those that hold on this day. @example "2026-03-02" */
  @IsOptional() @Matches(DATE_PATTERN) on?: string;
  /** Opaque: `next` of the page before, with the same filters. */
  @IsOptional() @IsString() @Length(1, 1000) cursor?: string;
  /** 1 to 200, default 50. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
export class MappingPage {
  mappings: MappingDto[];
  /** Absent on the last page. */
  next?: string;
}

export class SourcesOfTruthQuery {}
/** Who owns one kind of fact, and what happens when two say differently. */
export class SourceOfTruth {
  /** @example "item" */
  object: string;
  /** Which of its attributes. @example "price lists and contract prices" */
  attributes: string;
  /** @example "ERP" */
  owner: string;
  /** Where the product keeps it. @example "reference.contract_price" */
  keptIn: string;
  /** What wins when two sources differ. */
  conflict: string;
  /** How late we may know. @example "15 minutes" */
  latency: string;
}
export class SourcesOfTruth {
  sources: SourceOfTruth[];
}
