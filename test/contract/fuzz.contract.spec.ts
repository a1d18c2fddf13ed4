import { sizeOf } from '../support/random';
import { fuzz, judge } from './support/fuzz';
import { World } from './support/world';

const SEED = sizeOf('CROSSDOCK_FUZZ_SEED', 1);
/** `npm run test:fuzz` makes 20,000. */
const CALLS = 2_400;

/** Calls made out of every public document, whole and broken, with a key that may do everything. */
describe(`calls made from the documents (seed ${SEED})`, () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start('local');
  });
  afterAll(() => world.close());

  it(`${CALLS} of them get no 5xx and no answer that is not documented`, async () => {
    judge(await fuzz(world, CALLS, SEED), CALLS);
  });
});
