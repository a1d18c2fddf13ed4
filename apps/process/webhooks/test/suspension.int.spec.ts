import { PARTNER_PUT } from '#contracts/events/partners';
import { orderChanged, testWebhooks, type TestWebhooks } from './harness';
import { TestReceiver } from './receiver';

let app: TestWebhooks;
beforeAll(async () => (app = await testWebhooks()));
afterAll(() => app.close());

test('a partner that is deactivated is sent nothing; its deliveries say so, and are sent when it is let in again', async () => {
  const shop = await TestReceiver.start();
  const put = (active: boolean) => ({
    ...{ type: PARTNER_PUT, source: 'gateway', subject: 'stopped', partitionKey: 'stopped' },
    data: { partner: 'stopped', active },
  });
  const { id } = await app.endpoint('stopped', shop.url);
  await app.publish(put(false));
  await app.messaging.drain();
  await app.publish(orderChanged('p1', 1, 'ACCEPTED', 'stopped'), orderChanged('p1', 2, 'RELEASED', 'stopped'));
  await app.messaging.drain();
  expect(shop.received).toEqual([]);
  const stopped = await app.service.endpoint({ partner: 'stopped', id });
  expect(stopped).toMatchObject({ enabled: true, suspendedAt: expect.any(String) });
  const { deliveries } = await app.service.deliveries({ partner: 'stopped', id });
  expect(deliveries.map(({ state, held, attempts }) => [state, held, attempts])).toEqual([
    ['PENDING', 'PARTNER_DEACTIVATED', 0],
    ['PENDING', 'PARTNER_DEACTIVATED', 0],
  ]);
  // Said twice, it is one reactivation.
  await app.publish(put(true), put(true));
  await shop.until(() => shop.received.length === 2);
  const done = await app.delivery('stopped', id, ({ state }) => state === 'DELIVERED');
  expect(done.held).toBeUndefined();
  expect(done.log).toMatchObject([{ error: 'not sent: the partner was deactivated' }, { status: 204 }]);
  expect(await app.service.endpoint({ partner: 'stopped', id })).not.toHaveProperty('suspendedAt');
  await app.messaging.drain();
  expect(shop.received.map(({ event }) => event.type).sort()).toEqual(['order.accepted', 'order.released']);
  await shop.close();
});
