import { mappingsContract } from '#contracts/reference/mappings.api';
import type { MappingDto } from '#contracts/reference/mappings.dto';
import { referenceContract } from '#contracts/reference/reference.api';
import type { ItemDto, NodeDto } from '#contracts/reference/reference.dto';
import type { Both } from '../support/both';

const ITEM: ItemDto = {
  sku: 'CONTRACT-1',
  description: 'Item of the contract tests',
  status: 'ACTIVE',
  baseUnit: 'EA',
  packs: [{ unit: 'XCS', baseQuantity: '6' }],
  gtin: '04006381333931',
  listPrice: { amount: '10.00', currency: 'GBP' },
  weightKg: '0.2',
};
const ADDRESS = { name: 'Contract', street: '1 High Street', city: 'Leeds', postalCode: 'LS1 1AA', country: 'GB' };
const NODE: NodeDto = {
  id: 'DC-CLOSED',
  name: 'A node that ships nothing',
  timeZone: 'Europe/London',
  wmsConnection: 'wms-closed',
  tmsConnection: 'carrier-main',
  priority: 900,
  active: false,
  address: ADDRESS,
};

const MAPPING: MappingDto = {
  kind: 'ITEM',
  system: 'contract',
  external: 'BUYER-1',
  internal: 'MUG-BLUE',
  validFrom: '2026-01-01',
};

function mappingsSuite(both: () => Both): void {
  describe('cross-references', () => {
    it('are previewed, stored, imported, listed and ended; a wrong row is rejected alone', async () => {
      const wrong = { ...MAPPING, external: 'BUYER-2', internal: 'NO-SUCH' };
      for (const preview of [true, false]) {
        const report = await both().answers(mappingsContract, (api) =>
          api.putMappings({ mappings: [MAPPING, wrong], preview }),
        );
        expect(report).toMatchObject({ preview, created: 1, rejected: 1 });
      }
      const csv = 'kind,system,external,internal,validFrom\nUNIT,contract,KARTON,XCT,2026-01-01\n';
      await both().answers(mappingsContract, (api) => api.importMappings({ csv }));
      const page = await both().answers(mappingsContract, (api) => api.listMappings({ system: 'contract', limit: 1 }));
      expect(page.mappings).toEqual([MAPPING]);
      const { kind, system, external } = MAPPING;
      const ended = await both().answers(mappingsContract, (api) =>
        api.endMapping({ kind, system, external, lastDay: '2026-12-31' }),
      );
      expect(ended.validTo).toBe('2026-12-31');
      const { sources } = await both().answers(mappingsContract, (api) => api.sourcesOfTruth({}));
      expect(sources.map(({ object }) => object)).toContain('cross-reference');
    });

    it('are refused with their own code', async () => {
      const { kind, system, external } = MAPPING;
      await both().refuses(mappingsContract, { code: 'MAPPING_UNKNOWN', kind: 'not-found' }, (api) =>
        api.endMapping({ kind, system, external, lastDay: '2020-01-01' }),
      );
      await both().refuses(mappingsContract, { code: 'DATE_INVALID', kind: 'invalid' }, (api) =>
        api.endMapping({ kind, system, external, lastDay: '2026-02-30' }),
      );
      await both().refuses(mappingsContract, { code: 'MAPPING_FILE_INVALID', kind: 'invalid' }, (api) =>
        api.importMappings({ csv: 'no header' }),
      );
      await both().refuses(mappingsContract, { code: 'CSV_MALFORMED', kind: 'invalid' }, (api) =>
        api.importMappings({ csv: 'kind,"system' }),
      );
      await both().refuses(mappingsContract, { code: 'CURSOR_INVALID', kind: 'invalid' }, (api) =>
        api.listMappings({ cursor: 'x' }),
      );
      await both().refuses(mappingsContract, { code: 'CONTRACT_VIOLATED', kind: 'invalid' }, (api) =>
        api.putMappings({ mappings: [] }),
      );
    });
  });
}

export function referenceSuite(both: () => Both): void {
  mappingsSuite(both);

  describe('reference', () => {
    it('stores records, says which are new, the same and wrong, and one wrong record does not hide the others', async () => {
      const wrong = { ...ITEM, sku: 'CONTRACT-2', gtin: '04006381333932' };
      const first = await both().answers(referenceContract, (api) => api.putItems({ items: [ITEM, wrong] }));
      expect(first.results.map(({ outcome }) => outcome)).toEqual(['created', 'rejected']);
      const again = await both().answers(referenceContract, (api) => api.putItems({ items: [ITEM] }));
      expect(again.results[0]?.outcome).toBe('unchanged');
      await both().answers(referenceContract, (api) => api.putNodes({ nodes: [NODE] }));
      const customer = {
        id: 'CONTRACT-CUSTOMER',
        name: 'Contract Ltd',
        status: 'ACTIVE' as const,
        partner: 'contract',
        currency: 'GBP',
        shipTos: [{ id: 'DOCK', address: ADDRESS }],
      };
      await both().answers(referenceContract, (api) => api.putCustomers({ customers: [customer] }));
      const price = { customer: customer.id, item: ITEM.sku, price: { amount: '9.00', currency: 'GBP' } };
      await both().answers(referenceContract, (api) =>
        api.putPrices({ prices: [{ ...price, validFrom: '2026-01-01', validTo: '2099-12-31' }] }),
      );
      const snapshot = await both().answers(referenceContract, (api) =>
        api.orderSnapshot({ partner: 'contract', shipTo: 'DOCK', items: [ITEM.sku, 'NO'], date: '2026-06-01' }),
      );
      expect(snapshot.items[0]).toMatchObject({ price: { amount: '9.00' }, priceBasis: 'CONTRACT' });
    });

    it('answers an item by number or GTIN, lists in pages, and knows the nodes', async () => {
      const bySku = await both().answers(referenceContract, (api) => api.getItem({ sku: ITEM.sku }));
      const byGtin = await both().answers(referenceContract, (api) => api.getItem({ sku: ITEM.gtin! }));
      expect(byGtin).toEqual(bySku);
      const page = await both().answers(referenceContract, (api) => api.listItems({ limit: 2, search: 'mug' }));
      expect(page.items).toHaveLength(2);
      await both().answers(referenceContract, async (api) => {
        const { next } = await api.listItems({ limit: 5 });
        return api.listItems({ limit: 5, cursor: next! });
      });
      const { nodes } = await both().answers(referenceContract, (api) => api.listNodes({}));
      expect(nodes.map(({ id }) => id)).toContain(NODE.id);
    });

    it('finds many items by number or GTIN, and leaves out those it does not know', async () => {
      const ids = [ITEM.sku, 'NO', ITEM.gtin!];
      const { items } = await both().answers(referenceContract, (api) => api.findItems({ ids }));
      expect(items.map(({ requested, item }) => [requested, item.sku])).toEqual([
        [ITEM.sku, ITEM.sku],
        [ITEM.gtin, ITEM.sku],
      ]);
    });

    it('answers an empty snapshot for a partner it does not know', async () => {
      const ask = { partner: 'nobody', shipTo: 'NOWHERE', items: [], date: '2026-06-01' };
      expect(await both().answers(referenceContract, (api) => api.orderSnapshot(ask))).toEqual({
        items: [],
        units: [],
        missing: [],
        missingShipTo: { lookedUp: ['SHIP_TO of nobody on 2026-06-01', 'ship-tos of nobody'], candidates: [] },
      });
    });

    it('refuses unknown items, foreign cursors and bodies that break the contract', async () => {
      await both().refuses(referenceContract, { code: 'ITEM_UNKNOWN', kind: 'not-found' }, (api) =>
        api.getItem({ sku: 'no such/item?' }),
      );
      await both().refuses(referenceContract, { code: 'CURSOR_INVALID', kind: 'invalid' }, (api) =>
        api.listItems({ cursor: 'not-a-cursor' }),
      );
      await both().refuses(referenceContract, { code: 'CONTRACT_VIOLATED', kind: 'invalid' }, (api) =>
        api.listItems({ limit: 201 }),
      );
      const { findings } = await both().refuses(referenceContract, { code: 'CONTRACT_VIOLATED' }, (api) =>
        api.putItems({ items: [{ ...ITEM, baseUnit: 'each', description: '' }] }),
      );
      expect(findings.map(({ pointer }) => pointer).sort()).toEqual(['/items/0/baseUnit', '/items/0/description']);
      const violated = { code: 'CONTRACT_VIOLATED', kind: 'invalid' } as const;
      await both().refuses(referenceContract, violated, (api) => api.putCustomers({ customers: [] }));
      await both().refuses(referenceContract, violated, (api) => api.putPrices({ prices: [] }));
      await both().refuses(referenceContract, violated, (api) => api.putNodes({ nodes: [] }));
      await both().refuses(referenceContract, violated, (api) => api.findItems({ ids: [] }));
    });
  });
}
