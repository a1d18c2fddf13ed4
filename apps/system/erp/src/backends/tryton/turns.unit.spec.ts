import { setTimeout as sleep } from 'node:timers/promises';
import { Turns } from './turns';

describe('postings take turns', () => {
  it('as many at once as there are places, in the order in which they came, also after one that fails', async () => {
    const turns = new Turns('erp-1', 2);
    const begun: number[] = [];
    let [inside, most] = [0, 0];
    const posting = (number: number) =>
      turns.take('create', async () => {
        begun.push(number);
        inside += 1;
        most = Math.max(most, inside);
        await sleep(1);
        inside -= 1;
        if (number === 1) throw new Error('no');
        return number;
      });
    const ended = await Promise.allSettled([1, 2, 3, 4, 5].map(posting));
    expect(ended.map(({ status }) => status)).toEqual(['rejected', ...Array.from({ length: 4 }, () => 'fulfilled')]);
    expect([begun, most]).toEqual([[1, 2, 3, 4, 5], 2]);
  });

  it('who waits too long has begun nothing and may come again', async () => {
    const turns = new Turns('erp-1', 1, 5);
    let end = (): void => undefined;
    const long = turns.take('create', () => new Promise<void>((resolve) => (end = resolve)));
    let begun = false;
    const waiting = turns.take('create', () => Promise.resolve((begun = true)));
    await expect(waiting).rejects.toMatchObject({ code: 'BACKEND_UNAVAILABLE', kind: 'unavailable', retryable: true });
    expect(begun).toBe(false);
    end();
    await long;
    await expect(turns.take('create', () => Promise.resolve('done'))).resolves.toBe('done');
  });
});
