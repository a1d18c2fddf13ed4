import { TrytonClient } from './client';
import { Deliveries } from './deliveries';
import { Directory } from './directory';
import { answered, Replay, resultOf } from './fixtures/recorded';
import type { ShipmentRow, ShipmentState } from './native';
import { Sales } from './sales';
import { settingsOf } from './settings';

describe('processing a sale again, because the shipment or the invoice of what is left is missing', () => {
  const [row] = resultOf<ShipmentRow[]>('shipments') as [ShipmentRow];
  const seconds = (ago: number): string => String(Date.now() / 1000 - ago);
  const shipment = (state: ShipmentState, ago: number): ShipmentRow => ({ ...row, state, reference: 'shp-1', _timestamp: seconds(ago) }); // prettier-ignore
  const processAgain = async (...shipments: ShipmentRow[]): Promise<number> => {
    const http = new Replay({ 'model.sale.sale.process': [answered(null)] });
    const access = { connection: 'erp-1', database: 'books', user: 'crossdock', password: 'secret' };
    const client = new TrytonClient(http, access);
    const settings = settingsOf({ id: 'erp-1', product: 'tryton', settings: {}, credentials: {}, abilities: [], version: 1 }); // prettier-ignore
    const directory = new Directory(client, settings, 'erp-1');
    const deliveries = new Deliveries(client, directory, new Sales(client, directory, settings, 'erp-1'), settings, 'erp-1'); // prettier-ignore
    await deliveries.processAgain(7, shipments);
    return http.of('model.sale.sale.process').length;
  };
  const busy = { kind: 'unavailable', retryable: true, retryAfter: 2 };

  it('is done when the last delivery is over and Tryton has not come to it', async () => {
    expect(await processAgain(shipment('done', 60))).toBe(1);
  });

  it.each(['waiting', 'assigned', 'picked', 'packed'] as const)(
    'waits for a delivery that is %s, which Tryton processes itself',
    async (state) => {
      await expect(processAgain(shipment('done', 60), shipment(state, 60))).rejects.toMatchObject(busy);
    },
  );

  it('does not wait for what was cancelled just now: it leaves nothing over', async () => {
    expect(await processAgain(shipment('cancelled', 1))).toBe(1);
  });

  it('waits when a delivery was over just now: Tryton may be at it, and would make the rest twice', async () => {
    await expect(processAgain(shipment('done', 1))).rejects.toMatchObject(busy);
  });
});
