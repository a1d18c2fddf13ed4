import { Stage } from './stage';

const stage = Stage.set();

it('an admin invites a person, who gets in; changes the role, and lets nobody remove the last admin', async () => {
  const visitor = await stage.arrive();
  const { page } = visitor;
  await visitor.signIn('Ada Admin', '/team');
  await visitor.button('Invite').click();
  await page.getByLabel('Address').fill('sam@stranger.example');
  await page.getByLabel('Name').fill('Sam Stranger');
  await page.getByLabel('Role').selectOption('viewer');
  expect(await visitor.barriers()).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click();
  const sam = page.getByRole('row').filter({ hasText: 'sam@stranger.example' });
  await sam.getByText('Invited, not here yet').waitFor();

  const stranger = await stage.second();
  await stranger.signIn('Sam Stranger');
  await stranger.sees('Hello, Sam Stranger');
  await stranger.leave();
  expect(stranger.faults).toEqual([]);

  await visitor.button('Change: Sam Stranger').click();
  await page.getByLabel('Role').selectOption('developer');
  await visitor.button('Save').click();
  await sam.getByText('also makes test keys').waitFor();

  await visitor.button('Remove: Ada Admin').click();
  await page.getByLabel('Why').fill('test');
  const reported = page.waitForEvent('console', (message) => message.type() === 'error');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await visitor.sees('LAST_ADMIN');
  await reported;
  expect(visitor.faults.splice(0)).toEqual([expect.stringContaining('status of 409')]);
  expect(await visitor.barriers()).toEqual([]);
  await page.keyboard.press('Escape');

  await visitor.button('Remove: Sam Stranger').click();
  await page.getByLabel('Why').fill('the summer is over');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await sam.getByText('Not let in').waitFor();
});

it.each(['Dev Developer', 'Vera Viewer'] as const)(
  '%s sees the team, and is offered nothing to change',
  async (who) => {
    const visitor = await stage.arrive({ width: 390 });
    const { page } = visitor;
    await visitor.signIn(who, '/team');
    await visitor.sees('ada@harbour.example');
    expect(await page.getByRole('button', { name: /^(Invite|Change|Remove|Let in)/ }).count()).toBe(0);
    expect(await visitor.barriers()).toEqual([]);
    expect(await visitor.overflow()).toBeLessThanOrEqual(0);
  },
);
