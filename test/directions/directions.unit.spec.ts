import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const fixtures = join(__dirname, 'fixtures');

interface Violation {
  from: string;
  rule: { name: string };
}

/** The fixtures break every rule once, on purpose: a rule that no longer sees its fixture guards nothing. */
function violations(): Violation[] {
  const cruiser = join(root, 'node_modules/.bin/depcruise');
  const run = spawnSync(
    cruiser,
    ['--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', 'apps', 'libs'],
    { cwd: fixtures, encoding: 'utf8' },
  );
  return (JSON.parse(run.stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

const expected: [rule: string, file: string][] = [
  ['no-cycles', 'apps/process/orders/src/cycle-a.ts'],
  ['apps-never-import-apps', 'apps/process/orders/src/imports-an-app.ts'],
  ['libs-never-import-apps', 'libs/service/src/knows-an-app.ts'],
  ['canonical-is-the-floor', 'libs/canonical/src/floor.ts'],
  ['canonical-knows-no-framework', 'libs/canonical/src/framework.ts'],
  ['experience-calls-processes-only', 'apps/experience/portal/src/calls-a-system.ts'],
  ['only-operations-administers-connections', 'apps/experience/portal/src/administers.ts'],
  ['systems-know-no-other-app', 'apps/system/erp/src/calls-up.ts'],
  ['processes-meet-by-events', 'apps/process/orders/src/calls-a-process.ts'],
  ['backends-never-import-backends', 'apps/system/erp/src/backends/two/adapter.ts'],
  ['only-the-adapter-is-seen', 'apps/system/erp/src/looks-inside.ts'],
  ['tests-stay-out', 'apps/process/orders/src/uses-a-test.ts'],
  ['the-gateway-knows-no-business-word', 'apps/gateway/src/business.ts'],
];

describe('direction rules', () => {
  const found = violations();

  it.each(expected)('%s refuses %s', (rule, file) => {
    expect(found.filter((violation) => violation.rule.name === rule).map((violation) => violation.from)).toContain(
      file,
    );
  });

  it('every rule has a fixture that breaks it', async () => {
    const config = (await import(join(root, '.dependency-cruiser.cjs'))) as { forbidden: { name: string }[] };
    expect(config.forbidden.map((rule) => rule.name).sort()).toEqual(expected.map(([rule]) => rule).sort());
  });
});
