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
  const cancel = (shipments: readonly ShipmentRow[]): Promise<unknown> => {
    const http = new Replay({
      'model.sale.sale.search_read': [answered([{ ...sale, state: 'processing' }])],
      // Nothing has the key of the cancellation; then the shipments of the sale.
      'model.stock.shipment.out.search_read': [answered([]), answered(shipments)],
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

  it('done, and nothing is left: refused for good', async () => {
    const done = { ...waiting, state: 'done' as const, reference: 'shp-1' };
    await expect(cancel([done])).rejects.toMatchObject({ kind: 'refused', retryable: false });
  });
});
