import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Injectable, Logger } from '@nestjs/common';
import { clientConfig, Database } from '#persistence/database';
import * as pg from 'pg';

/**
 * The one connection of a process that waits for NOTIFY. It only shortens waiting: whoever listens also polls, so a
 * lost connection costs time and nothing else.
 */
@Injectable()
export class Listener {
  private readonly log = new Logger('listener');
  private readonly callbacks = new Map<string, (() => void)[]>();
  private readonly pending = new Set<string>();
  private client: pg.Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private users = 0;
  private readonly self = randomUUID();

  constructor(private readonly database: Database) {}

  /** Calls back on every notification of the channel, and after a reconnect because some may have been missed. */
  on(channel: string, callback: () => void): void {
    const known = this.callbacks.get(channel);
    this.callbacks.set(channel, [...(known ?? []), callback]);
    if (!known) this.client?.query(`listen ${pg.escapeIdentifier(channel)}`).catch(() => undefined);
  }

  off(channel: string, callback: () => void): void {
    this.callbacks.set(
      channel,
      (this.callbacks.get(channel) ?? []).filter((each) => each !== callback),
    );
  }

  /** Wakes this process at once and all others with one NOTIFY per round trip, however many callers there are. */
  notify(channel: string): void {
    this.call(channel);
    if (this.pending.has(channel)) return;
    this.pending.add(channel);
    setImmediate(() => {
      this.pending.delete(channel);
      this.database
        .query({ name: 'notify', text: 'select pg_notify($1, $2)' }, [channel, this.self])
        .catch(() => undefined);
    });
  }

  async start(): Promise<void> {
    this.users += 1;
    if (this.users === 1) await this.connect();
  }

  async stop(): Promise<void> {
    this.users -= 1;
    if (this.users > 0) return;
    clearTimeout(this.retry);
    const { client } = this;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client(clientConfig(this.database.url, `crossdock-listener-${hostname()}`));
    client.on('error', () => undefined);
    client.on('end', () => this.lost(client));
    client.on('notification', ({ channel, payload }) => {
      if (payload !== this.self) this.call(channel);
    });
    this.client = client;
    try {
      await client.connect();
      for (const channel of this.callbacks.keys()) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
      for (const channel of this.callbacks.keys()) this.call(channel);
    } catch (error) {
      this.log.warn(`cannot listen, polling only: ${error instanceof Error ? error.message : String(error)}`);
      this.lost(client);
    }
  }

  private lost(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    if (this.users > 0) this.retry = setTimeout(() => void this.connect(), 500);
  }

  private call(channel: string): void {
    for (const callback of this.callbacks.get(channel) ?? []) callback();
  }
}
