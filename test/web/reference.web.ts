import { Stage } from './stage';

const stage = Stage.set();
/** Of its parts, which are rendered when somebody comes near. */
const OPENED = 4;

it('the reference has no barrier where it is folded out and scrolled to, and where an operation with a body is tried', async () => {
  const visitor = await stage.arrive({ dark: true });
  const { page } = visitor;
  await visitor.signIn('Dev Developer', '/reference');
  await page.getByRole('heading', { name: 'Crossdock portal' }).waitFor({ timeout: 60_000 });
  const folded = page.locator('button.show-more');
  for (let opened = 0; opened < OPENED; opened += 1) {
    while ((await folded.count()) === 0) await page.mouse.wheel(0, 600);
    await folded.first().click();
  }
  const tries = page.getByRole('button', { name: /^Test Request ?\(post/ });
  await tries.first().scrollIntoViewIfNeeded();
  expect(await page.getByRole('button', { name: /^Test Request/ }).count()).toBeGreaterThan(OPENED);
  expect(await visitor.barriers()).toEqual([]);
  await tries.first().click();
  await page.getByRole('button', { name: /^Send/ }).first().waitFor();
  expect(await visitor.barriers()).toEqual([]);
  // Where the menu of the portal is, too.
  expect(await page.evaluate(`document.elementFromPoint(60, 300).closest('.scalar-client--open') !== null`)).toBe(true);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Send/ }).first().waitFor({ state: 'detached' });
});

it('shows each version of a contract, by the address or by choice', async () => {
  const visitor = await stage.arrive();
  const { page } = visitor;
  await visitor.signIn('Dev Developer', '/reference?contract=portal.v2');
  const operation = page.getByText('/portal/v2/orders/validate').first();
  await operation.waitFor({ timeout: 60_000 });
  await page.getByLabel('Contract').selectOption('portal.v1');
  await operation.waitFor({ state: 'detached' });
  await visitor.sees(/^\/portal\/v1\//);
  expect(new URL(page.url()).searchParams.get('contract')).toBe('portal.v1');
});
