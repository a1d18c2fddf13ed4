import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Visitor } from './browser';
import { Stage } from './stage';

const shell = promisify(execFile);
/** All that a page loads before it shows anything, packed. */
const BUDGET_BYTES = 300 * 1024;
const PAGES = [
  ['', 'Hello, Dev Developer'],
  ['/start', 'Get started'],
  ['/keys', 'demo portal'],
  ['/keys?new=client', 'Make the client'],
  ['/requests', 'Requests'],
  ['/requests?view=problems', 'By problem'],
  ['/usage?window=hour', 'Requests by time'],
  ['/webhooks?new=1', 'Make the endpoint'],
  ['/events', 'Cursor after these events'],
  ['/changelog?show=all', 'What changed'],
  ['/team', 'ada@harbour.example'],
  ['/certification', 'Places an order'],
  ['/nowhere', 'There is no such page'],
] as const;

const stage = Stage.set();
let visitor: Visitor;
const arrive = async (look: { dark?: boolean; width?: number } = {}): Promise<Visitor> =>
  (visitor = await stage.arrive(look));

describe('a developer of a partner', () => {
  it('comes from the sign-in to a shipped order by the steps of the page, in a terminal', async () => {
    const { page } = await arrive();
    await visitor.signIn('Dev Developer', '/start');
    await visitor.button('Make a test key').click();
    await visitor.sees('1 of 5 steps done');
    const steps = page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 2 }) });
    const inTerminal = async (step: number): Promise<string> => {
      await steps.nth(step).getByRole('button', { name: 'Copy' }).last().click();
      const command = String(await page.evaluate('navigator.clipboard.readText()'));
      return (await shell('bash', ['-c', `${command} -sf`])).stdout;
    };
    for (const step of [1, 2, 3]) {
      await inTerminal(step);
      await visitor.sees(`${step + 1} of 5 steps done`);
    }
    const deadline = Date.now() + 90_000;
    let order = '';
    while (!order.includes('"status":"SHIPPED"') && Date.now() < deadline) {
      await page.getByText('$ORDER_ID').waitFor({ state: 'detached' });
      order = await inTerminal(4);
    }
    expect(order).toContain('"status":"SHIPPED"');
    await visitor.sees('5 of 5 steps done');
    expect(await visitor.barriers()).toEqual([]);
  });

  it('does the same without a terminal, and finds each call in the log', async () => {
    const { page } = await arrive({ dark: true });
    await visitor.signIn('Dev Developer', '/start');
    await visitor.button('Make a test key').click();
    for (const step of [0, 1, 2]) {
      await visitor.button('Run it here').nth(step).click();
      await visitor.sees(`${step + 2} of 5 steps done`);
    }
    const shipped = page.getByText('5 of 5 steps done');
    for (let tries = 0; tries < 100 && !(await shipped.isVisible()); tries += 1) {
      await visitor.button('Run it here').nth(3).click();
      await page.waitForTimeout(500);
    }
    await shipped.waitFor();
    await page.getByRole('link', { name: 'See the calls you made' }).click();
    await page.getByRole('button', { name: /^Open POST \/portal\/v2\/orders, 201/ }).click();
    const panel = page.getByRole('dialog');
    await panel.getByText('ran under its key').waitFor();
    expect(await panel.textContent()).not.toMatch(/cdk_test_\w{20}/);
    expect(await visitor.barriers()).toEqual([]);
    await panel.getByRole('button', { name: 'Copy as curl' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toContain('$CROSSDOCK_KEY');
    await visitor.go('/certification');
    await visitor.sees('4 of 9 shown');
    await page.getByRole('link', { name: 'See the request: Places an order' }).click();
    await page.getByRole('dialog').getByText('"purchaseOrder"').first().waitFor();
  });

  it('makes a key, has two while it rotates, and revokes one by typing its name', async () => {
    const { page } = await arrive();
    await visitor.signIn('Dev Developer', '/keys');
    await visitor.button('New key').click();
    await page.getByLabel('Name').fill('warehouse sync');
    expect(await page.getByRole('option', { name: 'live' }).isDisabled()).toBe(true);
    expect(await visitor.barriers()).toEqual([]);
    await visitor.button('Make the key').click();
    const shown = page.getByRole('dialog').getByRole('region');
    const first = (await shown.textContent()) ?? '';
    expect(first).toMatch(/^cdk_test_\w{38}$/);
    await visitor.button('I have copied it').click();
    expect(await page.content()).not.toContain(first);

    await visitor.button('Rotate: warehouse sync').click();
    await visitor.button('Make the successor').click();
    await visitor.sees('The old key works until');
    const second = (await shown.textContent()) ?? '';
    await visitor.button('I have copied it').click();
    expect(await page.getByRole('row').filter({ hasText: 'warehouse sync' }).count()).toBe(2);
    const works = (key: string) => fetch(`${stage.demo.url}/portal/v1/items`, { headers: { authorization: `Bearer ${key}` } }); // prettier-ignore
    expect([(await works(first)).status, (await works(second)).status]).toEqual([200, 200]);

    await visitor.button('Revoke: warehouse sync').first().click();
    await page.getByLabel('Why').fill('test');
    expect(await visitor.button('Revoke the key').isDisabled()).toBe(true);
    await page.getByLabel('Type warehouse sync to confirm').fill('warehouse sync');
    expect(await visitor.barriers()).toEqual([]);
    await visitor.button('Revoke the key').click();
    await page.getByRole('row').filter({ hasText: 'Revoked' }).first().waitFor();
  });

  it('does it by keyboard alone', async () => {
    const { page } = await arrive();
    await visitor.signIn('Dev Developer');
    await visitor.sees('Hello, Dev Developer');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('g');
    await page.keyboard.press('q');
    await page.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    expect(await visitor.barriers()).toEqual([]);
    await page.keyboard.type('make a key');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'New key' }).waitFor();
    await page.getByLabel('Name').press('Control+a');
    await page.keyboard.type('typed');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Copy it now' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('row').filter({ hasText: 'typed' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.keyboard.press('Escape');
    await visitor.go('/requests?status=2xx');
    await page.locator('button[data-row]').first().focus();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('Contract').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('SELECT');
  });

  it('finds the same screen after a reload, after back and in a pasted address', async () => {
    const { page } = await arrive();
    await visitor.signIn('Dev Developer', '/requests?status=2xx&method=GET');
    await page.locator('button[data-row]').first().click();
    await page.getByRole('dialog').getByText('Contract').waitFor();
    await page.reload();
    await page.getByRole('dialog').getByText('Contract').waitFor();
    expect(await page.getByLabel('Method').inputValue()).toBe('GET');
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(page.url()).toMatch(/\/developers\/requests\?status=2xx&method=GET$/);
  });

  it('reads the reference with nothing from outside, and tries an operation with the test key', async () => {
    const { page } = await arrive();
    await visitor.signIn('Dev Developer', '/start');
    await visitor.button('Make a test key').click();
    await visitor.sees('1 of 5 steps done');
    await page.getByRole('link', { name: 'Reference' }).click();
    await page.getByRole('heading', { name: 'Crossdock portal' }).waitFor({ timeout: 60_000 });
    expect(await visitor.barriers()).toEqual([]);
    await page
      .getByRole('button', { name: /^Test Request/ })
      .first()
      .click();
    const send = page.getByRole('button', { name: /^Send/ }).first();
    await send.waitFor();
    expect(await visitor.barriers()).toEqual([]);
    const answered = page.waitForResponse((response) => response.url().includes('/portal/v1/'));
    await send.click();
    const answer = await answered;
    expect((await answer.request().allHeaders())['authorization']).toMatch(/^Bearer cdk_test_/);
    // The example is a whole request in the words of the sandbox: it is answered as it stands.
    expect(answer.status()).toBe(200);
  });
});

describe('others', () => {
  it('a viewer looks, but is offered nothing to change', async () => {
    const { page } = await arrive();
    await visitor.signIn('Vera Viewer', '/keys');
    await visitor.sees('You may look at keys, but not change them.');
    expect(await page.getByRole('button', { name: /New key|Rotate|Revoke/ }).count()).toBe(0);
    await visitor.go('/start');
    await visitor.sees('As a viewer you cannot make a key');
  });

  it('an admin may make a live key', async () => {
    const { page } = await arrive();
    await visitor.signIn('Ada Admin', '/keys?new=1');
    expect(await page.getByRole('option', { name: 'live' }).isEnabled()).toBe(true);
  });

  it('a stranger is told why the door stays shut, and sees nothing behind it', async () => {
    const { page } = await arrive();
    await visitor.signIn('Sam Stranger', '/keys');
    await visitor.sees('nobody has given it access here');
    expect(await visitor.barriers()).toEqual([]);
    await visitor.go('/keys');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  it('who signs out is out', async () => {
    const { page } = await arrive();
    await visitor.signIn('Dev Developer');
    await visitor.button('Sign out').click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await visitor.go('/keys');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});

describe.each([
  ['light', { dark: false }],
  ['dark', { dark: true }],
  ['390 pixels', { dark: false, width: 390 }],
  ['390 pixels, dark', { dark: true, width: 390 }],
] as const)('every page, %s', (_, options) => {
  it('has no barrier for assistive technology and does not run over', async () => {
    await arrive(options);
    await visitor.signIn('Dev Developer');
    await visitor.sees('Hello, Dev Developer');
    const found: Record<string, unknown> = {};
    for (const [path, text] of PAGES) {
      await visitor.go(path);
      await visitor.sees(text);
      const barriers = await visitor.barriers();
      const overflow = await visitor.overflow();
      if (barriers.length > 0 || overflow > 0) found[path] = { barriers, overflow };
    }
    expect(found).toEqual({});
  });
});

it('loads at first no more than its budget', async () => {
  const { page } = await arrive();
  let bytes = 0;
  const counted: Promise<void>[] = [];
  page.on('response', (response) => {
    if (/\.(js|css)$/.test(new URL(response.url()).pathname))
      counted.push(response.body().then((body) => void (bytes += gzipSync(body).length)));
  });
  await visitor.signIn('Dev Developer');
  await visitor.sees('Hello, Dev Developer');
  await Promise.all(counted);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
});

it('sends no script that is not its own, and lets nobody put it in a frame', async () => {
  await arrive();
  const { headers } = await fetch(`${stage.demo.url}/developers`);
  const policy = headers.get('content-security-policy');
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
});
