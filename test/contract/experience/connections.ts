import type { Edge } from '../support/edge';
import type { World } from '../support/world';

/** Installations of backends, as operators set and watch them. */
export function connectionsSuite(around: () => { readonly world: World; readonly edge: Edge }): void {
  describe('connections', () => {
    it('are made, tested, paused and listed, and refused with every fault', async () => {
      const { world, edge } = around();
      const at = (name: string): string => `operationsConnections.${name}`;
      const kind = 'erp';
      const id = 'erp-edge';
      const baseUrl = `${world.demo.sandboxUrl}/sandbox/erp/main`;
      const good = { product: 'generic-rest', settings: { baseUrl }, credentials: { token: 'sandbox-erp-token' } };
      await edge.expect(200, at('products'), { params: { kind } });
      await edge.expect(200, at('put'), { params: { kind, id }, body: good });
      await edge.expect(200, at('list'), { params: { kind } });
      const view = await edge.expect(200, at('get'), { params: { kind, id } });
      expect(view.body.credentials).toEqual(['token']);
      const { body } = await edge.expect(200, at('test'), { params: { kind, id } });
      expect(body.ok).toBe(true);
      await edge.expect(200, at('diagnostics'), { params: { kind, id } });
      const { body: ledger } = await edge.expect(200, at('postings'), { params: { kind }, query: { limit: '3' } });
      expect(ledger.postings.length).toBeGreaterThan(0);
      const books = { params: { id: 'erp-main' }, body: { kind: 'cancellation' } };
      await edge.expect(200, 'operationsBooks.reconcile', books);
      await edge.refuses(422, 'REQUEST_INVALID', 'operationsBooks.reconcile', { ...books, body: {} });
      await edge.refuses(400, 'PARAMETER_INVALID', at('postings'), { params: { kind }, query: { limit: '0' } });
      await edge.expect(200, at('pause'), { params: { kind, id }, body: { reason: 'edge' } });
      await edge.expect(200, at('resume'), { params: { kind, id } });
      const settings = { baseUrl: 7 };
      await edge.refuses(422, 'SETTINGS_INVALID', at('put'), { params: { kind, id }, body: { ...good, settings } });
      await edge.refuses(422, 'REQUEST_INVALID', at('pause'), { params: { kind, id }, body: {} });
      for (const name of ['list', 'products'])
        await edge.refuses(404, 'KIND_UNKNOWN', at(name), { params: { kind: 'crm' } });
      for (const name of ['get', 'test', 'diagnostics', 'resume'])
        await edge.refuses(404, 'CONNECTION_UNKNOWN', at(name), { params: { kind, id: 'none' } });
    });
  });
}
