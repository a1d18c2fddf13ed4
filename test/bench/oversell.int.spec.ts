import { testDatabase } from '#testing/postgres';
import { startSmallShop, type Manner } from './check-then-write';
import { attack, type Tally } from './oversell-attack';
import { verdict, type Found } from './oversell-verdict';

const SUPPLY = 40;

describe('the harness against overselling', () => {
  /** 32 clients at one supply, all at once. */
  async function run(manner: Manner): Promise<string[]> {
    const { url, close } = await testDatabase();
    const shop = await startSmallShop(url, SUPPLY, manner);
    try {
      const doors = [{ url: shop.url, key: 'none' }];
      const tally = await attack({ doors, item: 'A', unit: 'EA', clients: 32, attempts: 400, latestDate: '2099-01-01' }); // prettier-ignore
      return verdict(SUPPLY, tally, { ...(await shop.held()), deadlocks: 0, breaches: [] });
    } finally {
      await shop.close();
      await close();
    }
  }

  test('a reservation that checks and then writes is caught', async () => {
    expect(await run('CHECK_THEN_WRITE')).toContainEqual(
      expect.stringMatching(/^OVERSOLD: \d+ units .* supply of 40$/),
    );
  });

  test('one that does both in one statement passes', async () => {
    expect(await run('CONDITIONAL_UPDATE')).toEqual([]);
  });

  const tally: Tally = {
    ...{ attempts: 50, accepted: 20, acceptedUnits: 40, refused: 30, withNextDate: 30 },
    ...{ others: {}, example: undefined, seconds: 1, p50: 1, p99: 1 },
  };
  const found: Found = { positionReserved: 40, sliceReserved: 40, deadlocks: 0, breaches: [] };
  test.each<[string, Partial<Tally>, Partial<Found>]>([
    ['OVERSOLD: 41 units', { acceptedUnits: 41 }, { positionReserved: 41, sliceReserved: 41 }],
    ['1 of 40 units were refused', { acceptedUnits: 39 }, { positionReserved: 39, sliceReserved: 39 }],
    ['the position holds 39', {}, { positionReserved: 39 }],
    ['the reservations hold 41', {}, { sliceReserved: 41 }],
    ['1 × 503', { refused: 29, withNextDate: 29, others: { 503: 1 }, example: 'busy' }, {}],
    ['2 refusals did not say when', { withNextDate: 28 }, {}],
    ['1 of 50 attempts', { refused: 29, withNextDate: 29 }, {}],
    ['PostgreSQL broke 2 deadlocks', {}, { deadlocks: 2 }],
    ['invariant: I1', {}, { breaches: ['I1'] }],
  ])('it says "%s"', (said, seen, database) => {
    const wrong = verdict(SUPPLY, { ...tally, ...seen }, { ...found, ...database });
    expect(wrong).toEqual([expect.stringContaining(said)]);
  });
});
