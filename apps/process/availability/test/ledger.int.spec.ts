import type { InventoryRecordDto } from '#contracts/availability/stock.dto';
import { fact, testAvailability, type TestAvailability } from './harness';

describe('the inventory ledger', () => {
  let app: TestAvailability;
  beforeAll(async () => (app = await testAvailability()));
  afterAll(() => app.close());
  afterEach(async () => expect((await app.availability.checkInvariants()).breaches).toEqual([]));

  const post = (records: InventoryRecordDto[], source = 'wms/north') =>
    app.availability.postInventory({ source, records });
  const outcomes = async (records: InventoryRecordDto[], source?: string) =>
    (await post(records, source)).results.map((result) => result.outcome);
  const position = async (item: string, node = 'DC') =>
    (await app.availability.timeline({ item, node })).nodes[0]?.position;

  test('example 1: duplicates and disorder of deltas end at 96', async () => {
    const at = (minute: number) => `2026-03-02T10:${String(minute).padStart(2, '0')}:00Z`;
    const delta = (sequence: number, quantity: string) =>
      fact({
        id: `ex1-${sequence}`,
        item: 'EX1',
        fact: 'ADJUSTED',
        quantity,
        sequence,
        occurredAt: at(sequence - 100),
      });
    await post([fact({ item: 'EX1', fact: 'SNAPSHOT', quantity: '100', sequence: 100, occurredAt: at(0) })]);
    for (const [sequence, quantity] of [
      [101, '48'],
      [103, '-20'],
      [103, '-20'],
      [104, '-30'],
      [102, '-2'],
    ] as const)
      await post([delta(sequence, quantity)]);
    expect(await position('EX1')).toMatchObject({ onHand: '96' });
  });

  test('example 2: a snapshot as of sequence 103 rebases to 95 and does not overwrite with 125', async () => {
    await post([
      fact({ item: 'EX1', fact: 'SNAPSHOT', quantity: '125', sequence: 103, occurredAt: '2026-03-02T10:59:00Z' }),
    ]);
    expect(await position('EX1')).toMatchObject({ onHand: '95' });
  });

  test('a fact that a snapshot already covers is recorded and moves nothing', async () => {
    await post([fact({ item: 'EX1', fact: 'ADJUSTED', quantity: '-7', sequence: 99 })]);
    expect(await position('EX1')).toMatchObject({ onHand: '95' });
  });

  test('example 3: a count posts its variance at its own time and keeps what was shipped since', async () => {
    await post([fact({ item: 'EX3', fact: 'RECEIVED', quantity: '52', occurredAt: '2026-03-02T09:00:00Z' })]);
    await post([fact({ item: 'EX3', fact: 'SHIPPED', quantity: '4', occurredAt: '2026-03-02T10:03:00Z' })]);
    await post([fact({ item: 'EX3', fact: 'COUNTED', quantity: '50', occurredAt: '2026-03-02T10:00:00Z' })]);
    expect(await position('EX3')).toMatchObject({ onHand: '46' });
  });

  test('a count older than the last one changes nothing', async () => {
    await post([fact({ item: 'EX3', fact: 'COUNTED', quantity: '9', occurredAt: '2026-03-02T09:30:00Z' })]);
    expect(await position('EX3')).toMatchObject({ onHand: '46' });
  });

  test('example 4: a transfer is in transit until received, and its loss stays visible', async () => {
    await post([fact({ item: 'EX4', node: 'EAST', fact: 'RECEIVED', quantity: '50' })]);
    await post([fact({ item: 'EX4', node: 'EAST', toNode: 'WEST', fact: 'TRANSFER_SHIPPED', quantity: '20' })]);
    await post([
      fact({ item: 'EX4', node: 'WEST', fact: 'TRANSFER_RECEIVED', quantity: '19' }),
      fact({ item: 'EX4', node: 'WEST', fact: 'DAMAGED', quantity: '1' }),
    ]);
    expect(await position('EX4', 'EAST')).toMatchObject({ onHand: '30', inTransit: '0' });
    expect(await position('EX4', 'WEST')).toMatchObject({ onHand: '19', damaged: '1', usable: '18', inTransit: '1' });
  });

  test('a transfer that does not drain to zero is an exception until it does', async () => {
    const open = async () =>
      (await app.database.query<{ detail: string }>(`select detail from availability.exception where kind = 'InTransitOverdue' and item = 'SLOW' and resolved_at is null`)).rows; // prettier-ignore
    const look = async () => {
      await app.database.query(`update messaging.job set run_at = now() where queue = 'availability.transit'`);
      await app.messaging.drain();
    };
    const transfer = { item: 'SLOW', reference: 'TR-1' };
    await post([fact({ ...transfer, node: 'EAST', toNode: 'WEST', fact: 'TRANSFER_SHIPPED', quantity: '20' })]);
    await post([fact({ ...transfer, node: 'WEST', fact: 'TRANSFER_RECEIVED', quantity: '19' })]);
    await look();
    expect(await open()).toEqual([{ detail: '1 of transfer TR-1 have not arrived' }]);
    await post([fact({ ...transfer, node: 'WEST', fact: 'TRANSFER_LOST', quantity: '1' })]);
    await look();
    expect(await open()).toEqual([]);
    expect(await position('SLOW', 'WEST')).toMatchObject({ onHand: '19', inTransit: '0' });
    // East never had them: the ledger says so, too.
    await post([fact({ item: 'SLOW', node: 'EAST', fact: 'RECEIVED', quantity: '20' })]);
  });

  test('example 5: a full day ends at 99', async () => {
    const at = '2026-03-02T11:00:00Z';
    await post([
      fact({ item: 'EX5', fact: 'SNAPSHOT', quantity: '100', occurredAt: '2026-03-02T06:00:00Z' }),
      fact({ item: 'EX5', fact: 'RECEIVED', quantity: '48', occurredAt: at }),
      fact({ item: 'EX5', fact: 'ADJUSTED', quantity: '-2', occurredAt: at }),
      fact({ item: 'EX5', fact: 'TRANSFER_SHIPPED', quantity: '20', occurredAt: at }),
      fact({ item: 'EX5', fact: 'SHIPPED', quantity: '30', occurredAt: at }),
      fact({ item: 'EX5', fact: 'RETURNED', quantity: '3', occurredAt: at }),
    ]);
    expect(await position('EX5')).toMatchObject({ onHand: '99', quarantined: '3', usable: '96' });
  });

  test('the same id with the same content changes nothing; other content is a conflict and is kept', async () => {
    const receipt = fact({ id: 'r-1', item: 'DUP', fact: 'RECEIVED', quantity: '5' });
    const results = await outcomes([
      receipt,
      { ...receipt, quantity: '5.0', occurredAt: '2026-03-02T11:00:00+01:00' },
      { ...receipt, quantity: '6' },
    ]);
    expect(results).toEqual(['applied', 'duplicate', 'conflict']);
    expect(await outcomes([receipt, { ...receipt, item: 'OTHER' }])).toEqual(['duplicate', 'conflict']);
    expect(await outcomes([receipt], 'wms/south')).toEqual(['applied']);
    expect(await position('DUP')).toMatchObject({ onHand: '10' });
    const { rows } = await app.database.query(`select 1 from availability.ledger_conflict where record_id = 'r-1'`);
    expect(rows).toHaveLength(2);
  });

  test('one bad record never hides the good ones', async () => {
    const records = [
      fact({ item: 'BAD', fact: 'RECEIVED', quantity: '-1' }),
      fact({ item: 'BAD', fact: 'RECEIVED', quantity: '3' }),
      fact({ item: 'BAD', fact: 'SHIPPED', quantity: '0' }),
    ];
    expect(await outcomes(records)).toEqual(['rejected', 'applied', 'rejected']);
    expect(await position('BAD')).toMatchObject({ onHand: '3' });
  });

  test('the ledger refuses update and delete', async () => {
    await expect(app.database.query('update availability.ledger set on_hand = 0')).rejects.toThrow('append-only');
    await expect(app.database.query('delete from availability.ledger')).rejects.toThrow('append-only');
    await expect(app.database.query('truncate availability.ledger')).rejects.toThrow('permission denied');
  });

  test('negative stock applies and opens an exception, which the next receipt resolves', async () => {
    const open = async () =>
      (await app.database.query(`select kind from availability.exception where item = 'NEG' and resolved_at is null`))
        .rows;
    await post([fact({ item: 'NEG', fact: 'SHIPPED', quantity: '2' })]);
    expect(await position('NEG')).toMatchObject({ onHand: '-2' });
    expect(await open()).toEqual([{ kind: 'NegativeStock' }]);
    await post([fact({ item: 'NEG', fact: 'RECEIVED', quantity: '2' })]);
    expect(await open()).toEqual([]);
  });

  test('a sequence that is missing shows as a gap until it comes', async () => {
    const seen = async () =>
      (
        await app.database.query<{ seen: string }>(
          `select seen::text from availability.source_watermark where source = 'gap'`,
        )
      ).rows[0]?.seen;
    await post(
      [1, 2, 4].map((sequence) => fact({ item: 'GAP', fact: 'RECEIVED', quantity: '1', sequence })),
      'gap',
    );
    expect(await seen()).toBe('{[1,3),[4,5)}');
    await post([fact({ item: 'GAP', fact: 'RECEIVED', quantity: '1', sequence: 3 })], 'gap');
    expect(await seen()).toBe('{[1,5)}');
  });

  test('a receipt lowers the supply that it refers to', async () => {
    await app.availability.putSupplies({
      supplies: [
        { id: 'PO-1', kind: 'PURCHASE_ORDER', item: 'PO', node: 'DC', quantity: '10', availableOn: '2030-01-01' },
      ],
    });
    await post([fact({ item: 'PO', fact: 'RECEIVED', quantity: '4', reference: 'PO-1' })]);
    const { nodes } = await app.availability.timeline({ item: 'PO' });
    expect(nodes[0]?.supplies).toMatchObject([{ id: 'PO-1', quantity: '6' }]);
    await post([fact({ item: 'PO', fact: 'RECEIVED', quantity: '6', reference: 'PO-1' })]);
    expect((await app.availability.timeline({ item: 'PO' })).nodes[0]?.supplies).toEqual([]);
  });

  test('5,000 records in one call, twice: applied once', async () => {
    const records = Array.from({ length: 5000 }, (_, index) =>
      fact({ id: `bulk-${index}`, item: `B${index % 700}`, node: `N${index % 3}`, fact: 'RECEIVED', quantity: '1.5' }),
    );
    expect(new Set(await outcomes(records))).toEqual(new Set(['applied']));
    expect(new Set(await outcomes(records))).toEqual(new Set(['duplicate']));
    const { rows } = await app.database.query(
      `select sum(on_hand)::text as total from availability.position where item like 'B%' and node like 'N%'`,
    );
    expect(rows).toEqual([{ total: '7500.000000' }]);
  });
});
