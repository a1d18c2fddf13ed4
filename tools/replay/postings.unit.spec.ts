import type { NumberedDocument } from '#connections/reconcile';
import { comparePosting, mismatches } from './postings';
import { troublesOf } from './troubles';

const posting = (businessKey: string, documentNumber: string, state: 'OPEN' | 'DONE' | 'REFUSED' = 'DONE') => ({
  ...{ businessKey, documentNumber, state },
});
/** Sorted as a backend lists its documents. */
const books = (documents: readonly NumberedDocument[]) => (after: string, limit: number) =>
  Promise.resolve(documents.filter(({ businessKey }) => businessKey > after).slice(0, limit));
const LEDGER = [posting('s-2', 'IN2'), posting('s-1', 'IN1')];
const BOOKS = [
  { businessKey: 's-1', documentNumber: 'IN1' },
  { businessKey: 's-2', documentNumber: 'IN2' },
];

describe('postings beside the books of a backend', () => {
  it('agree when each document is there once, under its number, and all that has shipped is posted', async () => {
    const compared = await comparePosting('invoice', LEDGER, books(BOOKS), ['s-1', 's-2']);
    expect(compared).toMatchObject({ posted: 2, found: 2, equal: 2 });
    expect(mismatches(compared)).toEqual([]);
  });

  it('are compared to the last one, however many pages they fill', async () => {
    const keys = Array.from({ length: 1_700 }, (_, index) => `k-${String(index).padStart(5, '0')}`);
    const documents = keys.map((businessKey) => ({ businessKey, documentNumber: `IN-${businessKey}` }));
    const ledger = documents.map(({ businessKey, documentNumber }) => posting(businessKey, documentNumber)).reverse();
    const compared = await comparePosting('invoice', ledger, books(documents), keys);
    expect(compared).toMatchObject({ posted: 1_700, found: 1_700, equal: 1_700 });
    expect(mismatches(compared)).toEqual([]);
  });

  it.each([
    ['posted twice', LEDGER, [...BOOKS, { businessKey: 's-2', documentNumber: 'IN3' }], 'invoice s-2: REPEATED, ledger IN2, books IN2 and IN3'], // prettier-ignore
    ['posted under a key that nobody knows', LEDGER, [...BOOKS, { businessKey: 's-9', documentNumber: 'IN9' }], 'invoice s-9: UNEXPECTED, ledger nothing, books IN9'], // prettier-ignore
    ['not there', LEDGER, BOOKS.slice(1), 'invoice s-1: MISSING, ledger IN1, books nothing'],
    ['there under another number', LEDGER, [{ businessKey: 's-1', documentNumber: 'IN7' }, ...BOOKS.slice(1)], 'invoice s-1: DIFFERENT, ledger IN1, books IN7'], // prettier-ignore
    ['without an outcome', [...LEDGER, posting('s-3', '', 'OPEN')], BOOKS, 'invoice s-3: no outcome in the ledger'],
    ['never posted', LEDGER, BOOKS, 'invoice s-4: shipped, and not posted'],
  ])('name a document that is %s', async (_, ledger, documents, words) => {
    const wanted = words.includes('s-4') ? ['s-1', 's-4'] : ['s-1'];
    expect(mismatches(await comparePosting('invoice', ledger, books(documents), wanted))).toEqual([words]);
  });
});

describe('orders beside the exceptions', () => {
  const order = (id: string, fields: object = {}) => ({
    ...{ id, status: 'ON_HOLD' as const, isEnded: false, waitsForStock: false, shipments: [] },
    ...fields,
  });
  const exception = (of: string | undefined, code = 'BACKEND_REFUSED') => ({
    ...{ domain: 'orders', code, key: `orders/${code}/order/${String(of)}`, cause: 'customer blocked' },
    ...(of === undefined ? {} : { order: of }),
  });

  it('are explained by their end, by waiting for stock, or by exceptions of exactly one cause', () => {
    const orders = [order('a', { isEnded: true }), order('b', { waitsForStock: true }), order('c')];
    expect(troublesOf(orders, [exception('c'), exception('c')]).unexplained).toEqual([]);
    expect(troublesOf(orders, [exception('c')])).toEqual({ open: { 'orders/BACKEND_REFUSED': 1 }, unexplained: [] });
  });

  it.each([
    ['stands still without one', [order('a')], [], 'a is ON_HOLD with open exceptions of 0 causes'],
    [
      'has two',
      [order('a')],
      [exception('a'), exception('a', 'OTHER')],
      'a is ON_HOLD with open exceptions of 2 causes',
    ],
    ['has ended', [order('a', { isEnded: true })], [exception('a')], 'its order has ended (customer blocked)'],
    ['was never sent', [], [exception(undefined)], 'of no order that was sent (customer blocked)'],
  ])('are not when the order %s', (_, orders, exceptions, words) => {
    expect(troublesOf(orders, exceptions).unexplained).toEqual([expect.stringContaining(words) as string]);
  });
});
