import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsInt, IsOptional, IsString, Length, Matches, MaxLength, Min, ValidateNested } from 'class-validator'; // prettier-ignore
import type { OrderStatus } from '#canonical/order';
import { DATE_PATTERN, ID_PATTERN, POSITIVE_PATTERN } from '../values.dto';
import { OrderLineRequest, type OrderView } from './orders.dto';

/** More or less of one line, in base units: exactly one of the three. */
export class ChangeLine {
  @IsInt() @Min(1) line: number;
  @IsOptional() @Matches(POSITIVE_PATTERN) increase?: string;
  @IsOptional() @Matches(POSITIVE_PATTERN) decrease?: string;
  /** True: all that is open. */
  @IsOptional() @IsBoolean() drop?: boolean;
}
/** What is agreed anew. Something of it must be there. */
export class OrderChange {
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ChangeLine)
  lines?: ChangeLine[];
  /** Lines to add; their numbers are new to the order. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => OrderLineRequest)
  add?: OrderLineRequest[];
  /** Wanted ship day, local to the node. @example "2026-03-16" */
  @IsOptional() @Matches(DATE_PATTERN) requestedDate?: string;
  /** Another ship-to of the partner. @example "LEEDS" */
  @IsOptional() @IsString() @Length(1, 64) shipTo?: string;
  @IsOptional() @IsString() @MaxLength(200) reason?: string;
}
export class ChangeOrderRequest extends OrderChange {
  @Matches(ID_PATTERN) partner: string;
  @IsString() @Length(1, 64) id: string;
  /** Names this change: the same key again answers the first result. */
  @IsString() @Length(1, 255) key: string;
  /** Version the caller saw; another one now → VERSION_STALE (precondition). */
  @IsOptional() @IsInt() @Min(1) expectedVersion?: number;
}
export class ChangeOrderResponse {
  /** REQUESTED: a node is asked, and its answer decides; PARTIAL: some was past recall meanwhile. */
  outcome: 'APPLIED' | 'REQUESTED' | 'PARTIAL';
  /** The order that carries what was added. */
  followOn?: string;
  order: OrderView;
}
export class OrderCommand {
  /** @example "release:ord_1-F1" */
  key: string;
  /** @example "release-to-node" */
  kind: string;
  /** WAITING for its next try, TRYING now, or how it ended. OVERTAKEN: something else answered it first. */
  state: 'WAITING' | 'TRYING' | 'DONE' | 'REFUSED' | 'FAILED' | 'WITHDRAWN' | 'OVERTAKEN';
  attempts: number;
  /** What the last try met. */
  error?: string;
  /** RFC 3339, by the clock of the database. */
  nextTryAt?: string;
  endedAt?: string;
}
export class OrderCommands {
  commands: OrderCommand[];
}

export class PreviewedCommand {
  /** @example "release:ord_1-F1" */
  key: string;
  /** @example "release-to-node" */
  kind: string;
}
/** What a retry would do now. Nothing of it is done. */
export class RetryPreview {
  /** Where the order would stand. */
  status: OrderStatus;
  /** Ids of the holds that would end. */
  lifted: string[];
  /** Ids of the holds that would stay: somebody decides. */
  kept: string[];
  /** What would be asked of the layers below, with the content of the first time. */
  commands: PreviewedCommand[];
}
