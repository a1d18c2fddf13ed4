import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '#persistence/database';
import { Gatherer, type Outcome } from '#persistence/gather';
import { keysOf, type IdempotencySlot, type KeptAnswer } from './idempotency.store';

/** An answer under its key, and what it answered. */
export interface AnsweredRequest {
  readonly requestHash: string;
  readonly answer: KeptAnswer;
}
interface Keeping extends AnsweredRequest {
  readonly slot: IdempotencySlot;
}
interface Row {
  readonly member: number;
  readonly request_hash: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

// Commits without waiting for the disk, like every write of a key (docs/adr/0011). What stands there already is an answer of before, or an
// attempt whose process died: only the latter is replaced.
const KEEP: Statement = {
  name: 'gateway-answer-keep',
  plans: 'keyed',
  text: `
    insert into gateway.idempotency as slot (partner, operation, key, request_hash, lease_until, status, headers, body, finished_at)
    select partner, operation, key, request_hash, now(), status, headers::jsonb, body, now()
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[])
             as n (partner, operation, key, request_hash, status, headers, body)
     order by partner, operation, key
    on conflict (partner, operation, key) do update
       set request_hash = excluded.request_hash, status = excluded.status, headers = excluded.headers, body = excluded.body,
           finished_at = excluded.finished_at, fence = slot.fence + 1
     where slot.finished_at is null
    returning set_config('synchronous_commit', 'off', true)`,
};
const FIND: Statement = {
  name: 'gateway-answer-find',
  plans: 'keyed',
  text: `
    select member::int, request_hash, status, headers, body
      from unnest($1::text[], $2::text[], $3::text[]) with ordinality as n (partner, operation, key, member)
      join gateway.idempotency using (partner, operation, key) where finished_at is not null`,
};

/** Answers of operations whose key names what they make: written once, when it is made, and looked for when nothing was. */
@Injectable()
export class KeptAnswersStore {
  private readonly keeping = new Gatherer<Keeping, void>((members) => this.keepAll(members));
  private readonly finding = new Gatherer<IdempotencySlot, AnsweredRequest | undefined>((slots) => this.findAll(slots));

  constructor(private readonly database: Database) {}

  keep(slot: IdempotencySlot, requestHash: string, answer: KeptAnswer): Promise<void> {
    return this.keeping.call({ slot, requestHash, answer });
  }

  find(slot: IdempotencySlot): Promise<AnsweredRequest | undefined> {
    return this.finding.call(slot);
  }

  private async keepAll(members: readonly Keeping[]): Promise<Outcome<void>[]> {
    await this.database.query(KEEP, [
      ...keysOf(members),
      members.map(({ requestHash }) => requestHash),
      members.map(({ answer }) => answer.status),
      members.map(({ answer }) => JSON.stringify(answer.headers)),
      members.map(({ answer }) => answer.body),
    ]);
    return members.map(() => ({ value: undefined }));
  }

  private async findAll(slots: readonly IdempotencySlot[]): Promise<Outcome<AnsweredRequest | undefined>[]> {
    const { rows } = await this.database.query<Row>(FIND, keysOf(slots.map((slot) => ({ slot }))));
    const found = new Map(rows.map((row) => [row.member, row]));
    return slots.map((_, index) => {
      const row = found.get(index + 1);
      if (row === undefined) return { value: undefined };
      const { request_hash: requestHash, status, headers, body } = row;
      return { value: { requestHash, answer: { status, headers, body } } };
    });
  }
}
