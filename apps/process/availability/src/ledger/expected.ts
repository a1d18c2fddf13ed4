import { CrossdockError, type Finding } from '#canonical/errors';
import type { SupplyDto } from '#contracts/availability/stock.dto';
import type { Queryable } from '#persistence/database';
import { familiesOf, receivedAgainst, storeExpected } from '../out/expected-receipt.store';
import { putSupplies } from '../out/supply.store';
import { dayOf } from '../promise/days';
import { greatest, micro, type Micro } from '../promise/quantity';
import { afterArrival, countsOf, type ExpectedReceipt } from '../promise/supply';
import type { StockRecord } from './facts';

/** Takes what documents say, each id once, and nets ASNs against their orders. The items, old and new, are locked. Errors: ANNOUNCEMENT_INVALID. */
export async function state(tx: Queryable, statements: readonly SupplyDto[]): Promise<void> {
  const named = statements.flatMap(({ id, announces }) => (announces === undefined ? [id] : [id, announces]));
  const before = await familiesOf(tx, named);
  const known = new Map(before.map((each) => [each.id, each]));
  const stated = new Map(statements.map((each) => [each.id, receiptOf(each, 0n)]));
  const all = new Map([...known, ...stated]);
  refuseFalseAnnouncements(statements, all);
  const come = await comeOf(tx, statements, known, all);
  for (const each of statements) all.set(each.id, receiptOf(each, come.get(each.id) ?? 0n));
  for (const { id, announces = '' } of statements.filter(({ kind }) => kind === 'ASN')) {
    const order = all.get(announces);
    // What came against an ASN that nobody knew has not lowered its order.
    if (order && !known.has(id) && !stated.has(announces)) all.set(announces, lowered(order, come.get(id) ?? 0n));
  }
  const items = new Set([...statements, ...statements.flatMap(({ id }) => known.get(id) ?? [])].map(({ item }) => item)); // prettier-ignore
  await keep(tx, [...all.values()].filter(({ item }) => items.has(item)), before); // prettier-ignore
}

/** What has come is not expected any more. The items are locked. */
export async function receive(tx: Queryable, records: readonly StockRecord[]): Promise<void> {
  const before = await familiesOf(tx, [...new Set(records.flatMap(({ reference }) => reference ?? []))]);
  if (before.length === 0) return;
  const items = new Set(records.map(({ item }) => item));
  let receipts = before.filter(({ item }) => items.has(item));
  for (const { reference = '', item, node, quantity } of records)
    receipts = afterArrival(receipts, { reference, item, node, quantity: micro(quantity) });
  await keep(tx, receipts, before);
}

/** Stores what has changed, and what counts of the documents concerned. */
async function keep(tx: Queryable, receipts: readonly ExpectedReceipt[], before: readonly ExpectedReceipt[]) {
  const changed = receipts.filter((each) => !before.includes(each));
  if (changed.length === 0) return;
  await storeExpected(tx, changed);
  const counts = countsOf(receipts);
  await putSupplies(tx, receipts.map((each) => ({ ...each, quantity: counts.get(each.id) ?? 0n }))); // prettier-ignore
}

function receiptOf(statement: SupplyDto, unseen: Micro): ExpectedReceipt {
  const { id, kind, item, node, quantity, availableOn, announces } = statement;
  return { id, kind, item, node, announces, day: dayOf(availableOn), open: greatest(micro(quantity) - unseen, 0n) };
}

function lowered(order: ExpectedReceipt, quantity: Micro): ExpectedReceipt {
  return { ...order, open: greatest(order.open - quantity, 0n) };
}

/**
 * What has come of each document that its sender did not know of. An ASN says what was sent, whatever has come of it; who states an
 * order or a transfer is taken to know what has come, unless `received` says how much of it.
 */
async function comeOf(
  tx: Queryable,
  statements: readonly SupplyDto[],
  known: ReadonlyMap<string, ExpectedReceipt>,
  all: ReadonlyMap<string, ExpectedReceipt>,
): Promise<Map<string, Micro>> {
  const asked = statements.filter(({ kind, received }) => kind === 'ASN' || received !== undefined);
  if (asked.length === 0) return new Map();
  const ids = new Set(asked.map(({ id }) => id));
  const sources = [...all.values(), ...known.values()].filter(({ id, announces }) => ids.has(id) || (announces !== undefined && ids.has(announces))); // prettier-ignore
  const received = await receivedAgainst(tx, [...new Map(sources.map((each) => [each.id, each])).values()]);
  return new Map(
    asked.map(({ id, item, received: seen = '0' }) => {
      const announcing = sources.filter((each) => each.announces === id && each.item === item);
      const parts = new Set([id, ...announcing.map((each) => each.id)]);
      const total = [...parts].reduce((sum, part) => sum + (received.get(part) ?? 0n), 0n);
      return [id, greatest(total - micro(seen), 0n)];
    }),
  );
}

function refuseFalseAnnouncements(statements: readonly SupplyDto[], all: ReadonlyMap<string, ExpectedReceipt>): void {
  const findings = statements.flatMap((each, index): Finding[] => {
    const detail = falseAnnouncement(each, all.get(each.announces ?? ''));
    if (detail === undefined) return [];
    return [
      { code: 'ANNOUNCEMENT_INVALID', detail, pointer: `/supplies/${index}/announces`, seen: each.announces ?? '' },
    ];
  });
  if (findings.length > 0) throw new CrossdockError({ code: 'ANNOUNCEMENT_INVALID', kind: 'invalid', findings });
}

/** The order may come after its ASN. */
function falseAnnouncement(asn: SupplyDto, order: ExpectedReceipt | undefined): string | undefined {
  if (asn.announces === undefined) return undefined;
  if (asn.kind !== 'ASN') return `only an ASN announces a purchase order, and ${asn.id} is a ${asn.kind}`;
  if (order && order.kind !== 'PURCHASE_ORDER') return `${order.id} is no purchase order but a ${order.kind}`;
  if (order && order.item !== asn.item) return `${order.id} is for ${order.item}, not for ${asn.item}`;
  return undefined;
}
