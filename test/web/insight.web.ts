import { Client, eventually } from '../support/client';
import type { Visitor } from './browser';
import { Stage } from './stage';

const stage = Stage.set();
let visitor: Visitor;

/** A call of a program of the partner. */
async function calls(method: string, path: string, body?: object): Promise<number> {
  const { url, keys } = stage.demo;
  const headers = { authorization: `Bearer ${keys.portal}`, 'content-type': 'application/json' };
  return (await fetch(`${url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })).status;
}

describe('what a developer sees of its calls', () => {
  it('is that of test keys until there is a live one, and each kind apart', async () => {
    expect(await calls('GET', '/portal/v1/items')).toBe(200);
    visitor = await stage.arrive();
    const { page } = visitor;
    await visitor.signIn('Dev Developer');
    await visitor.sees('numbers and requests are those of test keys');
    const day = page.getByRole('region', { name: 'Last 24 hours' });
    await day.getByRole('link', { name: /^[1-9]\d* ms 95 of 100 within/ }).waitFor();
    await day.getByRole('link', { name: /^[1-9]\d* Requests/ }).click();
    await page.getByRole('button', { name: /^Open GET \/portal\/v1\/items, 200/ }).waitFor();

    await visitor.button('Live').click();
    await visitor.sees('No request fits');
    expect(await page.getByText('those of test keys').count()).toBe(0);
    expect(await visitor.barriers()).toEqual([]);
    await page.reload();
    await visitor.sees('No request fits');
    await visitor.go('');
    await visitor.sees('No key of this kind works yet.');
    await visitor.go('/requests?mode=test');
    await page.getByRole('button', { name: /^Open GET \/portal\/v1\/items, 200/ }).waitFor();
  });

  it('is found by contract, code and time, and grouped by what went wrong', async () => {
    for (let times = 0; times < 3; times += 1) expect(await calls('POST', '/portal/v1/availability/query', { lines: [] })).toBe(422); // prettier-ignore
    visitor = await stage.arrive({ dark: true });
    const { page } = visitor;
    await visitor.signIn('Dev Developer', '/requests?view=problems');
    const row = page.getByRole('row').filter({ hasText: '/portal/v1/availability/query' });
    await row.getByRole('link', { name: '3', exact: true }).waitFor();
    expect(await visitor.barriers()).toEqual([]);
    await row.getByRole('button').press('Enter');
    await page.getByRole('dialog').getByText('REQUEST_INVALID').first().waitFor();
    await page.keyboard.press('Escape');
    await row.getByRole('link', { name: '3', exact: true }).click();
    expect(await page.getByLabel('Code').inputValue()).toBe('REQUEST_INVALID');
    const found = page.getByRole('button', { name: /^Open POST \/portal\/v1\/availability\/query, 422/ });
    await found.first().waitFor();
    expect(await found.count()).toBe(3);
    await page.getByLabel('Contract').selectOption('portal.v2');
    await visitor.sees('No request fits');
    await visitor.button('Clear the filter').click();
    await page.getByLabel('Until').fill('2026-01-01T00:00');
    await page.keyboard.press('Enter');
    await visitor.sees('No request fits');
    expect(page.url()).toContain('to=');
    expect(await visitor.barriers()).toEqual([]);
  });

  it('leads from the request that placed an order to what came of it', async () => {
    const order = await toldOrder();
    visitor = await stage.arrive({ width: 390 });
    const { page } = visitor;
    await visitor.signIn('Dev Developer', '/requests?method=POST&status=201');
    await page.getByRole('button', { name: /^Open POST \/portal\/v\d\/orders, 201/ }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'order.accepted' }).click();
    await page.getByRole('dialog').getByText('To no endpoint.').waitFor();
    expect(page.url()).toContain(order);
    expect(await visitor.barriers()).toEqual([]);
    expect(await visitor.overflow()).toBeLessThanOrEqual(0);
  });

  it('says of what the certification has not seen which calls meant to show it', async () => {
    visitor = await stage.arrive();
    const { page } = visitor;
    await visitor.signIn('Dev Developer', '/certification');
    await page.getByRole('link', { name: 'See your calls: Cancels an order' }).click();
    await page.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
    expect(await page.getByLabel('Method').inputValue()).toBe('POST');
    await visitor.go('');
    await visitor.sees('Next for your certification:');
  });
});

describe('keys, clients and who changed them', () => {
  it('a key says when it was used last and leads to those requests', async () => {
    visitor = await stage.arrive();
    const { page } = visitor;
    await visitor.signIn('Vera Viewer', '/keys');
    const row = page.getByRole('row').filter({ hasText: 'demo portal' });
    await row.getByRole('img', { name: /calls in 14 days/ }).waitFor();
    await row.getByRole('link', { name: /requests of demo portal$/ }).click();
    await page.locator('button[data-row]').first().waitFor();
    expect(page.url()).toMatch(/key=key_/);
  });

  it('a client is made, its secret shown once, exchanged and revoked, by keyboard alone; the audit log names who did it', async () => {
    visitor = await stage.arrive();
    const { page } = visitor;
    await visitor.signIn('Dev Developer', '/keys?new=client');
    const dialog = page.getByRole('dialog');
    await page.getByLabel('Name').press('Control+a');
    await page.keyboard.type('night run');
    expect(await visitor.barriers()).toEqual([]);
    await page.keyboard.press('Enter');
    const shown = dialog.getByRole('region', { name: 'Client secret' });
    const secret = (await shown.textContent()) ?? '';
    expect(secret).toMatch(/^cds_test_/);
    await page.keyboard.press('Escape');
    const row = page.getByRole('row').filter({ hasText: 'night run' });
    const id = /app_[0-9a-f]{32}/.exec((await row.textContent()) ?? '')?.[0] ?? '';
    const grant = { grant_type: 'client_credentials', client_id: id, client_secret: secret };
    const token = await fetch(`${stage.demo.url}/oauth/token`, { method: 'POST', body: new URLSearchParams(grant) });
    expect(token.status).toBe(200);
    expect(await page.content()).not.toContain(secret);

    await row.getByRole('button', { name: 'Rotate: night run' }).press('Enter');
    await dialog.getByRole('button', { name: 'Make the new secret' }).press('Enter');
    await shown.waitFor();
    await page.keyboard.press('Escape');
    await row.getByText('Two secrets until').waitFor();
    await row.getByRole('button', { name: 'Revoke: night run' }).press('Enter');
    await page.getByLabel('Type night run to confirm').fill('night run');
    await page.getByLabel('Why').fill('was in a log file');
    expect(await visitor.barriers()).toEqual([]);
    await page.keyboard.press('Enter');
    await row.getByText('Revoked').waitFor();

    await visitor.go('/team');
    const change = page.getByRole('row').filter({ hasText: 'Client revoked' });
    await change.getByText('was in a log file').waitFor();
    expect(await change.textContent()).toContain('Dev Developer');
    expect(await visitor.barriers()).toEqual([]);
  });
});

/** An order whose first event is in the feed. */
async function toldOrder(): Promise<string> {
  const { url, keys, sample } = stage.demo;
  const { item, unit, shipTo } = sample;
  const portal = new Client(url, keys.portal);
  const body = { purchaseOrder: 'OUTCOME-1', shipTo, lines: [{ line: 1, item, quantity: { value: '1', unit } }] };
  const answer = await portal.post('/portal/v2/orders', body, { 'idempotency-key': 'outcome-1' });
  expect(answer.status).toBe(201);
  const id = answer.body.id as string;
  const feed = `/portal/v1/events?subjectType=order&subjectId=${id}`;
  await eventually(async () => (await portal.get(feed)).body.events as unknown[], (events) => events.length > 0); // prettier-ignore
  return id;
}
