import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as pg from 'pg';

/** `CHECK_THEN_WRITE` is the mistake that others ship: it reads what is left and then writes, with nothing between to hold others off. */
export type Manner = 'CHECK_THEN_WRITE' | 'CONDITIONAL_UPDATE';

const CONNECTIONS = 32;

export interface SmallShop {
  readonly url: string;
  /** Held by the position, and by the reservations. */
  held(): Promise<{ positionReserved: number; sliceReserved: number }>;
  close(): Promise<void>;
}

interface Asked {
  readonly lines: readonly { readonly quantity: { readonly value: string } }[];
}

/** A server that answers like `POST /portal/v1/reservations` and reserves in its own two tables: what the harness must catch, or let pass. */
export async function startSmallShop(database: string, supply: number, manner: Manner): Promise<SmallShop> {
  const pool = new pg.Pool({ connectionString: database, max: CONNECTIONS });
  // The end of a pool is not the end of its connections: a database dropped right after it cuts off the last of them.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  await pool.query(`
    create schema small_shop;
    create table small_shop.position (id int primary key, supply int not null, reserved int not null);
    create table small_shop.reservation (id bigint generated always as identity primary key, quantity int not null);
    insert into small_shop.position values (1, ${supply}, 0)`);
  // All connections are there before the first customer: those who wait for one do not race.
  await Promise.all(Array.from({ length: CONNECTIONS }, () => pool.query('select pg_sleep(0.1)')));
  const reserve = manner === 'CHECK_THEN_WRITE' ? checkThenWrite : conditionalUpdate;
  const server = createServer((request, response) => {
    void bodyOf(request)
      .then(({ lines }) => reserve(pool, Number(lines[0]?.quantity.value)))
      .then((taken) =>
        response.writeHead(taken ? 201 : 409, { 'content-type': 'application/json' }).end(taken ? '{}' : REFUSAL),
      )
      .catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    held: async () => {
      const { rows } = await pool.query<{ position: number; slices: number }>(
        `select reserved as position, (select coalesce(sum(quantity), 0)::int from small_shop.reservation) as slices from small_shop.position`,
      );
      return { positionReserved: rows[0]?.position ?? 0, sliceReserved: rows[0]?.slices ?? 0 };
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await pool.query('drop schema small_shop cascade');
      await pool.end();
    },
  };
}

const REFUSAL = JSON.stringify({ code: 'INSUFFICIENT_AVAILABILITY', errors: [{ nextDate: '2099-01-01' }] });

async function checkThenWrite(pool: pg.Pool, quantity: number): Promise<boolean> {
  const { rows } = await pool.query<{ free: number }>('select supply - reserved as free from small_shop.position');
  if ((rows[0]?.free ?? 0) < quantity) return false;
  // Whatever is done between the two, e.g. a price is looked up.
  await pool.query('select pg_sleep(0.02)');
  await pool.query('update small_shop.position set reserved = reserved + $1', [quantity]);
  await pool.query('insert into small_shop.reservation (quantity) values ($1)', [quantity]);
  return true;
}

async function conditionalUpdate(pool: pg.Pool, quantity: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with taken as (
       update small_shop.position set reserved = reserved + $1 where supply - reserved >= $1 returning id
     ) insert into small_shop.reservation (quantity) select $1 from taken`,
    [quantity],
  );
  return rowCount === 1;
}

async function bodyOf(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as Asked;
}
