import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import * as pg from 'pg';
import { DataSource } from 'typeorm';
import { arrayText } from './array-text';
import { explained } from './connection-lost';
import { dataSourceOptions, GuardedPool } from './connection-options';
import type { DatabaseOptions } from './connection-options';
import { RolesMissingError, rolesOf } from './roles';
import type { Roles } from './roles';
import { PARTNER_SETTING } from './row-access';
import { sqlState } from './sql-state';

/**
 * How PostgreSQL plans. `auto`: by the values of each call where that looks cheaper. `keyed`: once per connection and by index, for
 * statements that find rows by sets of keys: planning them costs as much as carrying them out, and a plan made while a table
 * was empty must not read all of it later.
 */
export type Plans = 'auto' | 'keyed';

/** SQL with a name is prepared once per connection: about a third faster than the same text unnamed. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  /** Default auto. In a transaction it is the transaction's that count. */
  readonly plans?: Plans;
}

export interface Rows<Row> {
  rows: Row[];
  rowCount: number;
}

export interface Queryable {
  query<Row extends object = Record<string, unknown>>(
    statement: string | Statement,
    values?: readonly unknown[],
  ): Promise<Rows<Row>>;
}

/** One open transaction: everything asked of it commits or rolls back together. */
export interface Transaction extends Queryable {
  readonly transaction: true;
  /** Runs once the transaction has committed, never when it rolled back. For wake-ups, not for effects. */
  afterCommit(callback: () => void): void;
  /**
   * Sends the commit in the packet of what was asked just before, which saves a round trip. Only where PostgreSQL itself refuses what must
   * not be: whatever the work finds wrong in the answers comes too late. Nothing may be asked after it.
   */
  commit(): void;
}

const serializationFailure = '40001';
const deadlockDetected = '40P01';

/** Runs the callback once what `db` did is committed: at once when it is no transaction. */
export function afterCommit(db: Queryable, callback: () => void): void {
  if (isTransaction(db)) db.afterCommit(callback);
  else callback();
}

function isTransaction(db: Queryable): db is Transaction {
  return 'afterCommit' in db;
}

/** The connection of a process to PostgreSQL. Hot SQL goes through named statements on the DataSource's own pool. */
@Injectable()
export class Database implements Queryable, OnApplicationShutdown {
  private constructor(
    readonly dataSource: DataSource,
    readonly pool: pg.Pool,
    readonly url: string,
    readonly roles: Roles,
  ) {}

  /** After `migrate`, which makes the roles: no connection of this is the owner of a table. */
  static async connect(options: DatabaseOptions): Promise<Database> {
    const roles = rolesOf(options.url);
    const dataSource = await new DataSource(dataSourceOptions(options, {}, roles.system)).initialize();
    const { driver } = dataSource;
    if (!('master' in driver && driver.master instanceof GuardedPool)) throw new Error('TypeORM made no pool of ours');
    const database = new Database(dataSource, driver.master, options.url, roles);
    await database.refuseOtherRole();
    return database;
  }

  async query<Row extends object = Record<string, unknown>>(
    statement: string | Statement,
    values: readonly unknown[] = [],
  ): Promise<Rows<Row>> {
    const client = await this.connection(typeof statement === 'string' ? undefined : statement.plans);
    let broken: Error | undefined;
    try {
      return await run<Row>(client, statement, values);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) broken = error instanceof Error ? error : new Error(String(error));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /**
   * Runs `work` in one transaction. What it asks without waiting for the answer before goes out in the same packet: a
   * statement still sees what those before it did and what was committed meanwhile. It is repeated, at most three times, only when PostgreSQL undid it for a
   * deadlock or a serialization failure: so `work` has no effect outside the transaction.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, plans?: Plans): Promise<T> {
    return this.repeated(work, 'begin', plans);
  }

  /**
   * A transaction that only reads, and in which PostgreSQL itself shows this partner's rows alone, whatever the statements ask for. Tables
   * that no partner has rows in cannot be read at all.
   */
  async asPartner<T>(partner: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.repeated(work, beginAs(this.roles.partner, partner), undefined);
  }

  /** What this partner sees, each statement by itself; everything, for who asks for no partner. */
  seenBy(partner: string | undefined): Queryable {
    if (partner === undefined) return this;
    return {
      query: <Row extends object>(statement: string | Statement, values?: readonly unknown[]) =>
        this.asPartner(partner, (tx) => {
          const asked = tx.query<Row>(statement, values);
          tx.commit();
          return asked;
        }),
    };
  }

  /** `begin` and whatever it begins with leaves as one message. */
  private async repeated<T>(
    work: (tx: Transaction) => Promise<T>,
    begin: string,
    plans: Plans | undefined,
  ): Promise<T> {
    for (let repeats = 0; ; repeats += 1) {
      try {
        return await this.once(work, begin, plans);
      } catch (error) {
        const state = sqlState(error);
        if (repeats >= 3 || (state !== serializationFailure && state !== deadlockDetected)) throw error;
        await sleep(Math.random() * 20 * 2 ** repeats);
      }
    }
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  /** A URL with options of its own, or a pooler that drops ours, would leave every connection with the rights of the owner. */
  private async refuseOtherRole(): Promise<void> {
    const { rows } = await this.query<{ role: string }>('select current_user as role');
    if (rows[0]?.role === this.roles.system) return;
    await this.close();
    throw new RolesMissingError(
      `connections are ${rows[0]?.role ?? 'nobody'} instead of ${this.roles.system}: DATABASE_URL, or a pooler before PostgreSQL, does not let options through`,
    );
  }

  /** A connection that plans so; telling it goes out with its first statement. */
  private async connection(plans: Plans = 'auto'): Promise<pg.PoolClient> {
    const client = await this.pool.connect().catch(explained);
    inOnePacket(client);
    if ((planning.get(client) ?? 'auto') !== plans) {
      planning.set(client, plans);
      client.query(PLANNING[plans]).catch(() => undefined);
    }
    return client;
  }

  private async once<T>(work: (tx: Transaction) => Promise<T>, begin: string, plans: Plans | undefined): Promise<T> {
    const client = await this.connection(plans);
    const open = new OpenTransaction(client);
    let broken: Error | undefined;
    try {
      // Goes out together with the first statement of the work, which fails with it.
      const begun = client.query(begin).catch(explained);
      const [result] = await Promise.all([work(open), begun]);
      await open.end();
      return result;
    } catch (error) {
      broken = await rollback(client);
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

/** Both settings end with the transaction. */
function beginAs(role: string, partner: string): string {
  if (partner === '') throw new RangeError('a partner without a name');
  return `begin; set local role ${pg.escapeIdentifier(role)}; set local ${PARTNER_SETTING} = ${pg.escapeLiteral(partner)}`;
}

/**
 * What a connection is asked until the promises of this turn have run leaves in one system call: by itself the driver makes one for
 * each statement, and wakes PostgreSQL with each.
 */
function inOnePacket(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Socket } }).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

const PLANNING: Readonly<Record<Plans, string>> = {
  auto: 'reset plan_cache_mode; reset enable_seqscan',
  keyed: 'set plan_cache_mode = force_generic_plan; set enable_seqscan = off',
};

/** What each connection was told last. */
const planning = new WeakMap<pg.PoolClient, Plans>();

class OpenTransaction implements Transaction {
  readonly transaction = true;
  private readonly callbacks: (() => void)[] = [];
  private committed: Promise<pg.QueryResult> | undefined;

  constructor(private readonly client: pg.PoolClient) {}

  query<Row extends object>(statement: string | Statement, values: readonly unknown[] = []): Promise<Rows<Row>> {
    if (this.committed !== undefined)
      return Promise.reject(new Error('asked of a transaction that has been committed'));
    return run<Row>(this.client, statement, values);
  }

  afterCommit(callback: () => void): void {
    this.callbacks.push(callback);
  }

  commit(): void {
    inOnePacket(this.client);
    this.committed ??= this.client.query('commit').catch(explained);
    // Who asked for it hears of a failure by `end`, or first by the statement that failed.
    this.committed.catch(() => undefined);
  }

  /** Resolves when it is committed. */
  async end(): Promise<void> {
    this.commit();
    // PostgreSQL answers `rollback` to the commit of a transaction in which a statement failed unnoticed.
    if ((await this.committed)?.command !== 'COMMIT')
      throw new Error('the transaction was rolled back: a statement in it had failed');
    for (const callback of this.callbacks) callback();
  }
}

/** Returns the error when the connection cannot be used again. */
async function rollback(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function run<Row extends object>(
  client: pg.PoolClient,
  statement: string | Statement,
  values: readonly unknown[],
): Promise<Rows<Row>> {
  inOnePacket(client);
  const config: pg.QueryConfig = typeof statement === 'string' ? { text: statement } : { name: statement.name, text: statement.text }; // prettier-ignore
  if (values.length > 0) config.values = values.map(written);
  const result = await client.query<Row & pg.QueryResultRow>(config).catch(explained);
  return { rows: result.rows, rowCount: result.rowCount ?? 0 };
}

/** Lists as we write them; everything else as the driver does. */
function written(value: unknown): unknown {
  return Array.isArray(value) ? (arrayText(value) ?? value) : value;
}
