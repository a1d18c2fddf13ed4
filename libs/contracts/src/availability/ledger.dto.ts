import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import type { InventoryFact } from '#canonical/inventory';
import { ID_PATTERN } from '../values.dto';

export class SourcesQuery {
  /** `next` of the page before. */
  @IsOptional() @IsString() @Length(1, 600) cursor?: string;
  /** 1 to 500, default 100. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) limit?: number;
}
/** Numbers that follow each other, both ends included. */
export class SequenceRange {
  from: number;
  to: number;
}
/** What a source has told of one node. */
export class SourceStream {
  node: string;
  /** Time of its newest fact. */
  lastAt: string;
  /** Up to this number nothing is missing; absent when the source does not number its facts. */
  sequence?: number;
  /** Numbers that have not come. */
  missing: SequenceRange[];
  /** Since when, RFC 3339. */
  gapSince?: string;
  /** Facts that wait for them. */
  held: number;
  /** How often the source was asked again. */
  asks: number;
  /** When it became an exception. */
  alertedAt?: string;
  /** Numbers that are not waited for any more. */
  givenUp: SequenceRange[];
}
export class SourceView {
  source: string;
  /** What it is, by the first word of its name. */
  kind: 'WMS' | 'QMS' | 'RETURNS' | 'ERP' | 'CROSSDOCK' | 'CARRIER' | 'CHANNEL' | 'OPERATIONS';
  /** The facts that it may state. */
  authority: InventoryFact[];
  streams: SourceStream[];
}
export class SourcePage {
  sources: SourceView[];
  /** Absent on the last page. */
  next?: string;
}
export class GiveUpRequest {
  @IsString() @Length(1, 100) source: string;
  @Matches(ID_PATTERN) node: string;
}
export class GiveUpResponse {
  source: string;
  node: string;
  givenUp: SequenceRange[];
  /** Facts that waited for them and count now, each marked `afterGap`. */
  released: number;
}

export class LedgerQuery {
  @Matches(ID_PATTERN) item: string;
  /** All nodes when absent. */
  @IsOptional() @Matches(ID_PATTERN) node?: string;
  /** `next` of the page before. */
  @IsOptional() @IsString() @Length(1, 400) cursor?: string;
  /** 1 to 500, default 100. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) limit?: number;
}
/** What a row moved, base units; for a count the variance that it found. */
export class LedgerMoves {
  onHand: string;
  quarantined: string;
  damaged: string;
  inTransit: string;
}
export class LedgerEntry {
  /** Who said it; with `record` it leads to what was sent. */
  source: string;
  /** The id of the record; `#in-transit` behind it is the row of a transfer at the node it goes to. */
  record: string;
  item: string;
  node: string;
  fact: InventoryFact;
  /** What the source said. */
  quantity: string;
  moved: LedgerMoves;
  /** When it happened at the node, RFC 3339. */
  occurredAt: string;
  /** When the ledger took it. */
  recordedAt: string;
  reason?: string;
  reference?: string;
  reservation?: string;
  line?: number;
  sequence?: number;
  lot?: string;
  expiresOn?: string;
  /** The raw message it came in. */
  messageId?: string;
  /** The record that it takes back. */
  reverses?: string;
  /** The record that has taken it back. */
  reversedBy?: string;
  /** A later count of the same source had seen it already, or it is a count older than the last: it moves no stock on hand. */
  covered?: boolean;
  /** It came after records with a higher sequence. */
  late?: boolean;
  /** Numbers before it never came and were given up. */
  afterGap?: boolean;
  /** The step before it that nobody told and that it proves, e.g. TRANSFER_SHIPPED. Its own fact: nobody told this one, it is implied. */
  implied?: string;
  /** How much of it had been implied before it was told, and has not moved again. */
  matches?: string;
}
export class LedgerPage {
  /** By node, then by when it happened. */
  entries: LedgerEntry[];
  /** Give this as `cursor`; absent on the last page. */
  next?: string;
}
