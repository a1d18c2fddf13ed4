import { availabilityContract } from '#contracts/availability/availability.api';
import { ledgerContract } from '#contracts/availability/ledger.api';
import type { Both } from '../support/both';

const ITEM = 'LEDGER-ITEM';
const NODE = 'DC-NORTH';

export function ledgerSuite(both: () => Both): void {
  describe('ledger', () => {
    const at = { item: ITEM, node: NODE, occurredAt: '2026-03-02T10:00:00Z' };

    it('tells where stock comes from, record by record', async () => {
      const records = [
        { ...at, id: 'ledger-1', fact: 'RECEIVED' as const, quantity: '8', messageId: 'm-1', lot: 'L1' },
        { ...at, id: 'ledger-2', fact: 'VALUED' as const, quantity: '1' },
        { ...at, id: 'ledger-3', fact: 'REVERSED' as const, quantity: '8', reverses: 'ledger-1' },
      ];
      const { results } = await both().answers(availabilityContract, (api) =>
        api.postInventory({ source: 'wms/contract', records }),
      );
      expect(results.map(({ outcome, code }) => code ?? outcome)).toEqual(['applied', 'AUTHORITY_MISSING', 'applied']);
      const page = await both().answers(ledgerContract, async (api) => {
        const { entries, next } = await api.ledger({ item: ITEM, node: NODE, limit: 1 });
        const rest = await api.ledger({ item: ITEM, node: NODE, cursor: next ?? '' });
        return [...entries, ...rest.entries].map(({ recordedAt, ...entry }) => ({
          ...entry,
          taken: recordedAt !== '',
        }));
      });
      expect(page).toMatchObject([
        { record: 'ledger-1', messageId: 'm-1', lot: 'L1', reversedBy: 'ledger-3', moved: { onHand: '8' } },
        { record: 'ledger-3', reverses: 'ledger-1', moved: { onHand: '-8' } },
      ]);
      await both().refuses(ledgerContract, { code: 'CURSOR_INVALID', kind: 'invalid' }, (api) =>
        api.ledger({ item: ITEM, cursor: 'not-a-cursor' }),
      );
    });

    it('tells how far sources are, and waits no longer when told so', async () => {
      const numbered = [1, 3].map((sequence) => ({ ...at, id: `gap-${sequence}`, fact: 'RECEIVED' as const, quantity: '1', sequence })); // prettier-ignore
      const source = 'wms/contract-gap';
      const { results } = await both().answers(availabilityContract, (api) =>
        api.postInventory({ source, records: numbered }),
      );
      expect(results.map(({ outcome }) => outcome)).toEqual(['applied', 'held']);
      const stream = await both().answers(ledgerContract, async (api) => {
        for (let cursor: string | undefined; ;) {
          const page = await api.sources({ limit: 1, ...(cursor === undefined ? {} : { cursor }) });
          const found = page.sources.filter(({ source: id }) => id === source);
          cursor = page.next;
          if (found.length > 0 || cursor === undefined)
            return found.map(({ kind, streams }) => ({ kind, missing: streams.map(({ missing }) => missing) }));
        }
      });
      await both().refuses(ledgerContract, { code: 'CURSOR_INVALID', kind: 'invalid' }, (api) =>
        api.sources({ cursor: 'wms/contract' }),
      );
      expect(stream).toEqual([{ kind: 'WMS', missing: [[{ from: 2, to: 2 }]] }]);
      const ended = await both().answers(ledgerContract, (api) => api.giveUp({ source, node: NODE }));
      expect(ended).toMatchObject({ givenUp: [{ from: 2, to: 2 }], released: 1 });
      await both().refuses(ledgerContract, { code: 'SOURCE_UNKNOWN', kind: 'not-found' }, (api) =>
        api.giveUp({ source: 'nobody', node: NODE }),
      );
    });

    it('knows which source speaks for a node, and keeps what others said there', async () => {
      const node = 'DC-RULED';
      const rule = { node, source: 'wms/ruled', facts: ['RECEIVED' as const], maxAgeSeconds: 60 };
      await both().answers(ledgerContract, (api) =>
        api.putSourceRules({ rules: [{ ...rule, whenStale: 'FLOOR', floorShare: '0.5' }] }),
      );
      const { rules } = await both().answers(ledgerContract, (api) => api.sourceRules({ node }));
      expect(rules).toEqual([{ ...rule, whenStale: 'FLOOR', floorShare: '0.5', stale: true }]);
      const record = { ...at, node, id: 'ruled-1', fact: 'RECEIVED' as const, quantity: '1' };
      const { results } = await both().answers(availabilityContract, (api) =>
        api.postInventory({ source: 'wms/contract', records: [record] }),
      );
      expect(results).toMatchObject([{ outcome: 'rejected', code: 'AUTHORITY_ELSEWHERE' }]);
      const kept = await both().answers(ledgerContract, async (api) => {
        const { facts } = await api.refusedFacts({ source: 'wms/contract', limit: 1 });
        return facts.map(({ record: id, code }) => ({ id, code }));
      });
      expect(kept).toEqual([{ id: 'ruled-1', code: 'AUTHORITY_ELSEWHERE' }]);
      await both().refuses(ledgerContract, { code: 'POLICY_INVALID', kind: 'invalid' }, (api) =>
        api.putSourceRules({ rules: [{ ...rule, source: 'erp/main' }] }),
      );
      await both().refuses(ledgerContract, { code: 'CURSOR_INVALID', kind: 'invalid' }, (api) =>
        api.refusedFacts({ cursor: 'not-a-cursor' }),
      );
      await both().answers(ledgerContract, (api) => api.putSourceRules({ rules: [{ node, source: 'wms/ruled' }] }));
    });
  });
}
