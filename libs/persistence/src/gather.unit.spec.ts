import { Gatherer, type Outcome } from './gather';

const later = (milliseconds = 2): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Doubles every number and remembers the batches it was given. */
function doubling(limits: { size: number; inFlight: number }): {
  gatherer: Gatherer<number, number>;
  batches: number[][];
} {
  const batches: number[][] = [];
  const gatherer = new Gatherer<number, number>((inputs) => {
    batches.push([...inputs]);
    return Promise.resolve(inputs.map((value) => ({ value: value * 2 })));
  }, limits);
  return { gatherer, batches };
}

describe('gathering calls', () => {
  test('calls of one turn are carried out together and in arrival order', async () => {
    const { gatherer, batches } = doubling({ size: 3, inFlight: 1 });
    expect(await Promise.all([1, 2, 3, 4].map((each) => gatherer.call(each)))).toEqual([2, 4, 6, 8]);
    expect(batches).toEqual([[1, 2, 3], [4]]);
  });

  test('a lone call leaves at once, as a batch of one', async () => {
    const { gatherer, batches } = doubling({ size: 64, inFlight: 2 });
    expect(await gatherer.call(1)).toBe(2);
    expect(await gatherer.call(2)).toBe(4);
    expect(batches).toEqual([[1], [2]]);
  });

  test('never more batches at once than allowed, and none is left behind', async () => {
    let running = 0;
    let most = 0;
    const gatherer = new Gatherer<number, number>(
      async (inputs) => {
        running += 1;
        most = Math.max(most, running);
        await later();
        running -= 1;
        return inputs.map((value) => ({ value }));
      },
      { size: 2, inFlight: 2 },
    );
    const all = Array.from({ length: 21 }, (_, index) => index);
    expect(await Promise.all(all.map((each) => gatherer.call(each)))).toEqual(all);
    expect(most).toBe(2);
  });

  test('what comes while all batches are under way leaves together when one is done', async () => {
    const batches: number[][] = [];
    let finish = (): void => undefined;
    const mayFinish = new Promise<void>((resolve) => (finish = resolve));
    const gatherer = new Gatherer<number, number>(
      async (inputs) => {
        batches.push([...inputs]);
        await mayFinish;
        return inputs.map((value) => ({ value }));
      },
      { size: 64, inFlight: 1 },
    );
    const first = gatherer.call(1);
    while (batches.length === 0) await later();
    const rest = [gatherer.call(2), gatherer.call(3)];
    finish();
    await Promise.all([first, ...rest]);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  test('a member that fails the whole batch fails alone; the others are repeated one by one, in order', async () => {
    const done: number[] = [];
    const gatherer = new Gatherer<number, number>((inputs) => {
      if (inputs.includes(2)) return Promise.reject(new Error('two'));
      done.push(...inputs);
      return Promise.resolve(inputs.map((value) => ({ value })));
    });
    const results = await Promise.allSettled([1, 2, 3].map((each) => gatherer.call(each)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(done).toEqual([1, 3]);
  });

  test('a batch of one that fails is not repeated', async () => {
    let calls = 0;
    const gatherer = new Gatherer<number, number>(() => {
      calls += 1;
      return Promise.reject(new Error('no'));
    });
    await expect(gatherer.call(1)).rejects.toThrow('no');
    expect(calls).toBe(1);
  });

  test('a fault thrown before anything is awaited reaches the caller, and the next call is served', async () => {
    const gatherer = new Gatherer<number, number>((inputs) => {
      if (inputs.includes(1)) throw new Error('at once');
      return Promise.resolve(inputs.map((value) => ({ value })));
    });
    await expect(gatherer.call(1)).rejects.toThrow('at once');
    expect(await gatherer.call(2)).toBe(2);
  });

  test('an outcome that is an error reaches only its caller', async () => {
    const outcome = (value: number): Outcome<number> => (value === 2 ? { error: new Error('no') } : { value });
    const gatherer = new Gatherer<number, number>((inputs) => Promise.resolve(inputs.map(outcome)));
    const results = await Promise.allSettled([1, 2].map((each) => gatherer.call(each)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  test('a member without an outcome is told so', async () => {
    const gatherer = new Gatherer<number, number>(() => Promise.resolve([]));
    await expect(gatherer.call(1)).rejects.toThrow('no outcome');
  });

  describe('members that claim the same', () => {
    /** Batches that end when told to; a member is `<claims>:<name>`. */
    const claiming = (size = 64) => {
      const batches: { members: readonly string[]; end: () => void }[] = [];
      const gatherer = new Gatherer<string, string>(
        (members) =>
          new Promise((resolve) => {
            batches.push({ members, end: () => resolve(members.map((value) => ({ value }))) });
          }),
        { size, inFlight: 2 },
        (member) => [...(member.split(':')[0] ?? '')],
      );
      const call = (...members: string[]): Promise<string[]> =>
        Promise.all(members.map((member) => gatherer.call(member)));
      const end = async (index: number): Promise<void> => {
        batches[index]?.end();
        await later();
      };
      return { call, end, begun: () => batches.map(({ members }) => members) };
    };

    test('leave together, and those that come meanwhile wait for them and leave together too', async () => {
      const { call, end, begun } = claiming();
      const all = [call('a:1', 'a:2')];
      await later();
      all.push(call('a:3'), call('b:4'), call('a:5'));
      await later();
      expect(begun()).toEqual([['a:1', 'a:2'], ['b:4']]);
      await end(0);
      expect(begun()).toEqual([['a:1', 'a:2'], ['b:4'], ['a:3', 'a:5']]);
      await Promise.all([end(1), end(2)]);
      expect(await Promise.all(all)).toEqual([['a:1', 'a:2'], ['a:3'], ['b:4'], ['a:5']]);
    });

    test('are not overtaken by who claims a part of what they wait for', async () => {
      const { call, end, begun } = claiming();
      const all = [call('a:1')];
      await later();
      all.push(call('ab:2'), call('b:3'), call('c:4'));
      await later();
      expect(begun()).toEqual([['a:1'], ['c:4']]);
      await end(0);
      expect(begun()).toEqual([['a:1'], ['c:4'], ['ab:2', 'b:3']]);
      await Promise.all([end(1), end(2)]);
      expect((await Promise.all(all)).flat()).toEqual(['a:1', 'ab:2', 'b:3', 'c:4']);
    });

    test('wait for a batch that is full', async () => {
      const { call, end, begun } = claiming(2);
      const all = call('a:1', 'a:2', 'a:3', 'b:4');
      await later();
      expect(begun()).toEqual([['a:1', 'a:2'], ['b:4']]);
      await Promise.all([end(0), end(1)]);
      await end(2);
      expect(await all).toEqual(['a:1', 'a:2', 'a:3', 'b:4']);
    });
  });
});
