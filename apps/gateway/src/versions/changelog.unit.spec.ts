import type { ApiChange } from '#contracts/changes/api-changes';
import { changelogOf, endingThings, type EndingThing } from './changelog';
import { DatedVersions } from './dated-versions';

const NOW = new Date('2026-11-22T10:00:00Z');
const use = (route: string, date = '2026-03-01', calls = '3') => ({
  ...{ partner: 'harbour', version: 'portal.v1', date, method: 'GET', route, calls },
  ...{ firstAt: new Date('2026-10-01T00:00:00Z'), lastAt: new Date('2026-11-20T09:59:00Z') },
});
const change: ApiChange = { slug: 'a', publishedOn: '2026-11-22', kind: 'ADDED', title: 'A', detail: 'B.', routes: ['GET /portal/v1/items'] }; // prettier-ignore
const operation = (route: string, sunset = '2028-11-30'): EndingThing => ({
  ...{ version: 'portal.v1', method: 'GET', route, since: '2026-11-22', sunset, successor: '/portal/v2/items' },
});

describe('the changelog of a partner', () => {
  it('says of a change how often the partner calls what changed, on every date', () => {
    const uses = [use('/portal/v1/items'), use('/portal/v1/items', '2026-01-01', '4'), use('/portal/v1/orders')];
    const [entry] = changelogOf(uses, [], NOW, { changes: [change] }).entries;
    expect(entry).toMatchObject({ touchesYou: true, calls: 7, lastCalledAt: '2026-11-20T09:59:00.000Z' });
    const [other] = changelogOf([use('/portal/v1/orders')], [], NOW, { changes: [change] }).entries;
    expect(other).toEqual({ ...change, touchesYou: false, calls: 0 });
  });

  it('shows first what ends and is used, and of that what ends first', () => {
    const things = [
      operation('/portal/v1/a', '2028-12-01'),
      operation('/portal/v1/b'),
      operation('/portal/v1/c', '2028-12-02'),
    ];
    const { deprecations } = changelogOf([use('/portal/v1/c'), use('/portal/v1/a')], things, NOW, { changes: [] });
    expect(deprecations.map(({ route, touchesYou }) => [route, touchesYou])).toEqual([
      ['/portal/v1/a', true],
      ['/portal/v1/c', true],
      ['/portal/v1/b', false],
    ]);
    expect(deprecations[0]).toMatchObject({ deprecatedAt: '2026-11-22T00:00:00.000Z', sunsetAt: '2028-12-01T00:00:00.000Z', successor: '/portal/v2/items' }); // prettier-ignore
  });

  it('names who still calls what ends, the latest first', () => {
    const by = (key: string, day: number, calls = '2', route = '/portal/v1/a') => ({
      ...{ key, date: '2026-03-01', method: 'GET', route, calls, lastAt: new Date(Date.UTC(2026, 10, day)) },
    });
    const callers = [by('key_1', 1), by('key_2', 9), by('key_1', 3, '4'), by('key_3', 10, '1', '/portal/v1/b')];
    const { deprecations } = changelogOf([use('/portal/v1/a')], [operation('/portal/v1/a')], NOW, { callers });
    expect(deprecations[0]?.callers).toEqual([
      { id: 'key_2', calls: 2, lastCalledAt: '2026-11-09T00:00:00.000Z' },
      { id: 'key_1', calls: 6, lastCalledAt: '2026-11-03T00:00:00.000Z' },
    ]);
  });

  it('has the dates that end beside the operations, by the calls that were answered as on them', () => {
    const versions = new DatedVersions('2026-01-01', [
      { date: '2026-03-01', previousUntil: '2028-03-01', operations: {} },
    ]);
    const { deprecations } = changelogOf([use('/x', '2026-01-01')], endingThings([], versions), NOW, { changes: [] });
    expect(deprecations).toMatchObject([
      { date: '2026-01-01', sunsetAt: '2028-03-01T00:00:00.000Z', touchesYou: true, calls: 3 },
    ]);
  });

  it('counts by contract and date', () => {
    const uses = [use('/a'), use('/b'), use('/a', '2026-01-01')];
    expect(changelogOf(uses, [], NOW, { changes: [] }).versions).toMatchObject([
      { version: 'portal.v1', date: '2026-01-01', calls: 3 },
      { version: 'portal.v1', date: '2026-03-01', calls: 6, firstCalledAt: '2026-10-01T00:00:00.000Z' },
    ]);
  });
});
