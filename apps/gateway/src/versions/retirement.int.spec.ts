import { gatewayFixture, type GatewayFixture } from '../../test/gateway-fixture';
import { DatedVersions } from './dated-versions';

const VERSIONS = new DatedVersions('2026-02-01', [], new Set(['2026-01-01']));

/** The call of a partner, so many days ago. */
const used = (days: number, { date = '2026-02-01', method = 'GET', route = '/fake/v1/notes/{note}' } = {}) => `
  insert into gateway.version_use (partner, version, date, method, route, calls, first_at, last_at)
  values ('quay', 'fake.v1', '${date}', '${method}', '${route}', 7, now() - interval '90 days', now() - interval '${days} days')`;

let gateway: GatewayFixture | undefined;
const starts = async (before: string): Promise<GatewayFixture> => {
  gateway = await gatewayFixture(undefined, { versions: VERSIONS, before });
  return gateway;
};
afterEach(async () => {
  delete process.env['CROSSDOCK_RETIRE_IN_USE'];
  await gateway?.close();
  gateway = undefined;
});

describe('a gateway that would no longer serve', () => {
  it.each([
    ['a date', { date: '2026-01-01' }, 'quay: GET /fake/v1/notes/{note} of fake.v1 as of 2026-01-01, 7 calls'],
    ['an operation', { route: '/fake/v1/gone' }, 'quay: GET /fake/v1/gone of fake.v1 as of 2026-02-01, 7 calls'],
    ['a method', { method: 'DELETE' }, 'quay: DELETE /fake/v1/notes/{note} of fake.v1'],
  ])('%s that a partner called in the last thirty days does not start, and says who it is', async (_, what, said) => {
    await expect(starts(used(29, what))).rejects.toThrow(said);
  });

  it('what was called longer ago starts', async () => {
    await expect(starts(used(31, { date: '2026-01-01' }))).resolves.toBeDefined();
  });

  it('starts when it is told why, and the audit log has the reason and who uses it', async () => {
    process.env['CROSSDOCK_RETIRE_IN_USE'] = 'a hole in security';
    const { query } = await starts(used(1, { date: '2026-01-01' }));
    const { rows } = await query(`select actor, action, reason, before from gateway.audit`);
    expect(rows).toEqual([
      {
        actor: 'installation',
        action: 'version.retired-in-use',
        reason: 'a hole in security',
        before: { uses: [expect.stringMatching(/^quay: GET .* as of 2026-01-01, 7 calls, the last at /)] },
      },
    ]);
  });
});

describe('a gateway that serves what was called', () => {
  it('starts, whatever ids are called in its paths, and says nothing', async () => {
    const { query } = await starts(`${used(1)}; ${used(1, { method: 'HEAD' })}; ${used(1, { date: '' })}`);
    expect((await query(`select seq from gateway.audit`)).rows).toEqual([]);
  });
});
