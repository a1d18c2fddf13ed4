import { DATE_PATTERN, POSITIVE_PATTERN, SIGNED_PATTERN, TIME_PATTERN } from '#contracts/values.dto';
import type { DocumentKind, ErpFault } from './erp.store';

type Json = Record<string, unknown>;

const REQUIRED: Readonly<Record<DocumentKind, readonly string[]>> = {
  'sales-order': ['externalId', 'customer', 'purchaseOrder', 'currency'],
  cancellation: ['externalId', 'salesOrder'],
  delivery: ['externalId', 'salesOrder', 'node'],
  invoice: ['externalId', 'salesOrder', 'delivery'],
  'delivery-reversal': ['externalId', 'salesOrder', 'delivery', 'node'],
  'credit-memo': ['externalId', 'salesOrder', 'invoice'],
  'freight-accrual': ['externalId', 'delivery'],
};

/** What is wrong with a body before the books are asked: everything that they will read is looked at. */
export function contentFaults(kind: DocumentKind, body: unknown): ErpFault[] {
  if (!isObject(body)) return [fault('the body is no JSON object')];
  const missing = REQUIRED[kind].filter((name) => !isText(body[name])).map((name) => fault(`${name} is missing`));
  return [...missing, ...dateFaults(body), ...amountFaults(kind, body), ...linesFaults(kind, body['lines'])];
}

/** Amounts that are posted as they are: of an accrual, and of the charges of an invoice. */
function amountFaults(kind: DocumentKind, body: Json): ErpFault[] {
  if (kind === 'freight-accrual') return isMoney(body['amount']) ? [] : [fault('amount is missing')];
  const { charges } = body;
  if (kind !== 'invoice' || charges === undefined) return [];
  const sound = Array.isArray(charges) && charges.every((charge) => isObject(charge) && isMoney(charge['amount']));
  return sound ? [] : [fault('charges has a wrong amount')];
}

function dateFaults(body: Json): ErpFault[] {
  const wrong = (name: string, pattern: RegExp): boolean => {
    const value = body[name];
    return (
      value !== undefined && (typeof value !== 'string' || !pattern.test(value) || Number.isNaN(Date.parse(value)))
    );
  };
  const dates = ['requestedDate', 'documentDate', 'postingDate'].filter((name) => wrong(name, DATE_PATTERN));
  const moments = ['shippedAt'].filter((name) => wrong(name, TIME_PATTERN));
  return [...dates.map((name) => fault(`${name} is no date`)), ...moments.map((name) => fault(`${name} is no time`))];
}

function linesFaults(kind: DocumentKind, lines: unknown): ErpFault[] {
  if (lines === undefined && (kind === 'cancellation' || kind === 'freight-accrual')) return [];
  if (!Array.isArray(lines) || lines.length === 0) return [fault('lines is missing')];
  const numbers = lines.map((line) => (isObject(line) ? line['line'] : undefined));
  const twice = numbers.filter((number, index) => numbers.indexOf(number) !== index);
  return [...lines.flatMap(lineFaults), ...twice.map((number) => fault(`line ${String(number)} comes twice`))];
}

function lineFaults(line: unknown, index: number): ErpFault[] {
  if (!isObject(line)) return [fault(`lines[${String(index)}] is no object`)];
  const { line: number, item, quantity, unitPrice } = line;
  const faults: string[] = [];
  if (!Number.isInteger(number) || Number(number) < 1 || Number(number) > 99_999) faults.push('has no number');
  if (!isText(item)) faults.push('has no item');
  if (typeof quantity !== 'string' || !POSITIVE_PATTERN.test(quantity)) faults.push('has no quantity above zero');
  if (unitPrice !== undefined && !isMoney(unitPrice)) faults.push('has a wrong unitPrice');
  return faults.map((text) => fault(`lines[${String(index)}] ${text}`));
}

function isMoney(value: unknown): boolean {
  return isObject(value) && typeof value['amount'] === 'string' && SIGNED_PATTERN.test(value['amount']);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 200;
}

function fault(message: string): ErpFault {
  return { code: 'CONTENT_INVALID', message };
}
