import { INVENTORY_FACTS, type InventoryFact } from '#canonical/inventory';
import type { InventoryRecordDto } from '#contracts/availability/stock.dto';
import { fact, testAvailability, uniqueId, type TestAvailability } from './harness';

/** domain/inventory.md §2: what one unit of each fact does to on hand, quarantined, damaged and in transit. */
const moves: Readonly<Record<InventoryFact, readonly [number, number, number, number] | 'told by the ledger'>> = {
  RECEIVED: [1, 0, 0, 0],
  PUTAWAY: [0, 0, 0, 0],
  QUARANTINED: [0, 1, 0, 0],
  QUARANTINE_RELEASED: [0, -1, 0, 0],
  QUARANTINE_REJECTED: [0, -1, 1, 0],
  DAMAGED: [0, 0, 1, 0],
  DAMAGE_CLEARED: [0, 0, -1, 0],
  SCRAPPED: [-1, 0, -1, 0],
  WAVE_RELEASED: [0, 0, 0, 0],
  PICK_CONFIRMED: [0, 0, 0, 0],
  PICK_SHORT: [0, 0, 0, 0],
  PACK_COMPLETED: [0, 0, 0, 0],
  SHIPPED: [-1, 0, 0, 0],
  ADJUSTED: [1, 0, 0, 0],
  COUNTED: 'told by the ledger',
  SNAPSHOT: 'told by the ledger',
  TRANSFER_SHIPPED: [-1, 0, 0, 0],
  TRANSFER_RECEIVED: [1, 0, 0, -1],
  TRANSFER_LOST: [0, 0, 0, -1],
  RETURNED: [1, 1, 0, 0],
  RETURN_RESTOCKED: [0, -1, 0, 0],
  RETURN_REFURBISHING: [0, 0, 0, 0],
  RETURN_SCRAPPED: [-1, -1, 0, 0],
  RETURNED_TO_VENDOR: [-1, -1, 0, 0],
  VALUED: [0, 0, 0, 0],
  UNITS_CHANGED: [0, 0, 0, 0],
  REVERSED: 'told by the ledger',
};

/** The kinds of source that may state it, by the first word of their names; `operations` stands for any other name. */
const authority: readonly [readonly string[], readonly InventoryFact[]][] = [
  [['wms', '3pl', 'operations'], ['RECEIVED', 'PUTAWAY', 'WAVE_RELEASED', 'PICK_CONFIRMED', 'PICK_SHORT', 'PACK_COMPLETED', 'COUNTED', 'SNAPSHOT', 'TRANSFER_SHIPPED', 'TRANSFER_RECEIVED', 'TRANSFER_LOST']], // prettier-ignore
  [['wms', '3pl', 'qms', 'operations'], ['QUARANTINED', 'QUARANTINE_RELEASED', 'QUARANTINE_REJECTED', 'DAMAGED', 'DAMAGE_CLEARED', 'SCRAPPED']], // prettier-ignore
  [['wms', '3pl', 'returns', 'operations'], ['RETURNED', 'RETURN_RESTOCKED', 'RETURN_REFURBISHING', 'RETURN_SCRAPPED', 'RETURNED_TO_VENDOR']], // prettier-ignore
  [
    ['wms', '3pl', 'process', 'operations'],
    ['SHIPPED', 'ADJUSTED'],
  ],
  [
    ['erp', 'pim', 'operations'],
    ['VALUED', 'UNITS_CHANGED'],
  ],
];
const words = ['wms', '3pl', 'qms', 'returns', 'erp', 'pim', 'process', 'tms', 'carrier', 'channel', 'marketplace', 'portal', 'operations']; // prettier-ignore

describe('the taxonomy of stock facts', () => {
  let app: TestAvailability;
  beforeAll(async () => (app = await testAvailability()));
  afterAll(() => app.close());
  afterEach(async () => expect((await app.availability.checkInvariants()).breaches).toEqual([]));

  const post = async (records: InventoryRecordDto[], source = 'wms/north') =>
    (await app.availability.postInventory({ source, records })).results;
  const codes = async (records: InventoryRecordDto[], source?: string) =>
    (await post(records, source)).map(({ outcome, code }) => code ?? outcome);
  const buckets = async (item: string) => {
    const { rows } = await app.database.query<{ moved: number[] }>(
      `select array[on_hand, quarantined, damaged, in_transit]::float8[] as moved from availability.position
        where item = $1 and node = 'DC'`,
      [item],
    );
    return rows[0]?.moved;
  };
  const entries = async (item: string) => (await app.ledger.ledger({ item })).entries;

  test('each fact moves its own buckets and nothing else', async () => {
    const rows = INVENTORY_FACTS.flatMap((name) => {
      const moved = moves[name];
      return moved === 'told by the ledger' ? [] : [[name, moved] as const];
    });
    await post(
      rows.map(([name]) => fact({ item: `T-${name}`, fact: name, quantity: '3' })),
      'operations',
    );
    for (const [name, moved] of rows) expect([name, await buckets(`T-${name}`)]).toEqual([name, moved.map((by) => by * 3)]); // prettier-ignore
  });

  test('each fact is taken from those who have the authority and refused from everyone else', async () => {
    for (const word of words) {
      const facts = INVENTORY_FACTS.filter((name) => name !== 'REVERSED');
      const records = facts.map((name) => fact({ item: `A-${word}`, fact: name, quantity: '1' }));
      const outcomes = await codes(records, word === 'operations' ? 'count sheet' : `${word}/a`);
      const expected = facts.map((name) =>
        authority.some(([kinds, names]) => kinds.includes(word) && names.includes(name))
          ? 'applied'
          : 'AUTHORITY_MISSING',
      );
      expect([word, outcomes]).toEqual([word, expected]);
    }
  });

  test('what is wrong with a record by itself has its own code', async () => {
    const wrong: [string, Partial<InventoryRecordDto> & Pick<InventoryRecordDto, 'fact' | 'quantity'>][] = [
      ['QUANTITY_INVALID', { fact: 'RECEIVED', quantity: '0' }],
      ['QUANTITY_INVALID', { fact: 'SHIPPED', quantity: '-1' }],
      ['QUANTITY_INVALID', { fact: 'SNAPSHOT', quantity: '-1' }],
      ['REVERSAL_INVALID', { fact: 'REVERSED', quantity: '1' }],
      ['REVERSAL_INVALID', { fact: 'RECEIVED', quantity: '1', reverses: 'x' }],
      ['LOT_MISSING', { fact: 'RECEIVED', quantity: '1', expiresOn: '2027-01-31' }],
      ['DATE_INVALID', { fact: 'RECEIVED', quantity: '1', lot: 'L', expiresOn: '2027-02-30' }],
    ];
    expect(await codes(wrong.map(([, record]) => fact({ item: 'W', ...record })))).toEqual(wrong.map(([code]) => code));
    expect(await entries('W')).toEqual([]);
  });

  test('each row leads back to the message it came in', async () => {
    const item = uniqueId('LINEAGE');
    await post([fact({ id: 'lin-1', item, fact: 'RECEIVED', quantity: '2', messageId: 'msg-1', reference: 'PO-1' })]);
    // The message is not content: the same fact in another message changes nothing.
    expect(await codes([fact({ id: 'lin-1', item, fact: 'RECEIVED', quantity: '2', messageId: 'msg-2', reference: 'PO-1' })])).toEqual(['duplicate']); // prettier-ignore
    expect(await entries(item)).toMatchObject([
      { source: 'wms/north', record: 'lin-1', messageId: 'msg-1', reference: 'PO-1', moved: { onHand: '2' } },
    ]);
  });

  describe('reversals', () => {
    test('take back all that a record moved, by a new row, once', async () => {
      const item = uniqueId('REV');
      const [receipt, damage] = [fact({ item, fact: 'RECEIVED', quantity: '10' }), fact({ item, fact: 'DAMAGED', quantity: '2' })]; // prettier-ignore
      await post([receipt, damage]);
      const back = fact({ item, fact: 'REVERSED', quantity: '10', reverses: receipt.id });
      expect(await codes([back, { ...back }])).toEqual(['applied', 'duplicate']);
      expect(await codes([back])).toEqual(['duplicate']);
      expect(await codes([{ ...back, id: uniqueId('again') }])).toEqual(['REVERSAL_REPEATED']);
      expect(await codes([fact({ item, fact: 'REVERSED', quantity: '2', reverses: damage.id })])).toEqual(['applied']);
      expect(await buckets(item)).toEqual([0, 0, 0, 0]);
      expect((await entries(item)).find(({ record }) => record === receipt.id)).toMatchObject({ reversedBy: back.id, moved: { onHand: '10' } }); // prettier-ignore
    });

    test('are exact: the same item, node, lot and quantity, of the same source', async () => {
      const item = uniqueId('REV');
      const receipt = fact({ item, fact: 'RECEIVED', quantity: '10' });
      await post([receipt]);
      const back = { item, fact: 'REVERSED' as const, quantity: '10', reverses: receipt.id };
      expect(
        await codes([
          fact({ ...back, quantity: '9' }),
          fact({ ...back, node: 'EAST' }),
          fact({ ...back, item: 'OTHER' }),
          fact({ ...back, lot: 'L1' }),
          fact({ ...back, reverses: 'nothing' }),
        ]),
      ).toEqual(['REVERSAL_MISMATCH', 'REVERSAL_MISMATCH', 'REVERSAL_MISMATCH', 'REVERSAL_MISMATCH', 'REVERSAL_UNKNOWN']); // prettier-ignore
      expect(await codes([fact(back)], 'wms/south')).toEqual(['REVERSAL_UNKNOWN']);
      expect(await codes([fact(back), fact(back)])).toEqual(['applied', 'REVERSAL_REPEATED']);
      expect(await buckets(item)).toEqual([0, 0, 0, 0]);
    });

    test('of what came in the same call, and of a transfer both of its rows', async () => {
      const item = uniqueId('REV');
      const left = fact({ item, node: 'EAST', toNode: 'DC', fact: 'TRANSFER_SHIPPED', quantity: '4' });
      const back = fact({ item, node: 'EAST', fact: 'REVERSED', quantity: '4', reverses: left.id });
      expect(await codes([back, left])).toEqual(['applied', 'applied']);
      expect(await buckets(item)).toEqual([0, 0, 0, 0]);
    });

    test('are not for counts and reversals, which the next statement corrects', async () => {
      const item = uniqueId('REV');
      const [count, receipt] = [fact({ item, fact: 'COUNTED', quantity: '5' }), fact({ item, fact: 'RECEIVED', quantity: '1', occurredAt: '2026-03-02T11:00:00Z' })]; // prettier-ignore
      const back = fact({ item, fact: 'REVERSED', quantity: '1', reverses: receipt.id });
      await post([count, receipt, back]);
      expect(
        await codes([
          fact({ item, fact: 'REVERSED', quantity: '5', reverses: count.id }),
          fact({ item, fact: 'REVERSED', quantity: '1', reverses: back.id }),
        ]),
      ).toEqual(['REVERSAL_INVALID', 'REVERSAL_INVALID']);
    });

    test('leave on hand alone where a later count has seen what was there', async () => {
      const item = uniqueId('REV');
      const receipt = fact({ item, fact: 'RECEIVED', quantity: '10', sequence: 1 });
      const count = fact({ item, fact: 'COUNTED', quantity: '50', sequence: 2 });
      const back = fact({ item, fact: 'REVERSED', quantity: '10', reverses: receipt.id, sequence: 3 });
      await post([receipt]);
      await post([count]);
      await post([back]);
      expect(await buckets(item)).toEqual([50, 0, 0, 0]);
      expect((await entries(item)).at(-1)).toMatchObject({ fact: 'REVERSED', covered: true });
    });
  });
});
