import { API_CHANGES, type ApiChange } from '#contracts/changes/api-changes';
import type { CallerRow } from '../requests/figures.store';
import type {
  ChangelogEntry,
  ChangelogView,
  DeprecatedCaller,
  DeprecationNotice,
  VersionUse,
} from '../in/http/changelog.dto';
import type { NamedDocument } from '../documents/operations';
import { deprecationOf } from '../documents/operations';
import type { DatedVersions, Ending } from './dated-versions';
import type { OperationUseRow } from './version.store';

/** Something that ends: an operation of a document, or a dated version of all of them. */
export interface EndingThing extends Ending {
  readonly version?: string;
  readonly date?: string;
  readonly method?: string;
  readonly route?: string;
  readonly successor?: string;
}

/** Everything that is deprecated now: operations as their documents say, dates as their changes say. */
export function endingThings(documents: readonly NamedDocument[], versions: DatedVersions): EndingThing[] {
  const operations = documents.flatMap(({ name, document }) =>
    Object.entries(document.paths).flatMap(([route, item]) =>
      Object.entries(item).flatMap(([method, operation]): EndingThing[] => {
        const deprecation = deprecationOf(operation);
        const version = name.split('/').at(-1) ?? name;
        return deprecation === undefined ? [] : [{ version, method: method.toUpperCase(), route, ...deprecation }];
      }),
    ),
  );
  return [...operations, ...versions.superseded().map(({ date, ending }) => ({ date, ...ending }))];
}

/** What changed and what will end, as it touches a partner who calls what `uses` says. Pure. */
export function changelogOf(
  uses: readonly OperationUseRow[],
  things: readonly EndingThing[],
  now: Date,
  { callers = [], changes = API_CHANGES }: { callers?: readonly CallerRow[]; changes?: readonly ApiChange[] } = {},
): ChangelogView {
  return {
    asOf: now.toISOString(),
    entries: changes.map((change) => entryOf(change, uses)),
    deprecations: things.map((thing) => noticeOf(thing, uses, callers)).sort(byUrgency),
    versions: versionsOf(uses),
  };
}

export function versionsOf(uses: readonly OperationUseRow[]): VersionUse[] {
  const keys = [...new Set(uses.map(({ version, date }) => `${version} ${date}`))].sort();
  return keys.map((key) => {
    const [version = '', date = ''] = key.split(' ');
    const those = uses.filter((use) => use.version === version && use.date === date);
    const first = Math.min(...those.map(({ firstAt }) => firstAt.getTime()));
    const { calls, lastCalledAt = '' } = countOf(those);
    return { version, date, calls, firstCalledAt: new Date(first).toISOString(), lastCalledAt };
  });
}

function entryOf({ routes, ...change }: ApiChange, uses: readonly OperationUseRow[]): ChangelogEntry {
  const those = uses.filter(({ method, route }) => routes.includes(`${method} ${route}`));
  return { ...change, routes: [...routes], touchesYou: those.length > 0, ...countOf(those) };
}

function noticeOf(
  { since, sunset, ...thing }: EndingThing,
  uses: readonly OperationUseRow[],
  callers: readonly CallerRow[],
): DeprecationNotice {
  const isOf = (call: Pick<CallerRow, 'date' | 'route' | 'method'>): boolean =>
    (thing.date === undefined || call.date === thing.date) &&
    (thing.route === undefined || (call.route === thing.route && call.method === thing.method));
  const those = uses.filter(isOf);
  const at = (day: string): string => new Date(day).toISOString();
  const counted = { touchesYou: those.length > 0, ...countOf(those), callers: callersOf(callers.filter(isOf)) };
  return { ...thing, deprecatedAt: at(since), sunsetAt: at(sunset), ...counted };
}

/** Who that is: the latest first. */
function callersOf(rows: readonly CallerRow[]): DeprecatedCaller[] {
  const ids = [...new Set(rows.map(({ key }) => key))];
  return ids
    .map((id) => ({ id, lastCalledAt: '', ...countOf(rows.filter(({ key }) => key === id)) }))
    .sort((one, other) => (one.lastCalledAt < other.lastCalledAt ? 1 : -1));
}

function countOf(uses: readonly Pick<CallerRow, 'calls' | 'lastAt'>[]): { calls: number; lastCalledAt?: string } {
  const last = Math.max(...uses.map(({ lastAt }) => lastAt.getTime()));
  const calls = uses.reduce((sum, use) => sum + Number(use.calls), 0);
  return { calls, ...(uses.length > 0 && { lastCalledAt: new Date(last).toISOString() }) };
}

/** What is used first; of that what ends first. */
function byUrgency(one: DeprecationNotice, other: DeprecationNotice): number {
  return Number(other.touchesYou) - Number(one.touchesYou) || (one.sunsetAt < other.sunsetAt ? -1 : 1);
}
