import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { clientConfig } from '#persistence/connection-options';
import { Database } from '#persistence/database';
import type { Statement } from '#persistence/database';
import * as pg from 'pg';

/** Each NOTIFY is a transaction here and work for everybody who listens. This process is woken at once, without it. */
const BETWEEN_NOTIFIES_MS = 50;

const notifyAll: Statement = {
  name: 'notify',
  text: 'select pg_notify(channel, $2) from unnest($1::text[]) as channel',
};

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
  private telling = false;
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

  /** Wakes this process at once, all others soon: with one NOTIFY for all channels and callers of the last moment. */
  notify(channel: string): void {
    this.call(channel);
    this.pending.add(channel);
    if (this.telling) return;
    this.telling = true;
    setImmediate(() => void this.tell());
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

  /** Ends when nobody has notified during the last pause. */
  private async tell(): Promise<void> {
    while (this.pending.size > 0) {
      const channels = [...this.pending];
      this.pending.clear();
      await this.database.query(notifyAll, [channels, this.self]).catch(() => undefined);
      await sleep(BETWEEN_NOTIFIES_MS, undefined, { ref: false });
    }
    this.telling = false;
  }

  private async connect(): Promise<void> {
    const { url, roles } = this.database;
    const client = new pg.Client(clientConfig(url, `crossdock-listener-${hostname()}`, roles.system));
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
