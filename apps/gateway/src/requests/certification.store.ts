import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#persistence/database';
import type { Proof } from './certification';

/** What partners have shown that their integrations do. It stays when the log of requests has forgotten how. */
@Injectable()
export class CertificationStore {
  /** Written by this process already: most requests show nothing new. */
  private readonly known = new Set<string>();

  constructor(private readonly database: Database) {}

  /** The first proof of a check stays. */
  async keep(tx: Transaction, proofs: readonly Proof[]): Promise<void> {
    const fresh = proofs.filter((proof) => !this.known.has(keyOf(proof)));
    if (fresh.length === 0) return;
    await tx.query(
      `insert into gateway.certification_proof (partner, "check", request, at)
       select partner, "check", request, at
         from jsonb_to_recordset($1::jsonb) as p(partner text, "check" text, request text, at timestamptz)
        order by 1, 2
       on conflict (partner, "check") do nothing`,
      [JSON.stringify(fresh)],
    );
  }

  /** After the commit: what was rolled back is written the next time. */
  kept(proofs: readonly Proof[]): void {
    for (const proof of proofs) this.known.add(keyOf(proof));
  }

  async of(partner: string): Promise<Proof[]> {
    const { rows } = await this.database
      .seenBy(partner)
      .query<Proof>(`select partner, "check", request, at from gateway.certification_proof where partner = $1`, [
        partner,
      ]);
    return rows;
  }
}

function keyOf({ partner, check }: Proof): string {
  return `${partner} ${check}`;
}
