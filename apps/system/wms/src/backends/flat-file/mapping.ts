import { isGtin } from '#canonical/gtin';
import { INVENTORY_FACTS } from '#canonical/inventory';
import type { FulfilmentStatus } from '#canonical/order';
import type { ReleaseFulfilmentRequest } from '#contracts/wms/wms.dto';
import type { FileAnswer, ParsedFile, WmsFact } from '../../wms.port';
import { fault, readFile } from './format';
import type { OutgoingRecord } from './format';
import type { NativeFile, NativeRecord } from './native';

const statusOf: Readonly<Record<string, FulfilmentStatus | undefined>> = {
  ACCEPTED: 'ACCEPTED',
  PICKING: 'IN_PROGRESS',
  PICKED: 'PICKED',
  PACKED: 'PACKED',
  CANCELLED: 'CANCELLED',
  REJECTED: 'REJECTED',
};

export interface FileContext {
  readonly connection: string;
  readonly partner: string;
  readonly node: string;
  readonly warehouseCode: string;
}

interface PickedLine {
  readonly line: number;
  readonly item: string;
  readonly quantity: string;
}

/** An order and its lines, as records of a release file. */
export function releaseRecords(request: ReleaseFulfilmentRequest, context: FileContext): OutgoingRecord[] {
  const { fulfilmentOrder, order, purchaseOrder, shipBy, shipTo } = request;
  return [
    ['O', { fulfilmentOrder, order, purchaseOrder, node: context.warehouseCode, shipBy, ...shipTo }],
    ...request.lines.map(({ line, item, quantity }): OutgoingRecord => [
      'L',
      { fulfilmentOrder, line: String(line), item, quantity },
    ]),
  ];
}

/** Reads a file of the warehouse into facts; wrong anywhere is wrong as a whole. */
export function parseFile(content: Buffer, context: FileContext): ParsedFile {
  const file = readFile(content);
  const { fileId, previousFileId, type, partner, node } = file.header;
  if (partner !== context.partner) throw fault('HEADER_INVALID', 1, `partner "${partner}" is not "${context.partner}"`);
  if (node !== context.warehouseCode)
    throw fault('HEADER_INVALID', 1, `node "${node}" is not "${context.warehouseCode}"`);
  if (type === 'REL' || type === 'CAN') throw fault('HEADER_INVALID', 1, `${type} is a file that we write`);
  return {
    ...{ fileId, previousFileId, type, node: context.node, records: file.records.length },
    facts: factsOf(file, context),
    answers: type === 'ACK' ? file.records.map(answerOf) : [],
  };
}

function factsOf(file: NativeFile, context: FileContext): WmsFact[] {
  switch (file.header.type) {
    case 'CON':
      return confirmations(file.records, context);
    case 'STK':
      return file.records.map((record) => movement(record, context));
    case 'SNP':
      return file.records.map((record) => stockOf(record, file, context));
    default:
      return [];
  }
}

function answerOf({ fields, line: at }: NativeRecord): FileAnswer {
  const { fileId = '', records = '', line = '', code, message } = fields;
  const status = (['LOADED', 'REJECTED', 'DUPLICATE', 'CONFLICT'] as const).find((each) => each === fields['status']);
  if (!status || !fileId) throw fault('RECORD_INVALID', at, 'an answer needs a fileId and a known status');
  return {
    ...{ fileId, status, records: Number(records) || 0 },
    ...(line && { line: Number(line) || 0 }),
    ...(code && { code }),
    ...(message && { message }),
  };
}

function confirmations(records: readonly NativeRecord[], context: FileContext): WmsFact[] {
  const facts: WmsFact[] = [];
  let start = 0;
  for (let end = 1; end <= records.length; end += 1) {
    const [head, next] = [records[start], records[end]];
    if (!head || (next && next.kind !== 'P' && next.kind !== 'S')) continue;
    const details = records.slice(start + 1, end);
    if (head.kind === 'P') facts.push(progress(head, details, context));
    else if (head.kind === 'S') facts.push(shipment(head, details, context));
    else throw fault('RECORD_INVALID', head.line, `${head.kind} stands before the P or S it belongs to`);
    start = end;
  }
  return facts;
}

function progress(head: NativeRecord, details: readonly NativeRecord[], context: FileContext): WmsFact {
  const { occurredAt = '', fulfilmentOrder = '', detail } = head.fields;
  const status = statusOf[head.fields['status'] ?? ''];
  if (!status) throw fault('RECORD_INVALID', head.line, `status "${head.fields['status'] ?? ''}" is not known`);
  if (!fulfilmentOrder) throw fault('RECORD_INVALID', head.line, 'fulfilmentOrder is empty');
  for (const each of details) belongs(each, 'K', 'fulfilmentOrder', fulfilmentOrder);
  if (status === 'PICKED' && details.length === 0)
    throw fault('RECORD_INVALID', head.line, 'PICKED without picked lines');
  const { connection, node } = context;
  const lines = details.map(lineOf);
  return {
    kind: 'progressed',
    data: {
      ...{ connection, fulfilmentOrder, node, status, occurredAt },
      ...(status === 'PICKED' && { lines }),
      ...(detail && { detail }),
    },
  };
}

function shipment(head: NativeRecord, details: readonly NativeRecord[], context: FileContext): WmsFact {
  const { shippedAt = '', fulfilmentOrder = '', shipmentId = '', carrier } = head.fields;
  if (!fulfilmentOrder || !shipmentId) {
    throw fault('RECORD_INVALID', head.line, 'fulfilmentOrder and shipmentId are needed');
  }
  const goods = details.filter(({ kind }) => kind !== 'B');
  const boxes = details.filter(({ kind }) => kind === 'B');
  for (const each of goods) belongs(each, 'G', 'shipmentId', shipmentId);
  for (const each of boxes) belongs(each, 'B', 'shipmentId', shipmentId);
  if (goods.length === 0) throw fault('RECORD_INVALID', head.line, 'a shipment without goods');
  return {
    kind: 'shipped',
    data: {
      ...{ connection: context.connection, shipmentId, fulfilmentOrder, node: context.node, shippedAt },
      lines: goods.map((each) => ({ ...lineOf(each), ...(each.fields['lot'] && { lot: each.fields['lot'] }) })),
      packages: boxes.map(boxOf),
      ...(carrier && { carrier }),
    },
  };
}

function boxOf({ fields, line }: NativeRecord): { id: string; trackingNumber?: string; weightKg?: string } {
  const { packageId, trackingNumber, weightKg } = fields;
  if (!packageId) throw fault('RECORD_INVALID', line, 'packageId is empty');
  return { id: packageId, ...(trackingNumber && { trackingNumber }), ...(weightKg && { weightKg }) };
}

function belongs(record: NativeRecord, kind: string, name: string, id: string): void {
  if (record.kind !== kind) throw fault('RECORD_INVALID', record.line, `${record.kind} does not belong here`);
  if (record.fields[name] !== id) throw fault('RECORD_INVALID', record.line, `${name} is not that of the record above`);
}

function lineOf({ fields, line }: NativeRecord): PickedLine {
  const number = Number(fields['line']);
  const { item = '', quantity = '' } = fields;
  if (!Number.isSafeInteger(number) || number < 1)
    throw fault('RECORD_INVALID', line, `line "${fields['line'] ?? ''}"`);
  if (quantity.startsWith('-')) throw fault('RECORD_INVALID', line, `quantity ${quantity} is negative`);
  return { line: number, item, quantity };
}

function movement({ fields, line }: NativeRecord, context: FileContext): WmsFact {
  const { id, occurredAt = '', item = '', gtin = '', quantity = '', reason, reference, sequence } = fields;
  const fact = INVENTORY_FACTS.find((each) => each === fields['fact']);
  if (!fact || fact === 'SHIPPED')
    throw fault('RECORD_INVALID', line, `fact "${fields['fact'] ?? ''}" is not known here`);
  if (!id) throw fault('RECORD_INVALID', line, 'id is empty');
  if (fact !== 'ADJUSTED' && quantity.startsWith('-'))
    throw fault('RECORD_INVALID', line, `${fact} ${quantity} is negative`);
  if (sequence && !/^[1-9]\d{0,14}$/.test(sequence)) throw fault('RECORD_INVALID', line, `sequence "${sequence}"`);
  checkGtin(gtin, line);
  return {
    kind: 'inventory',
    record: {
      ...{ id, item, node: context.node, fact, quantity, occurredAt },
      ...(reason && { reason }),
      ...(reference && { reference }),
      ...(sequence && { sequence: Number(sequence) }),
    },
  };
}

/** The cut-off of the header is when it was true. Items the file does not name are unchanged. */
function stockOf({ fields, line }: NativeRecord, { header }: NativeFile, context: FileContext): WmsFact {
  const { item = '', gtin = '', quantity = '' } = fields;
  if (quantity.startsWith('-')) throw fault('RECORD_INVALID', line, `stock ${quantity} is negative`);
  checkGtin(gtin, line);
  const id = `${header.fileId}#${line}`;
  return {
    kind: 'inventory',
    record: { id, item, node: context.node, fact: 'SNAPSHOT', quantity, occurredAt: header.cutOff },
  };
}

function checkGtin(gtin: string, line: number): void {
  if (gtin !== '' && !isGtin(gtin))
    throw fault('RECORD_INVALID', line, `GTIN "${gtin}" has a wrong length or check digit`);
}
