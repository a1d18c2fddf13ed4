import type { Tally } from './oversell-attack';

/** What the database says afterwards. */
export interface Found {
  /** Held for reservations, by the positions and by the reservations themselves. */
  readonly positionReserved: number;
  readonly sliceReserved: number;
  /** `pg_stat_database.deadlocks`, after less before. */
  readonly deadlocks: number;
  /** Of the invariants of stock, ledger and reservations. */
  readonly breaches: readonly string[];
}

/** Every way in which a run broke the promise; none: nothing was oversold and nobody was told nonsense. */
export function verdict(supply: number, tally: Tally, found: Found): string[] {
  const { attempts, accepted, acceptedUnits, refused, withNextDate, others, example } = tally;
  const wrong: string[] = [];
  const claim = (holds: boolean, otherwise: string): void => {
    if (!holds) wrong.push(otherwise);
  };
  claim(acceptedUnits <= supply, `OVERSOLD: ${acceptedUnits} units were confirmed of a supply of ${supply}`);
  claim(acceptedUnits >= supply, `${supply - acceptedUnits} of ${supply} units were refused to everybody`);
  claim(found.positionReserved === acceptedUnits, `the position holds ${found.positionReserved}, confirmed were ${acceptedUnits}`); // prettier-ignore
  claim(found.sliceReserved === acceptedUnits, `the reservations hold ${found.sliceReserved}, confirmed were ${acceptedUnits}`); // prettier-ignore
  for (const [kind, count] of Object.entries(others))
    wrong.push(`${count} × ${kind}, neither 201 nor a clean 409, e.g. ${example ?? ''}`);
  claim(withNextDate === refused, `${refused - withNextDate} refusals did not say when it would work`);
  const answered = accepted + refused + Object.values(others).reduce((sum, count) => sum + count, 0);
  claim(answered === attempts, `${attempts - answered} of ${attempts} attempts are not accounted for`);
  claim(found.deadlocks === 0, `PostgreSQL broke ${found.deadlocks} deadlocks`);
  return [...wrong, ...found.breaches.map((breach) => `invariant: ${breach}`)];
}
