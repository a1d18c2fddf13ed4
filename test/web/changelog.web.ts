import type { Visitor } from './browser';
import { Stage } from './stage';

const stage = Stage.set();
const LIST = '/account/v1/changelog';
let visitor: Visitor;

/** A call of a program of the partner, by its own key. */
async function calls(path: string): Promise<void> {
  const { url, keys } = stage.demo;
  const { status } = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${keys.portal}` } });
  expect(status).toBe(200);
}

describe('what changes and what ends', () => {
  it('is nothing for a partner that has called none of it, who may look at all the same', async () => {
    visitor = await stage.arrive();
    const { page } = visitor;
    await visitor.signIn('Vera Viewer', '/changelog');
    await visitor.sees('Nothing that you call will end.');
    await visitor.sees('No change touches what you call.');
    await visitor.sees('No call was counted yet.');
    expect(await visitor.barriers()).toEqual([]);
    await visitor.button('more that you do not call').click();
    await page.getByRole('row').filter({ hasText: '/portal/v1/orders/{id}/change' }).getByText('never').waitFor();
    expect(page.url()).toMatch(/\/changelog\?show=all$/);
    await page.goBack();
    await visitor.sees('Nothing that you call will end.');
  });

  it('is on the first page with its date once a program calls it, and says when that was and by which requests', async () => {
    await calls('/portal/v1/orders?limit=1');
    visitor = await stage.arrive();
    const { page } = visitor;
    await visitor.signIn('Dev Developer');
    const home = page.getByRole('region', { name: 'Will end, and you call it' });
    await home.getByText('Fix by Nov 30, 2028').waitFor();
    expect(await home.getByText('GET /portal/v1/orders').count()).toBe(1);
    expect(await visitor.barriers()).toEqual([]);
    await home.getByRole('link', { name: 'What to do about it' }).click();

    const rows = page.getByRole('region', { name: 'What will end' }).getByRole('row');
    const row = rows.filter({ hasText: 'GET /portal/v1/orders' });
    await row.getByText('/portal/v2/orders').waitFor();
    expect(await rows.count()).toBe(2);
    expect(await row.locator('time').getAttribute('datetime')).toMatch(/^20/);
    await row.getByRole('link').click();
    await page.getByRole('button', { name: /^Open GET \/portal\/v1\/orders/ }).waitFor();
    expect(await page.getByLabel('Route').inputValue()).toBe('/portal/v1/orders');
  });

  it('is read by keyboard alone, and each change has an address of its own', async () => {
    visitor = await stage.arrive({ dark: true });
    const { page } = visitor;
    await visitor.signIn('Dev Developer');
    await visitor.sees('Hello, Dev Developer');
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await visitor.sees('Orders have a version 2');
    const everything = visitor.button('Everything');
    while (!(await everything.evaluate((button) => button.matches(':focus')))) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await visitor.sees('A changelog that says what touches you');
    const operations = page.getByText('Operations (6)').first();
    while (!(await operations.evaluate((summary) => summary.matches(':focus')))) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await visitor.sees('POST /portal/v1/orders/validate');
    expect(await visitor.barriers()).toEqual([]);

    await visitor.go('/changelog#one-cursor-for-all-lists');
    await page.getByText('Cursors of every list are opaque').waitFor();
    expect(await page.getByText('A changelog that says what touches you').count()).toBe(0);
  });

  it('waits where it will stand, and says under which id it could not be had', async () => {
    visitor = await stage.arrive({ width: 390 });
    const { page } = visitor;
    const answer = {
      status: 404,
      contentType: 'application/problem+json',
      headers: { 'request-id': 'req_of_the_fault' },
    };
    let answerNow = (): void => undefined;
    const asked = new Promise<void>((resolve) => (answerNow = resolve));
    await page.route(`**${LIST}`, async (route) => {
      await asked;
      await route.fulfill({ ...answer, body: JSON.stringify({ code: 'PARTNER_UNKNOWN', detail: 'gone' }) });
    });
    await visitor.signIn('Dev Developer', '/changelog');
    await page.getByRole('status').getByText('Loading').waitFor();
    answerNow();
    await visitor.sees('Request req_of_the_fault');
    expect(await visitor.barriers()).toEqual([]);
    expect(await visitor.overflow()).toBeLessThanOrEqual(0);
    expect(visitor.faults.splice(0).every((fault) => fault.includes('404'))).toBe(true);
    await page.unroute(`**${LIST}`);
    await visitor.button('Try again').click();
    await visitor.sees('What changed');
  });
});
