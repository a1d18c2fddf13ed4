import { Cancellations } from './cancellations';
import { TrytonClient } from './client';
import { Deliveries } from './deliveries';
import { Directory } from './directory';
import { answered, Replay, resultOf } from './fixtures/recorded';
import type { SaleRow, ShipmentRow } from './native';
import { Sales } from './sales';
import { settingsOf } from './settings';

describe('a cancellation while a delivery of the same sale is being posted', () => {
  const [waiting] = resultOf<ShipmentRow[]>('shipments') as [ShipmentRow];
  const [sale] = resultOf<SaleRow[]>('sales') as [SaleRow];
  let http: Replay;
  const cancel = (shipments: readonly ShipmentRow[], made: readonly ShipmentRow[] = []): Promise<unknown> => {
    http = new Replay({
      'model.sale.sale.search_read': [answered([{ ...sale, state: 'processing' }])],
      // What has the key of the cancellation; then the shipments of the sale.
      'model.stock.shipment.out.search_read': [answered(made), answered([...shipments, ...made])],
      'model.sale.line.search_read': [answered([{ id: 1, sequence: 1, quantity: 2 }])],
      'model.stock.shipment.out.draft': [answered(null)],
      'model.stock.shipment.out.delete': [answered(null)],
      'model.stock.shipment.out.cancel': [answered(null)],
      'wizard.sale.handle.shipment.exception.create': [answered([1, 'ask', 'end'])],
      'wizard.sale.handle.shipment.exception.execute': [answered({})],
      'wizard.sale.handle.shipment.exception.delete': [answered(null)],
    });
    const access = { connection: 'erp-1', database: 'books', user: 'crossdock', password: 'secret' };
    const client = new TrytonClient(http, access);
    const settings = settingsOf({ id: 'erp-1', product: 'tryton', settings: {}, credentials: {}, abilities: [], version: 1 }); // prettier-ignore
    const directory = new Directory(client, settings, 'erp-1');
    const sales = new Sales(client, directory, settings, 'erp-1');
    const deliveries = new Deliveries(client, directory, sales, settings, 'erp-1');
    const lines = [{ line: 1, item: '85123A', quantity: '1' }];
    const request = { salesOrder: 'ord-1', businessKey: 'ord-1/c1', lines };
    return new Cancellations(client, sales, deliveries, 'erp-1').cancel(request);
  };

  it.each(['waiting', 'assigned', 'picked', 'packed'] as const)(
    '%s: waits, because the rest is not there yet',
    async (state) => {
      const claimed = { ...waiting, state, reference: 'shp-1' };
      await expect(cancel([claimed])).rejects.toMatchObject({ kind: 'unavailable', retryable: true, retryAfter: 2 });
    },
  );

  describe('that was claimed before the cancelled goods were set apart', () => {
    const [move] = waiting['outgoing_moves.'];
    const of = (id: number, state: ShipmentRow['state'], reference: string | null): ShipmentRow => ({
      ...waiting,
      id,
      state,
      reference,
      'outgoing_moves.': [{ ...move!, id, quantity: 1, sale_exception_state: '' }],
    });
    const apart = of(3, 'draft', 'ord-1/c1');

    it('waits until it is done: what it leaves over is not known before', async () => {
      const busy = cancel([of(1, 'assigned', 'shp-1')], [apart]);
      await expect(busy).rejects.toMatchObject({ kind: 'unavailable', retryable: true });
      expect(http.of('model.stock.shipment.out.cancel')).toEqual([]);
    });

    it('then takes away what it has left over, though all was delivered or cancelled', async () => {
      await cancel([of(1, 'done', 'shp-1'), of(2, 'waiting', null)], [apart]);
      expect(http.of('model.stock.shipment.out.delete').map(({ params }) => params[0])).toEqual([[2]]);
      expect(http.of('model.stock.shipment.out.cancel').map(({ params }) => params[0])).toEqual([[3]]);
    });
  });

  it('done, and nothing is left: refused for good', async () => {
    const done = { ...waiting, state: 'done' as const, reference: 'shp-1' };
    await expect(cancel([done])).rejects.toMatchObject({ kind: 'refused', retryable: false });
  });
});
