import { WMS_INVENTORY_CHANGED, type WmsInventoryChanged } from '#contracts/events/catalogue';
import { EXCEPTION_OPENED, type ExceptionOpened } from '#contracts/events/exceptions';
import type { InventoryRecordDto } from '#contracts/availability/stock.dto';
import { fact, testAvailability, uniqueId, type TestAvailability } from './harness';

describe('facts of a warehouse that the ledger does not take', () => {
  let app: TestAvailability;
  beforeAll(async () => (app = await testAvailability()));
  afterAll(() => app.close());

  const tell = async (source: string, records: InventoryRecordDto[]): Promise<void> => {
    const data: WmsInventoryChanged = { source, records };
    const event = { type: WMS_INVENTORY_CHANGED, source: 'system/wms', subject: source, partitionKey: source, data };
    await app.messaging.outbox.publish(app.database, [event]);
    await app.messaging.drain();
  };
  const opened = async (source: string): Promise<ExceptionOpened[]> => {
    const { rows } = await app.database.query<{ data: ExceptionOpened }>(
      `select envelope->'data' as data from messaging.outbox where type = $1 and partition_key like $2 order by id`,
      [EXCEPTION_OPENED, `inventory/FACT_%/source/${source} at DC`],
    );
    return rows.map(({ data }) => data);
  };
  const received = (item: string, id: string, more: Partial<InventoryRecordDto> = {}) =>
    fact({ id, item, fact: 'RECEIVED', quantity: '1', ...more });

  test('an id with other content is one exception of its source, however many there are', async () => {
    const [source, item] = [uniqueId('wms/untaken'), uniqueId('UNTAKEN')];
    await tell(source, [received(item, 'a'), received(item, 'b'), received(item, 'c')]);
    expect(await opened(source)).toEqual([]);
    await tell(source, [
      received(item, 'a', { quantity: '2' }),
      received(item, 'b', { quantity: '2' }),
      received(item, 'c'),
    ]);
    expect(await opened(source)).toMatchObject([
      {
        code: 'FACT_CONFLICT',
        diagnostics: { count: 2, records: [{ id: 'a', code: 'RECORD_CONFLICT' }, { id: 'b' }] },
      },
    ]);
  });

  test('one that is refused is an exception with its code, and those beside it count', async () => {
    const [source, item] = [uniqueId('wms/untaken'), uniqueId('UNTAKEN')];
    await tell(source, [received(item, 'good'), received(item, 'bad', { quantity: '-1' })]);
    expect(await opened(source)).toMatchObject([
      { code: 'FACT_REFUSED', diagnostics: { records: [{ id: 'bad', code: 'QUANTITY_INVALID' }] } },
    ]);
    expect((await app.availability.timeline({ item })).nodes[0]?.position.onHand).toBe('1');
  });

  test('one that waited behind a gap and is refused when its turn comes is told too', async () => {
    const [source, item] = [uniqueId('wms/untaken'), uniqueId('UNTAKEN')];
    const turned = { id: `${item}-turned`, item, fact: 'REVERSED', quantity: '1', reverses: 'nothing' } as const;
    await tell(source, [received(item, `${item}-1`, { sequence: 1 }), fact({ ...turned, sequence: 3 })]);
    expect(await opened(source)).toEqual([]);
    await tell(source, [received(item, `${item}-2`, { sequence: 2 })]);
    expect(await opened(source)).toMatchObject([
      { code: 'FACT_REFUSED', diagnostics: { records: [{ id: turned.id }] } },
    ]);
  });
});
