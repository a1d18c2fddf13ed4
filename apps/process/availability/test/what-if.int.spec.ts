import { CrossdockError } from '#canonical/errors';
import type { WhatIfAnswer, WhatIfChange } from '#contracts/availability/what-if.dto';
import { fact, testAvailability, type TestAvailability } from './harness';
import { inDays, referenceCase } from './reference-case';

describe('what if', () => {
  let app: TestAvailability;
  beforeAll(async () => {
    app = await testAvailability();
    for (const id of ['DC', 'WEST']) app.nodes.push({ id, priority: 1, active: true });
  });
  afterAll(() => app.close());

  const { expectSupply, promise, e7 } = referenceCase(() => app);
  const ask = (item: string, ...changes: WhatIfChange[]) => app.planning.whatIf({ item, changes, days: 10 });
  const atp = ({ nodes }: WhatIfAnswer, when: 'before' | 'after') =>
    nodes[0]?.days.map((day) => Number(day[when].availableToPromise));
  const projected = ({ nodes }: WhatIfAnswer) => nodes[0]?.days.map(({ after }) => Number(after.projected));
  const findings = async (item: string, ...changes: WhatIfChange[]) => {
    const error: unknown = await ask(item, ...changes).catch((thrown: unknown) => thrown);
    if (!(error instanceof CrossdockError)) throw new Error('it was answered');
    return [error.code, ...error.findings.map(({ code, pointer }) => `${code} ${pointer ?? ''}`)];
  };

  test('E7 (e): if the transfer slips to day 9, the order of day 6 is late by 30 until day 7; nothing has happened', async () => {
    const orders = await e7('E7e');
    const answer = await ask('E7e', { action: 'MOVE', of: 'SUPPLY', supply: 'E7e-TO', date: inDays(9) });
    expect(atp(answer, 'before')).toEqual([10, 10, 10, 10, 10, 10, 10, 160, 210, 210]);
    expect(atp(answer, 'after')).toEqual([0, 0, 0, 0, 0, 0, 0, 120, 170, 210]);
    expect(projected(answer)?.[6]).toBe(-30);
    const late = { quantity: '30', newDate: inDays(7) };
    expect(answer.promises).toEqual([
      { reservation: orders[3], line: 1, node: 'DC', shipDate: inDays(6), after: late },
    ]);
    const supplies = answer.nodes[0]?.supplies.map(({ before, after }) => [before?.id, before?.left, after?.left, after?.availableOn]); // prettier-ignore
    expect(supplies).toEqual([
      ['E7e-TO', '0', '40', inDays(9)],
      ['E7e-ASN', '150', '120', inDays(7)],
    ]);
    expect((await app.planning.risks({ item: 'E7e' })).risks).toEqual([]);
  });

  test('E7 (a): accepting 10 for today leaves 0 until the ASN', async () => {
    await e7('E7a');
    const answer = await ask('E7a', { action: 'ADD', of: 'DEMAND', node: 'DC', quantity: '10', date: inDays(0) });
    expect(atp(answer, 'after')).toEqual([0, 0, 0, 0, 0, 0, 0, 150, 200, 200]);
    expect(answer.promises).toEqual([]);
    expect(answer.nodes[0]?.demands.find(({ before }) => before === undefined)?.after).toMatchObject({
      quantity: '10',
      pegs: [{ quantity: '10', late: false }],
    });
  });

  test('E7 (b): without the demand of day 1 there are 10 more; E7 (d): with 20 more on day 6 it misses 10', async () => {
    const orders = await e7('E7b');
    const dropped = await ask('E7b', { action: 'DROP', of: 'DEMAND', reservation: orders[1]!, line: 1 });
    expect(atp(dropped, 'after')).toEqual([20, 20, 20, 20, 20, 20, 20, 170, 220, 220]);
    const more = await ask('E7b', { action: 'ADD', of: 'DEMAND', reservation: 'NEW', node: 'DC', quantity: '20', date: inDays(6) }); // prettier-ignore
    expect(atp(more, 'after')).toEqual([0, 0, 0, 0, 0, 0, 0, 140, 190, 190]);
    expect(more.promises).toMatchObject([{ reservation: 'NEW', after: { quantity: '10', newDate: inDays(7) } }]);
  });

  test('E7 (c): an ASN replaces what it announces of its purchase order; it is never added to it', async () => {
    await expectSupply('E7c', 'E7c-PO', '200', 8, 'PURCHASE_ORDER');
    const asn = { action: 'ADD', of: 'SUPPLY', kind: 'ASN', supply: 'E7c-ASN', node: 'DC', quantity: '150', date: inDays(7) } as const; // prettier-ignore
    const announced = await ask('E7c', { ...asn, announces: 'E7c-PO' });
    expect(atp(announced, 'after')).toEqual([0, 0, 0, 0, 0, 0, 0, 150, 200, 200]);
    expect(announced.nodes[0]?.supplies.map(({ before, after }) => [before?.quantity, after?.quantity])).toEqual([
      ['200', '50'],
      [undefined, '150'],
    ]);
    expect(atp(await ask('E7c', asn), 'after')?.[9]).toBe(350);
  });

  test('a part of a supply can move or be lost; later changes see what earlier ones did', async () => {
    await expectSupply('PART', 'PART-PO', '10', 2, 'PURCHASE_ORDER');
    await promise('PART', '8', 3);
    const moved = await ask('PART', {
      action: 'MOVE',
      of: 'SUPPLY',
      supply: 'PART-PO',
      quantity: '4',
      date: inDays(5),
    });
    expect(projected(moved)).toEqual([0, 0, 6, -2, -2, 2, 2, 2, 2, 2]);
    expect(moved.promises).toMatchObject([{ after: { quantity: '2', newDate: inDays(5) } }]);
    const both = await ask(
      'PART',
      { action: 'MOVE', of: 'SUPPLY', supply: 'PART-PO', quantity: '4', date: inDays(5) },
      { action: 'DROP', of: 'SUPPLY', supply: 'PART-PO~1' },
    );
    expect(both.promises).toMatchObject([{ after: { quantity: '2' } }]);
    expect(both.promises[0]?.after?.newDate).toBeUndefined();
  });

  test('an order that is held on hand and moved frees its stock; a late one is kept when more comes', async () => {
    await app.availability.postInventory({ source: 'wms', records: [fact({ item: 'HELD', fact: 'RECEIVED', quantity: '10' })] }); // prettier-ignore
    const order = await promise('HELD', '10', 0);
    const moved = await ask('HELD', { action: 'MOVE', of: 'DEMAND', reservation: order, line: 1, quantity: '4', date: inDays(4) }); // prettier-ignore
    expect(projected(moved)).toEqual([4, 4, 4, 4, 0, 0, 0, 0, 0, 0]);
    await app.availability.postInventory({ source: 'wms', records: [fact({ item: 'HELD', fact: 'ADJUSTED', quantity: '-3' })] }); // prettier-ignore
    const saved = await ask('HELD', { action: 'ADD', of: 'SUPPLY', node: 'DC', quantity: '3', date: inDays(0) });
    expect(saved.promises).toEqual([
      { reservation: order, line: 1, node: 'DC', shipDate: inDays(0), before: { quantity: '3' } },
    ]);
  });

  test('what cannot be is refused, each with its own code and place', async () => {
    await expectSupply('BAD', 'BAD-PO', '10', 2, 'PURCHASE_ORDER');
    const order = await promise('BAD', '6', 3);
    const supply = { action: 'ADD', of: 'SUPPLY', node: 'DC', quantity: '1', date: inDays(1) } as const;
    expect(await findings('BAD', supply, { ...supply, date: inDays(-1) })).toEqual(['WHAT_IF_INVALID', 'DATE_PAST /changes/1/date']); // prettier-ignore
    expect(await findings('BAD', { ...supply, date: '2027-02-30' })).toEqual(['WHAT_IF_INVALID', 'DATE_INVALID /changes/0/date']); // prettier-ignore
    expect(await findings('BAD', { ...supply, node: 'MOON' })).toEqual(['WHAT_IF_INVALID', 'NODE_UNKNOWN /changes/0/node']); // prettier-ignore
    expect(await findings('BAD', { ...supply, supply: 'BAD-PO' })).toEqual(['WHAT_IF_INVALID', 'SUPPLY_DUPLICATE /changes/0/supply']); // prettier-ignore
    expect(await findings('BAD', { ...supply, kind: 'ASN', announces: 'NONE' })).toEqual(['WHAT_IF_INVALID', 'SUPPLY_UNKNOWN /changes/0/announces']); // prettier-ignore
    expect(await findings('BAD', { ...supply, announces: 'BAD-PO' })).toEqual(['WHAT_IF_INVALID', 'CHANGE_MISMATCH /changes/0/announces']); // prettier-ignore
    expect(await findings('BAD', { action: 'DROP', of: 'SUPPLY', supply: 'NONE' })).toEqual(['WHAT_IF_INVALID', 'SUPPLY_UNKNOWN /changes/0/supply']); // prettier-ignore
    expect(await findings('BAD', { action: 'DROP', of: 'SUPPLY', supply: 'BAD-PO', quantity: '11' })).toEqual(['WHAT_IF_INVALID', 'QUANTITY_EXCEEDED /changes/0/quantity']); // prettier-ignore
    expect(await findings('BAD', { action: 'DROP', of: 'DEMAND', reservation: order, line: 2 })).toEqual(['WHAT_IF_INVALID', 'DEMAND_UNKNOWN /changes/0/reservation']); // prettier-ignore
    expect(await findings('BAD', { action: 'MOVE', of: 'DEMAND', reservation: order, line: 1 })).toEqual(['WHAT_IF_INVALID', 'CHANGE_INCOMPLETE /changes/0/date']); // prettier-ignore
    expect(await findings('BAD', { action: 'DROP', of: 'SUPPLY', supply: 'BAD-PO', node: 'DC' })).toEqual(['WHAT_IF_INVALID', 'CHANGE_MISMATCH /changes/0/node']); // prettier-ignore
    await expect(ask('NO-SUCH', supply)).rejects.toMatchObject({ code: 'ITEM_UNKNOWN', kind: 'not-found' });
  });

  test('no row of any table is another one afterwards', async () => {
    const orders = await e7('DRY');
    const before = await contents();
    await ask(
      'DRY',
      { action: 'MOVE', of: 'SUPPLY', supply: 'DRY-TO', date: inDays(9) },
      { action: 'DROP', of: 'DEMAND', reservation: orders[3]!, line: 1 },
      { action: 'ADD', of: 'SUPPLY', node: 'WEST', quantity: '5', date: inDays(1) },
    );
    expect(await contents()).toEqual(before);
    expect(Object.keys(before).length).toBeGreaterThan(10);
  });

  /** A fingerprint of every table of the app, and what it would tell others. */
  async function contents(): Promise<Record<string, string>> {
    const { rows } = await app.database.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where (schemaname = 'availability' and tablename <> 'migration') or (schemaname = 'messaging' and tablename = 'outbox') order by 1`,
    );
    const prints: Record<string, string> = {};
    for (const { name } of rows) {
      const [print] = (await app.database.query<{ print: string }>(
        `select count(*) || ' ' || coalesce(md5(string_agg(t.xmin::text || t::text, '' order by t::text)), '') as print from ${name} t`,
      )).rows; // prettier-ignore
      prints[name] = print?.print ?? '';
    }
    return prints;
  }
});
