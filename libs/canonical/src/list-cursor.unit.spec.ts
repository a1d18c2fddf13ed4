import { decodeCursor, encodeCursor, type CursorKey } from './list-cursor';

const refused = expect.objectContaining({ code: 'CURSOR_INVALID', kind: 'invalid' }) as Error;

describe('a cursor', () => {
  it('gives back its keys for the same filters, whatever their order', () => {
    const cursor = encodeCursor(['DC-NORTH', '17'], 'ledger', { item: 'MUG', node: undefined, days: 3 });
    expect(decodeCursor(cursor, ['text', 'number'], 'ledger', { days: 3, item: 'MUG' })).toEqual(['DC-NORTH', '17']);
    expect(decodeCursor(undefined, ['text', 'number'], 'ledger', {})).toBeUndefined();
  });

  it.each([
    ['other filters', encodeCursor(['a'], 'list', { item: 'MUG' })],
    ['another list', encodeCursor(['a'], 'other', {})],
    ['more keys', encodeCursor(['a', 'b'], 'list', {})],
    ['no cursor at all', 'x'],
    ['what is no list', Buffer.from('{"a":1}').toString('base64url')],
    ['numbers', Buffer.from('[1,2]').toString('base64url')],
  ])('of %s is refused', (_, cursor) => {
    expect(() => decodeCursor(cursor, ['text'], 'list', {})).toThrow(refused);
  });

  it.each<[CursorKey, string]>([
    ['text', 'a\0b'],
    ['number', '-infinity'],
    ['number', '1; select 1'],
    ['number', '9'.repeat(19)],
    ['number', ''],
    ['day', '2026-02-30'],
    ['day', 'infinity'],
    ['day', '0000-01-01'],
    ['time', '2026-02-28T24:00:01Z'],
    ['time', '2026-02-30T10:00:00Z'],
    ['time', 'yesterday'],
    ['time', '2026-02-28T10:00:00+99:00'],
  ])('that somebody made with a %s that no query can read is refused: %j', (kind, key) => {
    expect(() => decodeCursor(encodeCursor([key], 'list', {}), [kind], 'list', {})).toThrow(refused);
  });

  it.each<[CursorKey, string]>([
    ['text', ''],
    ['number', '0'],
    ['day', '2024-02-29'],
    ['time', '2026-02-28T23:59:59.123456Z'],
    ['time', '2026-02-28T00:00:00Z'],
  ])('of a %s is read: %j', (kind, key) => {
    expect(decodeCursor(encodeCursor([key], 'list', {}), [kind], 'list', {})).toEqual([key]);
  });
});
