/**
 * The files we agree on with a legacy warehouse; README.md has the tables. First field of a record: its kind.
 *
 * H header · T trailer · O order and L line (REL, we write) · X cancellation (CAN, we write) · A answer (ACK, both)
 * P progress, K picked line, S shipment, G goods of it, B box of it (CON, they write) · M movement (STK) · I stock of an item (SNP)
 */
export const FORMAT_VERSION = '1';

export const FILE_TYPES = ['REL', 'CAN', 'CON', 'STK', 'SNP', 'ACK'] as const;
export type FileType = (typeof FILE_TYPES)[number];

/** Field names of each kind of record, without the kind itself. A record has exactly these. */
export const RECORDS = {
  H: ['fileId', 'type', 'previousFileId', 'created', 'cutOff', 'version', 'partner', 'node'],
  T: ['records', 'quantity', 'sha256'],
  O: ['fulfilmentOrder', 'order', 'purchaseOrder', 'node', 'shipBy', 'name', 'street', 'city', 'postalCode', 'region', 'country'],
  L: ['fulfilmentOrder', 'line', 'item', 'quantity'],
  X: ['fulfilmentOrder', 'reason'],
  A: ['fileId', 'status', 'records', 'line', 'code', 'message'],
  P: ['occurredAt', 'fulfilmentOrder', 'status', 'detail'],
  K: ['fulfilmentOrder', 'line', 'item', 'quantity'],
  S: ['shippedAt', 'fulfilmentOrder', 'shipmentId', 'carrier'],
  G: ['shipmentId', 'line', 'item', 'quantity', 'lot'],
  B: ['shipmentId', 'packageId', 'trackingNumber', 'weightKg'],
  M: ['id', 'occurredAt', 'fact', 'item', 'gtin', 'quantity', 'reason', 'reference', 'sequence'],
  I: ['item', 'gtin', 'quantity'],
} as const; // prettier-ignore
export type RecordKind = keyof typeof RECORDS;

/** Which records a file of a type may hold between header and trailer. */
export const ALLOWED: Readonly<Record<FileType, readonly RecordKind[]>> = {
  REL: ['O', 'L'],
  CAN: ['X'],
  CON: ['P', 'K', 'S', 'G', 'B'],
  STK: ['M'],
  SNP: ['I'],
  ACK: ['A'],
};

export interface NativeRecord {
  readonly kind: RecordKind;
  /** Line of the file, counted from 1. */
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

export interface NativeHeader {
  readonly fileId: string;
  readonly type: FileType;
  readonly previousFileId: string;
  readonly created: string;
  readonly cutOff: string;
  readonly partner: string;
  readonly node: string;
}

export interface NativeFile {
  readonly header: NativeHeader;
  readonly records: readonly NativeRecord[];
}
