import { fuzz, judge } from '../contract/support/fuzz';
import { World } from '../contract/support/world';
import { sizeOf } from '../support/random';

/** One of the two halves of a run, each a product and a seed of its own, so that two cores have work. */
export function fuzzesHalf(half: 0 | 1): void {
  const seed = sizeOf('CROSSDOCK_FUZZ_SEED', 1) * 2 + half;
  const calls = sizeOf('CROSSDOCK_FUZZ_CALLS', 20_000) / 2;

  describe(`calls made from the documents (seed ${seed})`, () => {
    let world: World;
    beforeAll(async () => {
      world = await World.start('local');
    });
    afterAll(() => world.close());

    it(`${calls} of them get no 5xx and no answer that is not documented`, async () => {
      const report = await fuzz(world, calls, seed);
      const counts = [...report.statuses].sort(([one], [other]) => one - other).map(([status, count]) => `${status}: ${count}`); // prettier-ignore
      process.stdout.write(`seed ${seed}: ${counts.join(', ')}; ${report.succeeded.size} of ${report.operations} operations succeeded\n`); // prettier-ignore
      judge(report, calls);
    }, 900_000);
  });
}
