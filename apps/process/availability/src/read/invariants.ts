import { Injectable } from '@nestjs/common';
import type { InvariantReport } from '#contracts/availability/invariants.dto';
import { Database } from '#persistence/database';
import { countChecked, findBreaches } from '../out/invariant.store';

/** I1, I2 and I6 of docs/reliability.md. */
@Injectable()
export class Invariants {
  constructor(private readonly database: Database) {}

  async check(): Promise<InvariantReport> {
    return this.database.transaction(async (tx) => {
      await tx.query('set transaction isolation level repeatable read, read only');
      return { checked: await countChecked(tx), breaches: await findBreaches(tx) };
    });
  }
}
