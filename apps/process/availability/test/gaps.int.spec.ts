import * as fc from 'fast-check';
import type { InventoryRecordDto } from '#contracts/availability/stock.dto';
import { STOCK_GAP_FOUND } from '#contracts/events/catalogue';
import { EXCEPTION_CLEARED, EXCEPTION_OPENED } from '#contracts/events/exceptions';
import { fact, testAvailability, uniqueId, type TestAvailability } from './harness';

describe('facts that a source numbers', () => {
  let app: TestAvailability;
  beforeAll(async () => (app = await testAvailability()));
  afterAll(() => app.close());
  afterEach(async () => expect((await app.availability.checkInvariants()).breaches).toEqual([]));

  const post = async (source: string, records: InventoryRecordDto[]) =>
    (await app.availability.postInventory({ source, records })).results.map(({ outcome, code }) => code ?? outcome);
  const received = (item: string, sequence: number, more: Partial<InventoryRecordDto> = {}) =>
    fact({ id: `${item}-${sequence}`, item, fact: 'RECEIVED', quantity: '1', sequence, ...more });
  const onHand = async (item: string) =>
    (await app.availability.timeline({ item }).catch(() => undefined))?.nodes[0]?.position.onHand;
  const stream = async (source: string) =>
    (await app.ledger.sources({ limit: 500 })).sources.find((each) => each.source === source)?.streams[0];
  const marks = async (item: string) =>
    (await app.ledger.ledger({ item })).entries.map(({ sequence, late = false, afterGap = false }) => ({ sequence, late, afterGap })); // prettier-ignore
  const asked = async (source: string) => {
    const { rows } = await app.database.query<{ data: unknown }>(
      `select envelope->'data' as data from messaging.outbox where type = $1 and partition_key = $2 order by id`,
      [STOCK_GAP_FOUND, source],
    );
    return rows.map(({ data }) => data);
  };

  const told = async (type: string, id: string) => {
    const { rows } = await app.database.query<{ data: unknown }>(
      `select envelope->'data' as data from messaging.outbox where type = $1 and partition_key = $2 order by id`,
      [type, `inventory/SEQUENCE_GAP/source/${id}`],
    );
    return rows.map(({ data }) => data);
  };

  test('what is behind a gap waits and counts as soon as the gap closes', async () => {
    const [source, item] = [uniqueId('wms/gap'), uniqueId('GAP')];
    expect(await post(source, [1, 2, 4, 5].map((each) => received(item, each)))).toEqual(['applied', 'applied', 'GAP_BEFORE', 'GAP_BEFORE']); // prettier-ignore
    expect(await onHand(item)).toBe('2');
    expect(await stream(source)).toMatchObject({ sequence: 2, missing: [{ from: 3, to: 3 }], held: 2, asks: 0 });
    expect(await asked(source)).toEqual([{ source, node: 'DC', missing: [{ from: 3, to: 3 }] }]);
    expect(await post(source, [received(item, 4), received(item, 5, { quantity: '9' })])).toEqual(['duplicate', 'RECORD_CONFLICT']); // prettier-ignore
    expect(await post(source, [received(item, 3), received(item, 6)])).toEqual(['applied', 'applied']);
    expect(await onHand(item)).toBe('6');
    expect(await stream(source)).toMatchObject({ sequence: 6, missing: [], held: 0 });
    expect(await marks(item)).toContainEqual({ sequence: 3, late: true, afterGap: false });
  });

  test('what only takes stock away never waits: what is gone is not promised', async () => {
    const [source, item] = [uniqueId('wms/gap'), uniqueId('GAP')];
    await post(source, [received(item, 1, { quantity: '10' })]);
    const taken = [
      received(item, 3, { fact: 'ADJUSTED', quantity: '-4' }),
      received(item, 4, { fact: 'DAMAGED', quantity: '2' }),
    ];
    expect(await post(source, [...taken, received(item, 5)])).toEqual(['applied', 'applied', 'GAP_BEFORE']);
    expect((await app.availability.timeline({ item })).nodes[0]?.position).toMatchObject({ onHand: '6', usable: '4' });
  });

  test('counts and reversals wait too, and then know what came before them', async () => {
    const [source, item] = [uniqueId('wms/gap'), uniqueId('GAP')];
    await post(source, [received(item, 1, { quantity: '10' })]);
    const later = [
      received(item, 3, { quantity: '5' }),
      received(item, 4, { fact: 'COUNTED', quantity: '20' }),
      received(item, 5, { fact: 'REVERSED', quantity: '7', reverses: `${item}-2` }),
      received(item, 6, { fact: 'SHIPPED', quantity: '2' }),
    ];
    expect(await post(source, later)).toEqual(['GAP_BEFORE', 'GAP_BEFORE', 'GAP_BEFORE', 'applied']);
    expect(await post(source, [received(item, 2, { quantity: '7' })])).toEqual(['applied']);
    expect(await onHand(item)).toBe('18');
  });

  test('a number belongs to one fact; a count may carry that of the last one it has seen', async () => {
    const [source, item] = [uniqueId('wms/gap'), uniqueId('GAP')];
    await post(source, [received(item, 1), received(item, 2)]);
    expect(await post(source, [received(item, 2, { id: uniqueId('other') })])).toEqual(['SEQUENCE_TAKEN']);
    expect(await post(source, [received(item, 3), received(item, 3, { id: uniqueId('other') })])).toEqual(['applied', 'SEQUENCE_TAKEN']); // prettier-ignore
    expect(await post(source, [received(item, 3, { id: uniqueId('count'), fact: 'SNAPSHOT', quantity: '8' })])).toEqual(['applied']); // prettier-ignore
    expect(await onHand(item)).toBe('8');
  });

  test('a refused record has used up its number: nothing waits for it', async () => {
    const [source, item] = [uniqueId('wms/gap'), uniqueId('GAP')];
    const records = [received(item, 1), received(item, 2, { quantity: '0' }), received(item, 3)];
    expect(await post(source, records)).toEqual(['applied', 'QUANTITY_INVALID', 'applied']);
  });

  test('a gap is given up by a call: what waited counts, marked, and what still comes is taken late', async () => {
    const [source, item] = [uniqueId('wms/gap'), uniqueId('GAP')];
    await post(source, [received(item, 1), received(item, 4)]);
    const given = { source, node: 'DC', givenUp: [{ from: 2, to: 3 }], released: 1 };
    expect(await app.ledger.giveUp({ source, node: 'DC' })).toEqual(given);
    expect(await app.ledger.giveUp({ source, node: 'DC' })).toEqual({ ...given, givenUp: [], released: 0 });
    expect(await onHand(item)).toBe('2');
    expect(await stream(source)).toMatchObject({ sequence: 4, missing: [], givenUp: given.givenUp, held: 0 });
    expect(await post(source, [received(item, 3)])).toEqual(['applied']);
    expect(await onHand(item)).toBe('3');
    expect(await marks(item)).toEqual(
      expect.arrayContaining([
        { sequence: 4, late: false, afterGap: true },
        { sequence: 3, late: true, afterGap: false },
      ]),
    );
    await expect(app.ledger.giveUp({ source: 'nobody', node: 'DC' })).rejects.toMatchObject({ code: 'SOURCE_UNKNOWN' });
  });

  test('a gap is asked for again, becomes an exception, and is given up after its time', async () => {
    const [source, item] = [uniqueId('wms/gap'), uniqueId('GAP')];
    const look = async (secondsLater: number) => {
      await app.database.query(
        `update availability.source_watermark set gap_since = now() - make_interval(secs => $2) where source = $1`,
        [source, secondsLater],
      );
      await app.database.query(`update messaging.job set run_at = now() where queue = 'availability.gap' and payload->>'source' = $1`, [source]); // prettier-ignore
      await app.messaging.drain();
    };
    const open = async () =>
      (await app.database.query(`select kind from availability.exception where item = $1 and resolved_at is null`, [source])).rows; // prettier-ignore
    await post(source, [received(item, 1), received(item, 3)]);
    await look(60);
    expect(await asked(source)).toHaveLength(2);
    expect(await stream(source)).toMatchObject({ asks: 1 });
    expect(await open()).toEqual([]);
    await look(301);
    expect(await open()).toEqual([{ kind: 'SequenceGap' }]);
    const id = `${source} at DC`;
    expect(await told(EXCEPTION_OPENED, id)).toMatchObject([{ code: 'SEQUENCE_GAP', tier: 'BUSINESS' }]);
    await look(3601);
    expect(await open()).toEqual([]);
    expect(await told(EXCEPTION_CLEARED, id)).toMatchObject([{ reason: 'what is missing was given up' }]);
    expect(await onHand(item)).toBe('2');
    expect(await marks(item)).toContainEqual({ sequence: 3, late: false, afterGap: true });
  });

  test('a source is asked so many times and no more; a gap that closes ends its exception', async () => {
    const [source, item] = [uniqueId('wms/gap'), uniqueId('GAP')];
    await post(source, [received(item, 1), received(item, 3)]);
    const look = async () => {
      await app.database.query(`update messaging.job set run_at = now() where queue = 'availability.gap' and payload->>'source' = $1`, [source]); // prettier-ignore
      await app.messaging.drain();
    };
    await app.database.query(
      `update availability.source_watermark set asks = 29, gap_since = now() - interval '400 seconds' where source = $1`,
      [source],
    );
    await look();
    await look();
    // Once when it was found, once as the thirtieth.
    expect(await asked(source)).toHaveLength(2);
    await post(source, [received(item, 2)]);
    await look();
    expect(await told(EXCEPTION_CLEARED, `${source} at DC`)).toMatchObject([{ reason: 'what was missing has come' }]);
  });

  test('the order in which facts arrive does not change where they end', async () => {
    const step = fc.record({
      kind: fc.constantFrom('RECEIVED', 'SHIPPED', 'ADJUSTED', 'COUNTED', 'SNAPSHOT', 'QUARANTINED', 'QUARANTINE_RELEASED', 'DAMAGED', 'RETURNED', 'TRANSFER_RECEIVED', 'REVERSED'), // prettier-ignore
      quantity: fc.integer({ min: 1, max: 30 }),
      lot: fc.constantFrom('L1', 'L2'),
      pick: fc.nat(20),
      key: fc.integer(),
      size: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12 }), async (steps) => {
        const run = uniqueId('ORDER');
        // An item is kept by lot or it is not: a count of the position says nothing about its lots.
        const byLot = (steps[0]?.pick ?? 0) % 2 === 0;
        const reversed = new Set<number>();
        const records = (item: string) =>
          steps.map(({ kind, quantity, lot, pick }, index): InventoryRecordDto => {
            const base = { id: `${item}-${index}`, item, node: 'DC', sequence: index + 1, occurredAt: new Date(Date.UTC(2026, 2, 2, 10, index)).toISOString() }; // prettier-ignore
            const original = steps[pick % (index + 1)];
            const at = pick % (index + 1);
            if (kind !== 'REVERSED')
              return { ...base, fact: kind, quantity: String(quantity), ...(byLot ? { lot } : {}) };
            const possible = at < index && original && !['COUNTED', 'SNAPSHOT', 'REVERSED'].includes(original.kind);
            if (!possible || reversed.has(at)) return { ...base, fact: 'PUTAWAY', quantity: '1' };
            reversed.add(at);
            return { ...base, fact: 'REVERSED', quantity: String(original.quantity), reverses: `${item}-${at}` };
          });
        const state = async (item: string) =>
          (
            await app.database.query(
              `select on_hand, quarantined, damaged, in_transit, (select json_agg(json_build_array(lot, on_hand, quarantined, damaged) order by lot)
                 from availability.lot_position q where q.item = p.item and (on_hand, quarantined, damaged) <> (0, 0, 0)) as lots
                 from availability.position p where item = $1`,
              [item],
            )
          ).rows;
        const straight = records(`${run}-a`);
        reversed.clear();
        const mixed = records(`${run}-b`);
        for (const record of straight) await post(`wms/${run}-a`, [record]);
        // The first number is where a stream begins, so it comes first; the rest in any order, some together, some twice.
        const [first, ...rest] = mixed.map((record, index) => ({ record, key: steps[index]?.key ?? 0, size: steps[index]?.size ?? 1 })); // prettier-ignore
        const shuffled = [...(first ? [first] : []), ...rest.sort((a, b) => a.key - b.key)];
        for (let index = 0; index < shuffled.length;) {
          const batch = shuffled.slice(index, index + (shuffled[index]?.size ?? 1)).map(({ record }) => record);
          await post(`wms/${run}-b`, [...batch, { ...batch[0]! }]);
          index += batch.length;
        }
        expect(await state(`${run}-b`)).toEqual(await state(`${run}-a`));
      }),
      { numRuns: Number(process.env['CROSSDOCK_ORDER_RUNS'] ?? 40) },
    );
  }, 300_000);
});
