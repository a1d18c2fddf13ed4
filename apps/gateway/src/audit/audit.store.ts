import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#persistence/database';
import { maskedText } from '#service/masking';

/** What somebody did to a partner, a plan or a key. */
export interface Act {
  /** The key that it was done with, or `installation` for what a command on the machine does. */
  readonly actor: string;
  readonly reason?: string;
}
/** What is done by a command on the machine itself, or by itself. */
export const INSTALLATION: Act = { actor: 'installation' };

export interface AuditRecord extends Act {
  /** @example "key.revoked" */
  readonly action: string;
  /** @example "partner/harbour/key/key_01" */
  readonly object: string;
  /** Never holds a secret. Absent when there was nothing before. */
  readonly before?: object;
  readonly after?: object;
}
export interface AuditRow {
  readonly seq: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly object: string;
  readonly reason: string | null;
  readonly before: object | null;
  readonly after: object | null;
  readonly hash: string;
}
export interface OwnAuditRow extends AuditRow {
  /** What the partner calls who did it; null when it was none of its own. */
  readonly actorName: string | null;
}
export interface AuditHead {
  readonly seq: string;
  readonly hash: string;
}
/** The first entry that is not as it was written, and what is wrong with it. */
export interface AuditBreach {
  readonly seq: string;
  readonly fault: 'ALTERED' | 'UNCHAINED' | 'MISSING' | 'CUT_OFF' | 'NOT_THE_EXPORTED_HEAD';
}

const FIRST_HASH = '0'.repeat(64);

/** An append-only log in which each entry holds the hash of the one before. */
@Injectable()
export class AuditStore {
  constructor(private readonly database: Database) {}

  /** Appends in the transaction of the act: one is not committed without the other. Writers take turns at the head. */
  async append(tx: Transaction, record: AuditRecord): Promise<void> {
    const head = tx.query<AuditHead>(`select seq, hash from gateway.audit_head for update`);
    const { seq, hash } = (await head).rows[0] ?? { seq: '0', hash: FIRST_HASH };
    await tx.query(
      `with entry as (
         select $1::bigint + 1 as seq, clock_timestamp() as at, $3::text as actor, $4::text as action, $5::text as object,
                $6::text as reason, $7::jsonb as before, $8::jsonb as after, $2::text as previous),
       written as (
         insert into gateway.audit (seq, at, actor, action, object, reason, before, after, previous, hash)
         select seq, at, actor, action, object, reason, before, after, previous,
                gateway.audit_hash(previous, seq, at, actor, action, object, reason, before, after)
           from entry
         returning seq, hash)
       update gateway.audit_head set seq = written.seq, hash = written.hash from written`,
      [
        seq,
        hash,
        record.actor,
        record.action,
        record.object,
        // People paste what they mean to revoke.
        record.reason === undefined ? null : maskedText(record.reason),
        jsonOf(record.before),
        jsonOf(record.after),
      ],
    );
  }

  /** Newest first, those before `before` only; of one object and what is under it when asked. */
  async page(limit: number, before?: string, object?: string): Promise<AuditRow[]> {
    const { rows } = await this.database.query<AuditRow>(
      `select seq, at, actor, action, object, reason, before, after, hash
         from gateway.audit
        where ($2::bigint is null or seq < $2) and ($3::text is null or object = $3 or starts_with(object, $3 || '/'))
        order by seq desc limit $1`,
      [limit, before ?? null, object ?? null],
    );
    return rows;
  }

  /** Of one partner, newest first, with what its own credentials and people are called. Whoever runs the installation has no name here. */
  async pageOfPartner(partner: string, limit: number, before?: string): Promise<OwnAuditRow[]> {
    const { rows } = await this.database.query<OwnAuditRow>(
      `select a.seq, a.at, a.actor, a.action, a.object, a.reason, a.before, a.after, a.hash,
              coalesce(k.name, c.name, p.name) as "actorName"
         from gateway.audit a
         left join gateway.api_key k on k.id = a.actor and k.partner = $1
         left join gateway.oauth_client c on c.id = a.actor and c.partner = $1
         left join gateway.person p on p.id = a.actor and p.partner = $1
        where ($3::bigint is null or a.seq < $3) and (a.object = 'partner/' || $1 or starts_with(a.object, 'partner/' || $1 || '/'))
        order by a.seq desc limit $2`,
      [partner, limit, before ?? null],
    );
    return rows;
  }

  async head(): Promise<AuditHead> {
    const { rows } = await this.database.query<AuditHead>(`select seq, hash from gateway.audit_head`);
    return rows[0] ?? { seq: '0', hash: FIRST_HASH };
  }

  /** Reads the whole log. `exported` is a head that was kept elsewhere: the only thing that whoever owns the database cannot rewrite. */
  async firstBreach(exported?: AuditHead): Promise<AuditBreach | undefined> {
    const { rows } = await this.database.query<AuditBreach>(
      `with chained as (
         select a.*, coalesce(lag(seq) over w, 0) as seq_before, coalesce(lag(hash) over w, $3) as hash_before
           from gateway.audit a window w as (order by seq)),
       breaches as (
         select seq, case
             when hash <> gateway.audit_hash(previous, seq, at, actor, action, object, reason, before, after) then 'ALTERED'
             when seq <> seq_before + 1 then 'MISSING'
             when previous <> hash_before then 'UNCHAINED' end as fault
           from chained
         union all
         select h.seq, 'CUT_OFF' from gateway.audit_head h
          where not exists (select 1 from gateway.audit a where a.seq = h.seq and a.hash = h.hash) and h.seq > 0
         union all
         select $1::bigint, 'NOT_THE_EXPORTED_HEAD'
          where $1::bigint > 0 and not exists (select 1 from gateway.audit a where a.seq = $1 and a.hash = $2))
       select case fault when 'MISSING' then (select seq_before + 1 from chained c where c.seq = b.seq) else seq end as seq, fault
         from breaches b where fault is not null order by 1 limit 1`,
      [exported?.seq ?? null, exported?.hash ?? null, FIRST_HASH],
    );
    return rows[0];
  }
}

function jsonOf(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
