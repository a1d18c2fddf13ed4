import { micro } from '../promise/quantity';
import { mayState, type SourceKind } from './authority';
import { isCount, type StockRecord } from './facts';

/** Why a record is not taken. */
export interface Fault {
  readonly code: string;
  readonly detail: string;
}

/** What is wrong with a record by itself; undefined when nothing is. */
export function faultOf(record: StockRecord, kind: SourceKind): Fault | undefined {
  if (!mayState(kind, record.fact))
    return { code: 'AUTHORITY_MISSING', detail: `a source of kind ${kind} may not state ${record.fact}` };
  return (
    quantityFault(record) ?? reversalFault(record) ?? transferFault(record) ?? lotFault(record) ?? timeFault(record)
  );
}

function quantityFault(record: StockRecord): Fault | undefined {
  const { fact } = record;
  const amount = micro(record.quantity);
  const code = 'QUANTITY_INVALID';
  if (fact === 'ADJUSTED') return undefined;
  if (amount < 0n) return { code, detail: `${fact} must not be negative; only ADJUSTED may` };
  if (amount === 0n && !isCount(record)) return { code, detail: `${fact} must be greater than 0` };
  return undefined;
}

function reversalFault({ fact, reverses }: StockRecord): Fault | undefined {
  const code = 'REVERSAL_INVALID';
  if (fact === 'REVERSED' && reverses === undefined)
    return { code, detail: 'REVERSED must name in `reverses` the record that it takes back' };
  if (fact !== 'REVERSED' && reverses !== undefined) return { code, detail: `${fact} takes nothing back` };
  return undefined;
}

function transferFault({ fact, node, fromNode, toNode, reference }: StockRecord): Fault | undefined {
  const code = 'TRANSFER_INVALID';
  if (fromNode !== undefined && fact !== 'TRANSFER_RECEIVED')
    return { code, detail: `${fact} comes from no other node` };
  if (fromNode !== undefined && reference === undefined)
    return { code, detail: 'where a transfer comes from says nothing without its `reference`' };
  if (node === (fromNode ?? toNode)) return { code, detail: `a transfer from ${node} to itself` };
  return undefined;
}

function lotFault({ lot, expiresOn }: StockRecord): Fault | undefined {
  if (expiresOn === undefined) return undefined;
  if (lot === undefined) return { code: 'LOT_MISSING', detail: 'only a lot expires: name it in `lot`' };
  const day = new Date(`${expiresOn}T00:00:00Z`);
  if (!Number.isNaN(day.getTime()) && day.toISOString().startsWith(expiresOn)) return undefined;
  return { code: 'DATE_INVALID', detail: `${expiresOn} is no day of the calendar` };
}

function timeFault({ occurredAt }: StockRecord): Fault | undefined {
  if (!Number.isNaN(Date.parse(occurredAt))) return undefined;
  return { code: 'DATE_INVALID', detail: `${occurredAt} is no moment of the calendar` };
}
