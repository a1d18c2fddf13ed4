import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#persistence/database';
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
  readonly request_hash: string;
  readonly finished: boolean;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly wait: string;
}

// An attempt whose lease is over died with its process: everything below is idempotent by business key, so it is run again.
const BEGIN = {
  name: 'gateway-idempotency-begin',
  text: `
    insert into gateway.idempotency as slot (partner, operation, key, request_hash, lease_until)
    values ($1, $2, $3, $4, now() + $5 * interval '1 second')
    on conflict (partner, operation, key) do update
       set fence = slot.fence + 1, lease_until = excluded.lease_until
     where slot.finished_at is null and slot.lease_until < now() and slot.request_hash = excluded.request_hash
    returning fence`,
};
const READ = {
  name: 'gateway-idempotency-read',
  text: `
    select request_hash, finished_at is not null as finished, status, headers, body,
           ceil(extract(epoch from lease_until - now())) as wait
      from gateway.idempotency where partner = $1 and operation = $2 and key = $3`,
};
const FINISH = {
  name: 'gateway-idempotency-finish',
  text: `
    update gateway.idempotency set status = $5, headers = $6::jsonb, body = $7, finished_at = now()
     where partner = $1 and operation = $2 and key = $3 and fence = $4 and finished_at is null`,
};
const RELEASE = {
  name: 'gateway-idempotency-release',
  text: `
    delete from gateway.idempotency
     where partner = $1 and operation = $2 and key = $3 and fence = $4 and finished_at is null`,
};

/** What was answered under which key. */
@Injectable()
export class IdempotencyStore {
  constructor(
    private readonly database: Database,
    @Inject(gatewayConfig.token)
    private readonly config: Pick<GatewayConfig, 'idempotencyLeaseSeconds' | 'idempotencyDays'>,
  ) {}

  /** Takes the slot, or says what stands in it. Of concurrent callers exactly one runs. */
  async begin(slot: IdempotencySlot, requestHash: string): Promise<Attempt> {
    for (;;) {
      const taken = await this.database.query<{ fence: string }>(BEGIN, [
        ...keyOf(slot),
        requestHash,
        this.config.idempotencyLeaseSeconds,
      ]);
      const fence = taken.rows[0]?.fence;
      if (fence !== undefined) return { outcome: 'run', fence };
      const { rows } = await this.database.query<Row>(READ, keyOf(slot));
      const row = rows[0];
      // Released between the two statements: the slot is free again.
      if (row !== undefined) return standing(row, requestHash);
    }
  }

  async finish(slot: IdempotencySlot, fence: string, answer: KeptAnswer): Promise<void> {
    await this.database.query(FINISH, [
      ...keyOf(slot),
      fence,
      answer.status,
      JSON.stringify(answer.headers),
      answer.body,
    ]);
  }

  /** The attempt changed nothing: the key is free for another. */
  async release(slot: IdempotencySlot, fence: string): Promise<void> {
    await this.database.query(RELEASE, [...keyOf(slot), fence]);
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
}

function standing(row: Row, requestHash: string): Attempt {
  if (row.request_hash !== requestHash) return { outcome: 'other-request' };
  if (!row.finished) return { outcome: 'running', retryAfter: Math.max(1, Number(row.wait)) };
  return { outcome: 'done', answer: { status: row.status, headers: row.headers, body: row.body } };
}

function keyOf({ partner, operation, key }: IdempotencySlot): string[] {
  return [partner, operation, key];
}
