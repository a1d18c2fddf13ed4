import type { CrossdockError } from '#canonical/errors';
import type { FulfilmentStatus } from '#canonical/order';
import type { Backend, Connection } from '#connections/backend';
import type {
  WmsFulfilmentProgressed,
  WmsInventoryChanged,
  WmsShipmentCorrected,
  WmsShipmentVoided,
  WmsShipped,
} from '#contracts/events/catalogue';
import type { CancelFulfilmentResponse, ReleaseFulfilmentRequest, WmsStock } from '#contracts/wms/wms.dto';

export type InventoryRecord = WmsInventoryChanged['records'][number];

/** One thing a warehouse said, in canonical words. */
export type WmsFact =
  | { readonly kind: 'progressed'; readonly data: WmsFulfilmentProgressed }
  | { readonly kind: 'shipped'; readonly data: WmsShipped }
  | { readonly kind: 'corrected'; readonly data: WmsShipmentCorrected }
  | { readonly kind: 'voided'; readonly data: WmsShipmentVoided }
  | { readonly kind: 'inventory'; readonly record: InventoryRecord };

/** One event of a message: its facts, or why it could not be understood. */
export interface MappedEvent {
  readonly facts: readonly WmsFact[];
  readonly error?: CrossdockError;
}

/** Numbers of stock facts, both ends included. */
export interface SequenceRange {
  readonly from: number;
  readonly to: number;
}

/** A fulfilment order as the warehouse holds it. */
export interface WarehouseOrder {
  readonly reference?: string;
  readonly status: FulfilmentStatus;
}

/** How a warehouse that calls us proves that it is the one. */
export interface WebhookPort {
  /**
   * Checks signature and age of the raw body; `now` in milliseconds. Answers the message's own id.
   * Errors: WEBHOOK_UNSIGNED, WEBHOOK_SIGNATURE_INVALID, WEBHOOK_TOO_OLD (all unauthenticated).
   */
  verify(headers: Readonly<Record<string, string | undefined>>, rawBody: Buffer, now: number): string;
  /** Pure. Errors that concern the whole message: MESSAGE_UNREADABLE (invalid). */
  map(rawBody: Buffer): readonly MappedEvent[];
}

/** A file as it lay in the folder. */
export interface InboundFile {
  readonly name: string;
  readonly content: Buffer;
}

/** What an inbound file says about itself before anything of it is believed. */
export interface ParsedFile {
  readonly fileId: string;
  /** Id of the file the warehouse wrote before this one; empty at the first. */
  readonly previousFileId: string;
  /** CON, STK, SNP or ACK. */
  readonly type: string;
  /** Our node it speaks of. */
  readonly node: string;
  readonly records: number;
  readonly facts: readonly WmsFact[];
  /** ACK: what the warehouse says of files of ours. */
  readonly answers: readonly FileAnswer[];
}

export interface FileAnswer {
  readonly fileId: string;
  readonly status: 'LOADED' | 'REJECTED' | 'DUPLICATE' | 'CONFLICT';
  readonly records: number;
  /** Line of the file, counted from 1. */
  readonly line?: number;
  readonly code?: string;
  readonly message?: string;
}

/** A warehouse that leaves files. */
export interface FilePort {
  /** Between two looks at the folder. */
  readonly pollSeconds: number;
  /** Writes what could not be written earlier. */
  resend(): Promise<void>;
  /** What lies there now, oldest first, at most `limit`; files still being written are not listed. */
  waiting(limit: number): Promise<readonly InboundFile[]>;
  /** Pure. Throws CrossdockError (invalid) with `details.line` when anything is wrong: then nothing of it counts. */
  parse(file: InboundFile): ParsedFile;
  /** Tells the warehouse what became of its file. Repeatable. */
  acknowledge(file: InboundFile, answer: FileAnswer): Promise<void>;
  /** Moves the file out of the way, unchanged and never overwriting another. Repeatable. */
  archive(file: InboundFile): Promise<void>;
}

/** What any warehouse must do. One object per connection. */
export interface WmsPort {
  /** Not idempotent by itself: the caller looks up before it repeats a call whose outcome is unknown. */
  release(request: ReleaseFulfilmentRequest): Promise<{ reference?: string }>;
  /** By our fulfilment order id. Undefined: the warehouse has none. */
  find(fulfilmentOrder: string): Promise<WarehouseOrder | undefined>;
  /** Undefined: the warehouse has none. Repeatable. */
  cancel(fulfilmentOrder: string, reason: string | undefined): Promise<CancelFulfilmentResponse['outcome'] | undefined>;
  /** Ability `canReportStock`. */
  stock(): Promise<WmsStock>;
  /** Ability `canResendStock`: asks that the stock facts with these numbers be told again, as they were. Repeatable. */
  resendStock(missing: readonly SequenceRange[]): Promise<void>;
  readonly files?: FilePort;
}

/** A warehouse product. Webhooks need no client: they are taken while the connection is paused, too. */
export interface WmsBackend extends Backend<WmsPort> {
  webhooks?(connection: Connection): WebhookPort;
}
