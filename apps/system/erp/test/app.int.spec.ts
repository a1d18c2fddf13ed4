import { Test } from '@nestjs/testing';
import { ErpApi } from '#contracts/erp/erp.api';
import { ErpConnectionsApi } from '#contracts/connections/connections.api';
import { messagingMigrations } from '#messaging/migrations';
import { GroundModule } from '#service/ground.module';
import { testDatabase } from '#testing/postgres';
import { erpApp } from '../src/app.module';
import { erpMigrations } from '../src/erp.migrations';

beforeAll(() => {
  process.env['CROSSDOCK_SECRET_KEY'] = Buffer.alloc(32, 7).toString('base64');
});

it('the ERP app starts in Nest: both APIs are bound, checked against the contract, and the poller runs', async () => {
  const test = await testDatabase(messagingMigrations, erpMigrations);
  const module = await Test.createTestingModule({ imports: [GroundModule.on(test.database), erpApp.module] }).compile();
  await module.init();
  const connections = module.get(ErpConnectionsApi, { strict: false });
  expect((await connections.products({})).products.map(({ product }) => product)).toContain('generic-rest');
  const wrong = module.get(ErpApi, { strict: false }).syncMasterData({ connection: 'nowhere' });
  await expect(wrong).rejects.toMatchObject({ code: 'CONNECTION_UNKNOWN' });
  const { rows } = await test.database.query<{ queue: string }>(`select queue from messaging.job`);
  expect(rows.map(({ queue }) => queue)).toContain('erp.master-data-round');
  await module.close();
  await test.close();
});
