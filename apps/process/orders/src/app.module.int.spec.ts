import { Global, Module, type Provider } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AvailabilityApi } from '#contracts/availability/availability.api';
import { ErpApi } from '#contracts/erp/erp.api';
import { OrdersApi } from '#contracts/orders/orders.api';
import { ReferenceApi } from '#contracts/reference/reference.api';
import { WmsApi } from '#contracts/wms/wms.api';
import { MessagingModule } from '#messaging/messaging.module';
import { messagingMigrations } from '#messaging/migrations';
import { Database } from '#persistence/database';
import { Log } from '#service/logging';
import { testDatabase } from '#testing/postgres';
import { ordersMigrations } from '../migrations/orders.migrations';
import { request } from '../test/orders-harness';
import { AvailabilityTwin, ErpTwin, ReferenceTwin, WmsTwin } from '../test/twins';
import { ordersApp } from './app.module';

describe('the orders app', () => {
  it('starts with what it says it needs, and checks what it is asked against its contract', async () => {
    const db = await testDatabase(messagingMigrations, ordersMigrations);
    const reference = new ReferenceTwin();
    reference.add('A');
    const providers: Provider[] = [
      { provide: Database, useValue: db.database },
      { provide: ReferenceApi, useValue: reference },
      { provide: AvailabilityApi, useValue: new AvailabilityTwin() },
      { provide: ErpApi, useValue: new ErpTwin() },
      { provide: WmsApi, useValue: new WmsTwin() },
      Log,
    ];
    @Global()
    @Module({ providers, exports: [Database, ReferenceApi, AvailabilityApi, ErpApi, WmsApi, Log] })
    class Surroundings {}
    const app = await Test.createTestingModule({
      imports: [Surroundings, MessagingModule, ordersApp.module],
    }).compile();
    await app.init();
    const orders = app.get(OrdersApi);
    expect(await orders.accept(request('PO-1', { A: '1' }))).toMatchObject({
      outcome: 'created',
      order: { status: 'ACCEPTED' },
    });
    const surprising = { ...request('PO-2', { A: '1' }), surprise: 1 };
    await expect(orders.accept(surprising)).rejects.toMatchObject({
      code: 'CONTRACT_VIOLATED',
      kind: 'invalid',
    });
    await app.close();
    await db.close();
  });
});
