'use strict';
// The pictures of the developer portal in docs/images, from a running sandbox: `npm start`, then `npm run pictures` in a second terminal.
// What is another one every time (times, ids, keys) is shown as a fixed one, so that a picture changes only with its page.
const { createServer } = require('node:http');
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { chromium } = require('playwright-core');

const root = resolve(__dirname, '../..');
const images = join(root, 'docs/images');
const demo = JSON.parse(
  readFileSync(join(process.env.CROSSDOCK_DATA ?? join(root, '.crossdock'), 'demo.json'), 'utf8'),
);

/** File, page, what has to be there, and how it is looked at. */
const PICTURES = [
  ['portal-home', '', 'Latest refusals'],
  ['portal-home-dark', '', 'Latest refusals', { dark: true }],
  ['portal-home-narrow', '', 'Latest refusals', { narrow: true }],
  ['portal-start', '/start', 'Follow it to its shipment'],
  ['portal-reference', '/reference', 'Test Request'],
  ['portal-keys', '/keys', 'OAuth clients'],
  ['portal-requests', '/requests', 'answered from memory'],
  ['portal-requests-narrow', '/requests', 'answered from memory', { narrow: true }],
  ['portal-problems', '/requests?view=problems', 'REQUEST_INVALID'],
  ['portal-usage', '/usage?window=hour', 'By operation'],
  ['portal-usage-dark', '/usage?window=hour', 'By operation', { dark: true }],
  ['portal-webhooks', '/webhooks', 'order desk'],
  ['portal-events', '/events', 'order.accepted'],
  ['portal-certification', '/certification', 'Places an order'],
  ['portal-changelog', '/changelog', 'Versions you call'],
  ['portal-changelog-dark', '/changelog', 'Versions you call', { dark: true }],
  ['portal-changelog-narrow', '/changelog', 'Versions you call', { narrow: true }],
  ['portal-team', '/team', 'Key made'],
];

/** Runs in the page. */
function settle() {
  const fixed = [
    [/\b(\w{3,}_)[0-9a-f]{32}\b/g, '$1019a0f3e5b7c7d0e8f1a2b3c4d5e6f70'],
    [/\bcdk_(live|test)_\w{4}…\w{4}/g, 'cdk_$1_Ab3d…9XyZ'],
    [/\b\d+ (sec|min|hr)\. ago\b/g, '2 min. ago'],
    [/\bnow\b|\bin \d+ (sec|min)\./g, '2 min. ago'],
    [/\b\d+(\.\d)? ms\b/g, '12 ms'],
    [/\b[A-Z][a-z]{2} \d{1,2}, \d\d:\d\d\b/g, 'Nov 22, 10:00'],
    [/127\.0\.0\.1:\d+/g, '127.0.0.1:3000'],
  ];
  // A number and its unit are two texts to the page.
  document.body.normalize();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    // An axis of one and the same time would look like a fault.
    if (walker.currentNode.parentElement.closest('svg') !== null) continue;
    const { nodeValue: text } = walker.currentNode;
    const shown = fixed.reduce((all, [pattern, by]) => all.replace(pattern, by), text);
    if (shown !== text) walker.currentNode.nodeValue = shown;
  }
}

async function call(method, path, body, headers = {}) {
  const response = await fetch(`${demo.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${demo.keys.portal}`, 'content-type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  return response.json();
}

/** Something to see on every page: calls that go well and some that do not, orders, and an endpoint that takes most of its events. */
async function fill(receiver) {
  const { endpoints } = await call('GET', '/portal/v1/webhook-endpoints');
  if (!endpoints.some(({ description }) => description === 'order desk'))
    await call('POST', '/portal/v1/webhook-endpoints', { url: receiver, description: 'order desk' });
  const quantity = { value: '3', unit: demo.sample.unit };
  const lines = [{ line: 1, item: demo.sample.item, quantity }];
  for (let number = 1; number <= 4; number += 1) {
    const order = { purchaseOrder: `PO-2041${number}`, shipTo: demo.sample.shipTo, lines };
    const key = { 'idempotency-key': `po-2041${number}` };
    await call('POST', '/portal/v2/orders', order, key);
    await call('POST', '/portal/v1/availability/query', { lines: [{ item: demo.sample.item, quantity }] });
    await call('GET', '/portal/v1/items?limit=3');
    await call('GET', '/portal/v2/orders?limit=3');
  }
  for (let number = 0; number < 3; number += 1) await call('POST', '/portal/v1/availability/query', { lines: [] });
  await call('GET', `/portal/v2/orders/ord_${'0'.repeat(32)}`);
  await call('GET', '/portal/v1/orders?limit=2');
  await call('GET', '/portal/v1/shipments?limit=2');
  const again = { purchaseOrder: 'PO-20411', shipTo: demo.sample.shipTo, lines };
  await call('POST', '/portal/v2/orders', again, { 'idempotency-key': 'po-20411' });
}

async function take(browser, [name, path, text, { dark = false, narrow = false } = {}]) {
  const context = await browser.newContext({
    viewport: narrow ? { width: 390, height: 780 } : { width: 1200, height: 800 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(`${demo.url}/developers${path}`);
  await page.getByRole('link', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: 'Dev Developer' }).click();
  await page.getByText(text).filter({ visible: true }).first().waitFor({ timeout: 60_000 });
  await page.waitForTimeout(800);
  await page.evaluate(settle);
  await page.screenshot({ path: join(images, `${name}.png`) });
  await context.close();
}

async function main() {
  let taken = 0;
  const receiver = createServer((request, response) => {
    request.resume();
    response.writeHead((taken += 1) % 7 === 0 ? 500 : 204).end();
  });
  await new Promise((listening) => receiver.listen(0, '127.0.0.1', listening));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'],
  });
  try {
    await fill(`http://127.0.0.1:${receiver.address().port}/`);
    await new Promise((resume) => setTimeout(resume, 8000));
    for (const picture of PICTURES) await take(browser, picture);
  } finally {
    await browser.close();
    receiver.close();
  }
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
