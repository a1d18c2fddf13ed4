import { Inject, Injectable } from '@nestjs/common';
import { Database, type Statement } from '#persistence/database';
import { Gatherer, type Outcome } from '#persistence/gather';
import { gatewayConfig, type GatewayConfig } from '../config';

/** One key of one partner on one operation. */
export interface IdempotencySlot {
  readonly partner: string;
  readonly operation: string;
  readonly key: string;
}
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
export type Attempt =
  | { readonly outcome: 'run'; readonly fence: string }
  | { readonly outcome: 'running'; readonly retryAfter: number }
  | { readonly outcome: 'other-request' }
  | { readonly outcome: 'done'; readonly answer: KeptAnswer };

interface Row {
  readonly member: number;
  readonly request_hash: string;
  readonly finished: boolean;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly wait: string;
}

// Both writes commit without waiting for the disk (docs/adr/0011): whoever asks sees them at once, and only a crash of PostgreSQL within
// a moment forgets them. An attempt that is forgotten had no effect that was not forgotten with it; one whose answer is forgotten is run
// again when its lease is over. `set_config` is local to the statement's own transaction.
// An attempt whose lease is over died with its process: everything below is idempotent by business key, so it is run again.
// Rows are taken in key order, so that two statements never wait for each other in a ring.
const BEGIN: Statement = {
  name: 'gateway-idempotency-begin',
  plans: 'keyed',
  text: `
    with asked as (
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality
                 as n (partner, operation, key, request_hash, member)),
    taken as (
      insert into gateway.idempotency as slot (partner, operation, key, request_hash, lease_until)
      select partner, operation, key, request_hash, now() + $5 * interval '1 second' from asked
       order by partner, operation, key
      on conflict (partner, operation, key) do update
         set fence = slot.fence + 1, lease_until = excluded.lease_until
       where slot.finished_at is null and slot.lease_until < now() and slot.request_hash = excluded.request_hash
      returning partner, operation, key, fence)
    select member::int, fence, set_config('synchronous_commit', 'off', true)
      from taken join asked using (partner, operation, key)`,
};
const READ: Statement = {
  name: 'gateway-idempotency-read',
  plans: 'keyed',
  text: `
    select member::int, request_hash, finished_at is not null as finished, status, headers, body,
           ceil(extract(epoch from lease_until - now())) as wait
      from unnest($1::text[], $2::text[], $3::text[]) with ordinality as n (partner, operation, key, member)
      join gateway.idempotency using (partner, operation, key)`,
};
const FINISH: Statement = {
  name: 'gateway-idempotency-finish',
  plans: 'keyed',
  text: `
    update gateway.idempotency as slot
       set status = n.status, headers = n.headers::jsonb, body = n.body, finished_at = now()
      from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::int[], $6::text[], $7::text[])
             as n (partner, operation, key, fence, status, headers, body)
     where (slot.partner, slot.operation, slot.key, slot.fence) = (n.partner, n.operation, n.key, n.fence)
       and slot.finished_at is null
    returning set_config('synchronous_commit', 'off', true)`,
};
const RELEASE: Statement = {
  name: 'gateway-idempotency-release',
  plans: 'keyed',
  text: `
    delete from gateway.idempotency as slot
     using unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) as n (partner, operation, key, fence)
     where (slot.partner, slot.operation, slot.key, slot.fence) = (n.partner, n.operation, n.key, n.fence)
       and slot.finished_at is null`,
};

interface Asked {
  readonly slot: IdempotencySlot;
  readonly requestHash: string;
}
interface Ended {
  readonly slot: IdempotencySlot;
  readonly fence: string;
}
interface Finished extends Ended {
  readonly answer: KeptAnswer;
}

/** What was answered under which key. Requests of one event-loop turn go to the database together: one commit for many of them. */
@Injectable()
export class IdempotencyStore {
  private readonly begun = new Gatherer<Asked, Attempt>((asked) => this.beginAll(asked));
  private readonly finished = new Gatherer<Finished, void>((ended) => this.finishAll(ended));
  private readonly released = new Gatherer<Ended, void>((ended) => this.releaseAll(ended));

  constructor(
    private readonly database: Database,
    @Inject(gatewayConfig.token)
    private readonly config: Pick<GatewayConfig, 'idempotencyLeaseSeconds' | 'idempotencyDays'>,
  ) {}

  /** Takes the slot, or says what stands in it. Of concurrent callers exactly one runs. */
  begin(slot: IdempotencySlot, requestHash: string): Promise<Attempt> {
    return this.begun.call({ slot, requestHash });
  }

  finish(slot: IdempotencySlot, fence: string, answer: KeptAnswer): Promise<void> {
    return this.finished.call({ slot, fence, answer });
  }

  /** The attempt changed nothing: the key is free for another. */
  release(slot: IdempotencySlot, fence: string): Promise<void> {
    return this.released.call({ slot, fence });
  }

  /** Deletes answers older than the days they are kept; at most 5,000 at a time. Answers how many. */
  async sweep(): Promise<number> {
    const { rowCount } = await this.database.query(
      `delete from gateway.idempotency where (partner, operation, key) in (
         select partner, operation, key from gateway.idempotency
          where created_at < now() - $1 * interval '1 day' order by created_at limit 5000)`,
      [this.config.idempotencyDays],
    );
    return rowCount;
  }

  private async beginAll(asked: readonly Asked[]): Promise<Outcome<Attempt>[]> {
    const attempts = new Map<Asked, Attempt>();
    let open = asked;
    // More than once only when a slot was released between the two statements: it is free again.
    while (open.length > 0) {
      await this.take(firstOfEachSlot(open), attempts);
      open = open.filter((each) => !attempts.has(each));
      if (open.length > 0) await this.read(open, attempts);
      open = open.filter((each) => !attempts.has(each));
    }
    return asked.flatMap((each) => {
      const value = attempts.get(each);
      return value ? [{ value }] : [];
    });
  }

  private async take(asked: readonly Asked[], attempts: Map<Asked, Attempt>): Promise<void> {
    const { rows } = await this.database.query<{ member: number; fence: string }>(BEGIN, [
      ...keysOf(asked),
      asked.map(({ requestHash }) => requestHash),
      this.config.idempotencyLeaseSeconds,
    ]);
    for (const { member, fence } of rows) {
      const each = asked[member - 1];
      if (each) attempts.set(each, { outcome: 'run', fence });
    }
  }

  private async read(asked: readonly Asked[], attempts: Map<Asked, Attempt>): Promise<void> {
    const { rows } = await this.database.query<Row>(READ, keysOf(asked));
    for (const row of rows) {
      const each = asked[row.member - 1];
      if (each) attempts.set(each, standing(row, each.requestHash));
    }
  }

  private async finishAll(ended: readonly Finished[]): Promise<Outcome<void>[]> {
    await this.database.query(FINISH, [
      ...keysOf(ended),
      ended.map(({ fence }) => fence),
      ended.map(({ answer }) => answer.status),
      ended.map(({ answer }) => JSON.stringify(answer.headers)),
      ended.map(({ answer }) => answer.body),
    ]);
    return ended.map(() => ({ value: undefined }));
  }

  private async releaseAll(ended: readonly Ended[]): Promise<Outcome<void>[]> {
    await this.database.query(RELEASE, [...keysOf(ended), ended.map(({ fence }) => fence)]);
    return ended.map(() => ({ value: undefined }));
  }
}

/** A statement can take a slot once: who asks for the same one beside finds it taken. */
function firstOfEachSlot(asked: readonly Asked[]): Asked[] {
  const first = new Map<string, Asked>();
  for (const each of asked) {
    const name = JSON.stringify([each.slot.partner, each.slot.operation, each.slot.key]);
    if (!first.has(name)) first.set(name, each);
  }
  return [...first.values()];
}

function standing(row: Row, requestHash: string): Attempt {
  if (row.request_hash !== requestHash) return { outcome: 'other-request' };
  if (!row.finished) return { outcome: 'running', retryAfter: Math.max(1, Number(row.wait)) };
  return { outcome: 'done', answer: { status: row.status, headers: row.headers, body: row.body } };
}

/** Partners, operations and keys, as every statement on the answers takes them. */
export function keysOf(members: readonly { readonly slot: IdempotencySlot }[]): string[][] {
  return [
    members.map(({ slot }) => slot.partner),
    members.map(({ slot }) => slot.operation),
    members.map(({ slot }) => slot.key),
  ];
}
