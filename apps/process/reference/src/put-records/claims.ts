/** A record wants, or has, a name that only one may have: a GTIN, or a ship-to of a partner. */
export interface Claim {
  readonly record: string;
  readonly name: string;
}

/**
 * Record → the claim of another that is in its way. A name goes from one record to another only when both are sent and the one that has it
 * no longer wants it. Who is rejected keeps what it has, which may reject another. Pure.
 */
export function rejectedClaims(sent: Iterable<string>, wanted: readonly Claim[], held: readonly Claim[]) {
  const rejected = new Map<string, Claim>();
  const records = new Set(sent);
  const asked = new Set(wanted.map(keyOf));
  for (let before = -1; before < rejected.size;) {
    before = rejected.size;
    const stays = (claim: Claim): boolean =>
      !records.has(claim.record) || rejected.has(claim.record) || asked.has(keyOf(claim));
    const owners = new Map(held.filter(stays).map(({ name, record }) => [name, record]));
    for (const { record, name } of wanted.filter((claim) => !rejected.has(claim.record))) {
      const owner = owners.get(name) ?? record;
      if (owner === record) owners.set(name, record);
      else rejected.set(record, { record: owner, name });
    }
  }
  return rejected;
}

function keyOf({ record, name }: Claim): string {
  return JSON.stringify([record, name]);
}
