import { isSigned, TestReceiver } from '../../apps/process/webhooks/test/receiver';
import { Client, eventually } from '../support/client';
import { Stage } from './stage';

const stage = Stage.set();
let shop: TestReceiver;
beforeAll(async () => {
  shop = await TestReceiver.start();
});
afterAll(() => shop.close());

describe('a developer, its endpoint and what was sent to it', () => {
  it('makes an endpoint, sees its secret once, and a test event arrives signed with it', async () => {
    const visitor = await stage.arrive();
    const { page } = visitor;
    await visitor.signIn('Dev Developer', '/webhooks');
    await visitor.sees('There is no endpoint yet');
    await visitor.button('New endpoint').click();
    await page.getByLabel('Address').fill('https://169.254.169.254/');
    const refused = page.waitForEvent('console', (message) => message.type() === 'error');
    await visitor.button('Make the endpoint').click();
    await visitor.sees('TARGET_REFUSED');
    await refused;
    expect(visitor.faults.splice(0)).toEqual([expect.stringContaining('status of 422')]);
    expect(await visitor.barriers()).toEqual([]);
    await page.getByLabel('Address').fill(shop.url);
    await page.getByLabel('What it is for').fill('order desk');
    await visitor.button('Make the endpoint').click();
    const shown = page.getByRole('dialog').getByRole('region', { name: 'Secret' });
    const secret = (await shown.textContent()) ?? '';
    expect(secret).toMatch(/^whsec_/);
    expect(await visitor.barriers()).toEqual([]);
    await visitor.button('Send a test event').click();
    await shop.until(() => shop.received.length === 1);
    expect(shop.received.every((each) => isSigned(each, secret))).toBe(true);
    await visitor.button('I have copied it').click();
    await page.getByRole('heading', { level: 1, name: 'order desk' }).waitFor();
    expect(await page.content()).not.toContain(secret);
    await page.getByRole('button', { name: 'Open webhook.test, Delivered' }).waitFor();
  });

  it('has a secret that signs beside the old one while it rotates', async () => {
    const visitor = await stage.arrive({ dark: true });
    const { page } = visitor;
    await visitor.signIn('Dev Developer', '/webhooks');
    await page.getByRole('link', { name: shop.url }).click();
    await visitor.button('Rotate secret').click();
    expect(await visitor.barriers()).toEqual([]);
    await visitor.button('Make the new secret').click();
    const secret = (await page.getByRole('dialog').getByRole('region', { name: 'Secret' }).textContent()) ?? '';
    await visitor.button('I have copied it').click();
    await visitor.sees('The secret before signs too until');
    expect(await visitor.button('Rotate secret').count()).toBe(0);
    const before = shop.received.length;
    await visitor.button('Send a test event').click();
    await shop.until(() => shop.received.length > before);
    expect(isSigned(shop.received.at(-1)!, secret)).toBe(true);
  });

  it('sees why a delivery failed, and sends it again', async () => {
    shop.status = 410;
    const visitor = await stage.arrive();
    const { page } = visitor;
    await visitor.signIn('Dev Developer', '/webhooks');
    await page.getByRole('link', { name: shop.url }).click();
    await visitor.button('Send a test event').click();
    await page.getByRole('button', { name: 'Open webhook.test, Failed' }).waitFor();
    await page.reload();
    await visitor.sees('Stopped: it answered 410');
    shop.status = 204;
    await visitor.button('Start again').click();
    await visitor.sees('Sending');
    await page.getByLabel('State').selectOption('FAILED');
    await page.getByRole('button', { name: 'Open webhook.test, Failed' }).click();
    const panel = page.getByRole('dialog');
    await panel.getByText('410', { exact: true }).first().waitFor();
    expect(await visitor.barriers()).toEqual([]);
    await panel.getByRole('button', { name: 'Send again' }).click();
    await panel.getByText('Delivered').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(page.url()).toMatch(/state=FAILED$/);
  });

  it('is paused: an order of that time is sent only by a replay', async () => {
    const visitor = await stage.arrive({ width: 390 });
    const { page } = visitor;
    await visitor.signIn('Dev Developer', '/webhooks');
    await page.getByRole('link', { name: shop.url }).click();
    await visitor.button('Pause').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await visitor.sees('Paused');
    const order = await toldOrder();
    await visitor.button('Start again').click();
    await visitor.sees('Sending');
    expect(shop.received.some(({ event }) => event.subject.id === order && event.type === 'order.accepted')).toBe(
      false,
    );
    await visitor.button('Replay').click();
    await page.getByLabel('Which').selectOption('ALL');
    await page.getByLabel('Since').selectOption('1');
    expect(await visitor.barriers()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click();
    await visitor.sees('deliveries are on their way');
    await shop.until(() =>
      shop.received.some(({ event }) => event.subject.id === order && event.type === 'order.accepted'),
    );
    expect(await visitor.overflow()).toBeLessThanOrEqual(0);
  });

  it('sends a range again: what was recorded from one moment until another', async () => {
    const visitor = await stage.arrive();
    const { page } = visitor;
    await visitor.signIn('Dev Developer', '/webhooks');
    await page.getByRole('link', { name: shop.url }).click();
    await visitor.button('Replay').click();
    const dialog = page.getByRole('dialog');
    await page.getByLabel('Which').selectOption('ALL');
    await page.getByLabel('Since').selectOption('from … until …');
    expect(await dialog.getByRole('button', { name: 'Send again' }).isDisabled()).toBe(true);
    await page.getByLabel('From').fill('2026-01-01T00:00');
    await page.getByLabel('Until').fill('2026-01-02T00:00');
    expect(await visitor.barriers()).toEqual([]);
    await dialog.getByRole('button', { name: 'Send again' }).click();
    await visitor.sees('0 deliveries are on their way.');
  });

  it('finds in the feed what happened to one order, that no number is missing, and where to go on', async () => {
    const visitor = await stage.arrive();
    const { page } = visitor;
    const order = await toldOrder();
    await visitor.signIn('Dev Developer', `/events?subjectType=order&subjectId=${order}`);
    await visitor.sees('none is missing');
    await page.getByRole('button', { name: /^Open order\.accepted, number 1/ }).click();
    const panel = page.getByRole('dialog');
    await panel.getByText('An order was recorded.').waitFor();
    await panel.getByRole('link', { name: shop.url }).waitFor();
    expect(await visitor.barriers()).toEqual([]);
    await page.keyboard.press('Escape');
    const region = page.getByRole('region', { name: 'Cursor after these events' });
    await visitor.button('Clear the filter').click();
    await page.getByRole('button', { name: /^Open webhook\.test/ }).first().waitFor(); // prettier-ignore
    while (!(await page.getByText('That is all for now.').isVisible())) await visitor.button('Show more').click();
    const cursor = (await region.textContent()) ?? '';
    const next = await toldOrder();
    await page.getByLabel('After the cursor').fill(cursor);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: new RegExp(`^Open order.accepted, number 1 of order ${next}`) }).waitFor();
    expect(await page.getByRole('button', { name: /^Open webhook\.test/ }).count()).toBe(0);
  });

  it('goes by typing its name', async () => {
    const visitor = await stage.arrive();
    const { page } = visitor;
    await visitor.signIn('Dev Developer', '/webhooks');
    await page.getByRole('link', { name: shop.url }).click();
    await visitor.button('Delete').click();
    expect(await visitor.button('Delete the endpoint').isDisabled()).toBe(true);
    await page.getByLabel(/^Type .* to confirm$/).fill(new URL(shop.url).host);
    await visitor.button('Delete the endpoint').click();
    await visitor.sees('There is no endpoint yet');
  });
});

it('a viewer sees endpoints and events, and is offered nothing to change', async () => {
  const { body } = await portal().post('/portal/v1/webhook-endpoints', { url: shop.url, description: 'seen by all' });
  const visitor = await stage.arrive();
  const { page } = visitor;
  await visitor.signIn('Vera Viewer', '/webhooks');
  await page.getByRole('link', { name: shop.url }).click();
  await page.getByRole('heading', { level: 1, name: 'seen by all' }).waitFor();
  expect(await page.getByRole('button', { name: /test event|Pause|Rotate|Delete|Edit|Replay/ }).count()).toBe(0);
  expect(await visitor.barriers()).toEqual([]);
  await visitor.go('/events');
  await page.getByRole('button', { name: /^Open / }).first().waitFor(); // prettier-ignore
  expect((body as { id: string }).id).toMatch(/^whe_/);
});

const portal = (): Client => new Client(stage.demo.url, stage.demo.keys.portal);

let orders = 0;
/** Places an order, and waits until the feed has it. */
async function toldOrder(): Promise<string> {
  const { item, unit, shipTo } = stage.demo.sample;
  const lines = [{ line: 1, item, quantity: { value: '1', unit } }];
  const body = { purchaseOrder: `TOLD-${(orders += 1)}`, shipTo, lines };
  const answer = await portal().post('/portal/v1/orders', body, { 'idempotency-key': `told-${orders}` });
  expect(answer.status).toBe(201);
  const id = answer.body.id as string;
  const feed = `/portal/v1/events?subjectType=order&subjectId=${id}`;
  await eventually(async () => (await portal().get(feed)).body.events as unknown[], (events) => events.length > 0); // prettier-ignore
  return id;
}
