import { randomUUID } from 'node:crypto';
import { isSigned, TestReceiver } from '../../apps/process/webhooks/test/receiver';
import { Client, eventually } from '../support/client';
import { Running } from '../support/running';

const split = process.env['CROSSDOCK_E2E_SPLIT'] === '1';

interface FeedEvent {
  readonly id: string;
  readonly type: string;
  readonly sequence: number;
  readonly subject: { readonly id: string };
}

/** A partner's shop: it registers an address on this machine, misses some of what it is told, and fills the gap from the feed. */
describe('a partner that is told', () => {
  let crossdock: Running;
  let portal: Client;
  let shop: TestReceiver;
  beforeAll(async () => {
    crossdock = await Running.start({ split, environment: { CROSSDOCK_SANDBOX_SPEED: '50' } });
    portal = new Client(crossdock.demo.url, crossdock.demo.keys.portal);
    shop = await TestReceiver.start();
  });
  afterAll(async () => {
    await shop.close();
    await crossdock.stop();
  });

  const place = async (): Promise<string> => {
    const { item, unit, shipTo } = crossdock.demo.sample;
    const lines = [{ line: 1, item, quantity: { value: '1', unit } }];
    const answer = await portal.post('/portal/v1/orders', { purchaseOrder: `HOOK-${randomUUID()}`, shipTo, lines });
    expect(answer.status).toBe(201);
    return answer.body.id as string;
  };
  const feedOf = async (order: string): Promise<FeedEvent[]> => {
    const { body } = await portal.get(`/portal/v1/events?subjectType=order&subjectId=${order}`);
    return body.events;
  };
  const shipped = (events: readonly FeedEvent[]): boolean => events.some(({ type }) => type === 'order.shipped');
  const told = (order: string): FeedEvent[] =>
    shop.received.map(({ event }) => event).filter(({ subject }) => subject.id === order);

  it('hears of an order from acceptance to shipment, signed; what it missed is in the feed, and comes again when asked for', async () => {
    const made = await portal.post('/portal/v1/webhook-endpoints', { url: shop.url });
    expect(made.status).toBe(201);
    const { id, secret, createdAt } = made.body as { id: string; secret: string; createdAt: string };
    const first = await place();
    await shop.until(() => shipped(told(first)));
    expect(shop.received.every((each) => isSigned(each, secret))).toBe(true);
    const before = await eventually(() => feedOf(first), (events) => events.length === new Set(told(first).map((each) => each.id)).size); // prettier-ignore
    expect(before.map(({ sequence }) => sequence)).toEqual(before.map((_, index) => index + 1));
    expect(before[0]?.type).toBe('order.accepted');

    // The shop is broken: it takes nothing of the next order, which goes on all the same.
    shop.status = 500;
    const { next } = (await portal.get('/portal/v1/events?limit=500')).body as { next: string };
    const second = await place();
    await eventually(() => feedOf(second), shipped);
    const taken = new Set<string>();
    shop.beforeAnswer = ({ id: event }) => Promise.resolve(void taken.add(event));

    // Mended, it reads what it missed by its cursor, and has it sent again.
    shop.status = 204;
    const gap = await portal.get(`/portal/v1/events?since=${next}`);
    const missed = (gap.body.events as FeedEvent[]).filter(({ subject }) => subject.id === second);
    expect(missed.map(({ sequence }) => sequence)).toEqual(missed.map((_, index) => index + 1));
    expect(shipped(missed)).toBe(true);
    const replay = await portal.post(`/portal/v1/webhook-endpoints/${id}/replay`, { what: 'ALL', from: createdAt });
    expect(replay.status).toBe(200);
    await shop.until(() => missed.every((event) => taken.has(event.id)));
    await eventually(
      async () => (await portal.get(`/portal/v1/webhook-endpoints/${id}/deliveries?state=PENDING`)).body.deliveries,
      (pending) => pending.length === 0,
    );
    const stranger = new Client(crossdock.demo.url, crossdock.demo.keys.marketplace);
    expect((await stranger.get(`/portal/v1/webhook-endpoints/${id}`)).status).toBe(403);
    const inner = await portal.post('/portal/v1/webhook-endpoints', { url: 'https://169.254.169.254/' });
    expect([inner.status, inner.body.code]).toEqual([422, 'TARGET_REFUSED']);
  });
});
