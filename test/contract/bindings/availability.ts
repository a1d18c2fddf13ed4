import { availabilityContract } from '#contracts/availability/availability.api';
import type { InventoryRecordDto } from '#contracts/availability/stock.dto';
import type { Both } from '../support/both';

const ITEM = 'MUG-GREEN';
const NODE = 'DC-NORTH';
const received = (id: string, more: Partial<InventoryRecordDto> = {}): InventoryRecordDto => ({
  id,
  item: ITEM,
  node: NODE,
  fact: 'ADJUSTED',
  quantity: '5',
  occurredAt: '2026-03-02T10:00:00Z',
  ...more,
});

export function availabilitySuite(both: () => Both): void {
  describe('availability', () => {
    it('takes each stock fact once, and a known id with other content is a conflict', async () => {
      const records = [received('contract-1'), received('contract-2')];
      const source = 'contract-tests';
      const first = await both().answers(availabilityContract, (api) => api.postInventory({ source, records }));
      expect(first.results.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
      const mixed = [received('contract-1'), received('contract-2', { quantity: '6' })];
      const second = await both().answers(availabilityContract, (api) => api.postInventory({ source, records: mixed }));
      expect(second.results.map(({ outcome }) => outcome)).toEqual(['duplicate', 'conflict']);
    });

    it('knows supplies and safety stock, promises, and shows both over time', async () => {
      const availableOn = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
      const supply = { id: 'PO-CONTRACT-1', kind: 'PURCHASE_ORDER' as const, item: ITEM, node: NODE };
      await both().answers(availabilityContract, (api) =>
        api.putSupplies({ supplies: [{ ...supply, quantity: '100', availableOn }] }),
      );
      await both().answers(availabilityContract, (api) =>
        api.putSafetyStock({ levels: [{ item: ITEM, node: NODE, quantity: '10' }] }),
      );
      const answer = await both().answers(availabilityContract, (api) =>
        api.query({
          lines: [
            { item: ITEM, quantity: '100000' },
            { item: 'NO-SUCH', quantity: '1', node: NODE },
          ],
        }),
      );
      expect(answer.lines.map(({ known }) => known)).toEqual([true, false]);
      const timeline = await both().answers(availabilityContract, (api) =>
        api.timeline({ item: ITEM, node: NODE, days: 10 }),
      );
      expect(timeline.nodes[0]?.supplies).toHaveLength(1);
    });

    it('reserves once by id, all or nothing when asked, and frees what is held', async () => {
      const line = { line: 1, item: 'BELL-BRASS', quantity: '10' };
      const ask = {
        reservation: 'contract-r1',
        lines: [line],
        mode: 'PARTIAL',
        kind: 'FIRM',
        backorder: true,
      } as const;
      const mutable = { ...ask, lines: [...ask.lines] };
      const first = await both().answers(availabilityContract, (api) => api.reserve(mutable));
      expect(first).toMatchObject({ outcome: 'created', lines: [{ uncovered: '0' }] });
      const again = await both().answers(availabilityContract, (api) => api.reserve(mutable));
      expect(again.outcome).toBe('replayed');
      await both().refuses(availabilityContract, { code: 'RESERVATION_CONFLICT', kind: 'conflict' }, (api) =>
        api.reserve({ ...mutable, lines: [{ ...line, quantity: '11' }] }),
      );
      await both().refuses(availabilityContract, { code: 'INSUFFICIENT_AVAILABILITY', kind: 'conflict' }, (api) =>
        api.reserve({
          reservation: 'contract-r2',
          lines: [{ ...line, quantity: '999999' }],
          mode: 'ALL_OR_NOTHING',
          kind: 'SOFT',
          ttlSeconds: 60,
        }),
      );
      const soft = await both().answers(availabilityContract, (api) =>
        api.reserve({ reservation: 'contract-r3', lines: [line], mode: 'PARTIAL', kind: 'SOFT', ttlSeconds: 600 }),
      );
      expect(soft.expiresAt).toBeDefined();
      const release = { reservation: 'contract-r1', key: 'cancel-1', lines: [{ line: 1, quantity: '4' }] };
      const freed = await both().answers(availabilityContract, (api) => api.release(release));
      expect(freed.lines).toEqual([{ line: 1, released: '4' }]);
      expect(await both().answers(availabilityContract, (api) => api.release(release))).toEqual(freed);
      await both().refuses(availabilityContract, { code: 'RELEASE_CONFLICT', kind: 'conflict' }, (api) =>
        api.release({ ...release, lines: [{ line: 1, quantity: '5' }] }),
      );
      const unknown = await both().answers(availabilityContract, (api) =>
        api.release({ reservation: 'contract-unknown', key: 'k' }),
      );
      expect(unknown.lines).toEqual([]);
      await both().answers(availabilityContract, (api) => api.release({ reservation: 'contract-r3', key: 'k' }));
    });

    it('shows a reservation, lets a soft one live longer, and hands it over to its order', async () => {
      const line = { line: 1, item: 'BELL-BRASS', quantity: '2' };
      const soft = { reservation: 'contract-soft', kind: 'SOFT', partner: 'harbour', channel: 'PORTAL' } as const;
      await both().answers(availabilityContract, (api) =>
        api.reserve({ ...soft, lines: [line], mode: 'ALL_OR_NOTHING', ttlSeconds: 600, priority: 3 }),
      );
      const extend = { reservation: 'contract-soft', key: 'k', ttlSeconds: 900, partner: 'harbour' };
      const extended = await both().answers(availabilityContract, (api) => api.extend(extend));
      expect(Date.parse(extended.expiresAt)).toBeGreaterThan(Date.now());
      await both().refuses(availabilityContract, { code: 'EXTENSION_CONFLICT', kind: 'conflict' }, (api) =>
        api.extend({ ...extend, ttlSeconds: 901 }),
      );
      await both().refuses(availabilityContract, { code: 'CONTRACT_VIOLATED', kind: 'invalid' }, (api) =>
        api.extend({ ...extend, ttlSeconds: 0 }),
      );
      const order = {
        reservation: 'contract-order',
        kind: 'FIRM',
        mode: 'PARTIAL',
        converts: 'contract-soft',
      } as const;
      const taken = await both().answers(availabilityContract, (api) => api.reserve({ ...order, lines: [line] }));
      expect(taken.lines).toMatchObject([{ converted: '2', uncovered: '0' }]);
      const view = await both().answers(availabilityContract, (api) =>
        api.reservation({ reservation: 'contract-soft', partner: 'harbour' }),
      );
      expect(view).toMatchObject({ state: 'CONVERTED', priority: 3, channel: 'PORTAL' });
      expect(view.history.map(({ event }) => event)).toEqual(['CREATED', 'EXTENDED', 'CONVERTED']);
      await both().refuses(availabilityContract, { code: 'RESERVATION_ENDED', kind: 'conflict' }, (api) =>
        api.extend({ ...extend, key: 'k2' }),
      );
      await both().refuses(availabilityContract, { code: 'RESERVATION_UNKNOWN', kind: 'not-found' }, (api) =>
        api.reservation({ reservation: 'contract-soft', partner: 'another' }),
      );
      await both().answers(availabilityContract, (api) => api.release({ reservation: 'contract-order', key: 'k' }));
    });

    it('tells what changed since a cursor', async () => {
      // A change is told once no transaction of the server that was open before it is: also those of others.
      const page = await both().eventually(
        availabilityContract,
        async (api) => {
          const all = await api.deltas({ limit: 1000 });
          return { ...all, changes: all.changes.map(({ item }) => item).sort() };
        },
        ({ changes }) => changes.includes(ITEM),
      );
      expect(page.changes).toContain(ITEM);
      // Work of the tests before may still move a quantity: the feed is quiet once it has ended.
      const rest = await both().eventually(
        availabilityContract,
        async (api) => {
          const { next } = await api.deltas({ limit: 1000 });
          await new Promise((resume) => setTimeout(resume, 100));
          return api.deltas({ since: next });
        },
        ({ changes }) => changes.length === 0,
      );
      expect(rest).toMatchObject({ changes: [], more: false });
    });

    it('finds its invariants in order', async () => {
      const report = await both().answers(availabilityContract, async (api) => {
        const { breaches } = await api.checkInvariants({});
        return { breaches };
      });
      expect(report.breaches).toEqual([]);
    });

    it('refuses unknown items, foreign cursors, days that do not exist and lines named twice', async () => {
      await both().refuses(availabilityContract, { code: 'ITEM_UNKNOWN', kind: 'not-found' }, (api) =>
        api.timeline({ item: 'NO-SUCH' }),
      );
      await both().refuses(availabilityContract, { code: 'CURSOR_INVALID', kind: 'invalid' }, (api) =>
        api.deltas({ since: 'not-a-cursor' }),
      );
      const { findings } = await both().refuses(
        availabilityContract,
        { code: 'DATE_INVALID', kind: 'invalid' },
        (api) => api.query({ lines: [{ item: ITEM, quantity: '1', requestedDate: '2026-02-30' }] }),
      );
      expect(findings).toHaveLength(1);
      const line = { line: 1, item: ITEM, quantity: '1' };
      await both().refuses(availabilityContract, { code: 'LINE_REPEATED', kind: 'invalid' }, (api) =>
        api.reserve({ reservation: 'contract-r4', lines: [line, line], mode: 'PARTIAL', kind: 'FIRM' }),
      );
      const violated = { code: 'CONTRACT_VIOLATED', kind: 'invalid' } as const;
      await both().refuses(availabilityContract, violated, (api) => api.query({ lines: [] }));
      await both().refuses(availabilityContract, violated, (api) => api.timeline({ item: ITEM, days: 0 }));
      await both().refuses(availabilityContract, violated, (api) => api.putSupplies({ supplies: [] }));
      await both().refuses(availabilityContract, violated, (api) =>
        api.putSafetyStock({ levels: [{ item: ITEM, node: NODE, quantity: '-1' }] }),
      );
      await both().refuses(availabilityContract, violated, (api) =>
        api.postInventory({ source: 's', records: [received('x', { fact: 'LOST' as 'ADJUSTED' })] }),
      );
      await both().refuses(availabilityContract, violated, (api) => api.release({ reservation: 'r', key: '' }));
    });
  });
}
