import type { DatedChange } from '#contracts/changes/dated-change';
import { DatedVersions } from './dated-versions';

type Note = Record<string, unknown>;
const renamed =
  (from: string, to: string) =>
  (body: unknown): unknown => {
    const { [from]: value, ...rest } = body as Note;
    return value === undefined ? body : { ...rest, [to]: value };
  };
const change = (date: string, from: string, to: string): DatedChange => ({
  date,
  previousUntil: date.replace('2026', '2028'),
  operations: { 'notes.put': { request: renamed(from, to), response: renamed(to, from) } },
});
const CHANGES = [change('2026-02-01', 'text', 'words'), change('2026-03-01', 'words', 'content')];
const versions = new DatedVersions('2026-01-01', CHANGES);

describe('dated versions', () => {
  it('serve what is asked for, else what the credential is pinned to, else the newest', () => {
    expect(versions.of('2026-01-01', '2026-02-01')).toBe('2026-01-01');
    expect(versions.of(undefined, '2026-02-01')).toBe('2026-02-01');
    expect(versions.of(undefined, null)).toBe('2026-03-01');
  });

  it.each(['2026-01-02', 'newest', '', '2026-01-01, 2026-02-01'])('refuse %j, which is none of them', (asked) => {
    expect(() => versions.of(asked, null)).toThrow(
      expect.objectContaining({ code: 'VERSION_UNKNOWN', details: { status: 400 } }) as Error,
    );
  });

  it('say of a date that is served no more that it is gone, also to who is pinned to it', () => {
    const later = new DatedVersions('2026-01-01', CHANGES, new Set(['2026-01-01']));
    const gone = expect.objectContaining({ code: 'VERSION_RETIRED', details: { status: 410 } }) as Error;
    expect(() => later.of('2026-01-01', null)).toThrow(gone);
    expect(() => later.of(undefined, '2026-01-01')).toThrow(gone);
    expect(later.superseded().map(({ date }) => date)).toEqual(['2026-02-01']);
  });

  it('go step by step, requests from the oldest and answers from the newest', () => {
    expect(versions.upgraded('notes.put', '2026-01-01', { text: 'a', n: 1 })).toEqual({ content: 'a', n: 1 });
    expect(versions.upgraded('notes.put', '2026-02-01', { words: 'a' })).toEqual({ content: 'a' });
    expect(versions.downgraded('notes.put', '2026-01-01', { content: 'a', n: 1 })).toEqual({ text: 'a', n: 1 });
    expect(versions.downgraded('notes.put', '2026-02-01', { content: 'a' })).toEqual({ words: 'a' });
  });

  it('leave the newest date and other operations as they are', () => {
    const body = { content: 'a' };
    expect(versions.downgraded('notes.put', '2026-03-01', body)).toBe(body);
    expect(versions.upgraded('notes.get', '2026-01-01', body)).toBe(body);
    expect([versions.differs('notes.put', '2026-01-01'), versions.differs('notes.put', '2026-03-01')]).toEqual([
      true,
      false,
    ]);
  });

  it('know when each of them ends, but for the newest', () => {
    expect(versions.ending('2026-01-01')).toEqual({ since: '2026-02-01', sunset: '2028-02-01' });
    expect(versions.ending('2026-03-01')).toBeUndefined();
  });

  it('are in order', () => {
    expect(() => new DatedVersions('2026-01-01', [...CHANGES].reverse())).toThrow('not in order');
  });
});
