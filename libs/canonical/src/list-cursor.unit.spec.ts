import { decodeCursor, encodeCursor } from './list-cursor';

const refused = expect.objectContaining({ code: 'CURSOR_INVALID', kind: 'invalid' }) as Error;

describe('a cursor', () => {
  it('gives back its keys for the same filters, whatever their order', () => {
    const cursor = encodeCursor(['DC-NORTH', '17'], 'ledger', { item: 'MUG', node: undefined, days: 3 });
    expect(decodeCursor(cursor, 2, 'ledger', { days: 3, item: 'MUG' })).toEqual(['DC-NORTH', '17']);
    expect(decodeCursor(undefined, 2, 'ledger', {})).toBeUndefined();
  });

  it.each([
    ['other filters', encodeCursor(['a'], 'list', { item: 'MUG' })],
    ['another list', encodeCursor(['a'], 'other', {})],
    ['more keys', encodeCursor(['a', 'b'], 'list', {})],
    ['no cursor at all', 'x'],
    ['what is no list', Buffer.from('{"a":1}').toString('base64url')],
    ['numbers', Buffer.from('[1,2]').toString('base64url')],
  ])('of %s is refused', (_, cursor) => {
    expect(() => decodeCursor(cursor, 1, 'list', {})).toThrow(refused);
  });
});
