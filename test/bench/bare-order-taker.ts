import { randomUUID } from 'node:crypto';
import { fastify } from 'fastify';
import * as pg from 'pg';

/** What one accepted order of ours is made of, so that the twin writes rows of the same size. */
export interface OrderRows {
  readonly contents: string;
  readonly progress: string;
  readonly response: string;
  readonly answer: string;
  readonly events: readonly { readonly type: string; readonly envelope: string }[];
  readonly jobs: readonly { readonly queue: string; readonly payload: string }[];
}

export interface OrderSent {
  readonly purchaseOrder: string;
  readonly shipTo: string;
  readonly lines: readonly {
    readonly line: number;
    readonly item: string;
    readonly quantity: { readonly value: string; readonly unit: string };
  }[];
}

/** The tables, indexes and checks are the product's own; only the rows are the twin's. */
const SCHEMA = `
  drop schema if exists bench_reference cascade;
  create schema bench_reference;
  create table bench_reference.sales_order (like orders.sales_order including all);
  create table bench_reference.idempotency (like gateway.idempotency including all);
  create table bench_reference.position (like availability.position including all);
  create table bench_reference.reservation (like availability.reservation including all);
  create table bench_reference.slice (like availability.slice including all);
  create table bench_reference.outbox (like messaging.outbox including all);
  create table bench_reference.job (like messaging.job including all);
  insert into bench_reference.position (item, node, on_hand)
  select item, node, on_hand from availability.position where item like 'BENCH-%';
  analyze bench_reference.position`;

const CUSTOMER = {
  name: 'customer',
  text: `
    select c.id, c.document, s.address from reference.ship_to s join reference.customer c on c.id = s.customer
     where s.partner = $1 and s.id = $2`,
};
const ITEMS = { name: 'items', text: 'select sku, document from reference.item where sku = any($1)' };
const LOCK = {
  name: 'lock',
  text: `
    select item, usable - allocated - reserved as free from bench_reference.position
     where item = any($1) and node = $2 order by item for update`,
};
const TAKE = {
  name: 'take',
  text: `
    update bench_reference.position p set allocated = p.allocated + n.quantity
      from unnest($1::text[], $3::numeric[]) as n (item, quantity) where p.item = n.item and p.node = $2`,
};
const ORDER = {
  name: 'order',
  text: `
    insert into bench_reference.sales_order (id, partner, purchase_order_key, content_hash, status, holds, waiting, due_at, contents, progress)
    values ($1, $2, $3, $4, 'PROMISED', 0, false, now() + interval '24 hours', $5, $6)`,
};
const RESERVATION = {
  name: 'reservation',
  text: `
    with made as (
      insert into bench_reference.reservation (id, content_hash, kind, response, channel, partner) values ($1, $2, 'FIRM', $3, 'PORTAL', $4))
    insert into bench_reference.slice (reservation, line, item, node, state, held, quantity, ship_date, requested, basis, channel, partner)
    select $1, line, item, $5, 'ALLOCATED', true, quantity, current_date, current_date, 'ON_HAND', 'PORTAL', $4
      from unnest($6::int[], $7::text[], $8::numeric[]) as n (line, item, quantity)`,
};
const OUTGOING = {
  name: 'outgoing',
  text: `
    with told as (
      insert into bench_reference.outbox (event_id, type, partition_key, envelope)
      select event_id, type, $1, envelope from unnest($2::uuid[], $3::text[], $4::jsonb[]) as n (event_id, type, envelope))
    insert into bench_reference.job (queue, key, payload)
    select queue, $1 || '/' || queue, payload from unnest($5::text[], $6::jsonb[]) as n (queue, payload)`,
};
const KEY = {
  name: 'key',
  text: `
    insert into bench_reference.idempotency (partner, operation, key, request_hash, lease_until, status, headers, body, finished_at)
    values ($1, 'acceptOrder', $2, $3, now(), 201, '{}', $4, now())`,
};

const NODE = 'DC-NORTH';
const HASH = 'f'.repeat(64);

/**
 * The least that takes an order and leaves the same rows: bare Fastify, one transaction, each kind of row with one statement, named
 * statements, pool 10. It knows the customer and the items, locks and takes the stock, and keeps order, reservation, events, jobs
 * and key. No checks, no limits, no contract, no promise by date. `node bare-order-taker.js <database url> <partner> <rows as JSON>`.
 */
class OrderTaker {
  private readonly pool: pg.Pool;

  constructor(
    connectionString: string,
    private readonly partner: string,
    private readonly rows: OrderRows,
  ) {
    this.pool = new pg.Pool({ connectionString, max: 10 });
  }

  async serve(): Promise<void> {
    await this.pool.query(SCHEMA);
    const server = fastify();
    server.post<{ Body: OrderSent }>('/orders', async ({ body, headers }, reply) => {
      const id = await this.take(body, String(headers['idempotency-key']));
      return reply.code(201).send({ id, ...body });
    });
    process.send?.(await server.listen({ port: 0, host: '127.0.0.1' }));
    process.once('disconnect', () => process.exit(0));
  }

  private async take(order: OrderSent, key: string): Promise<string> {
    const client = await this.pool.connect();
    try {
      await client.query('begin');
      const id = await this.write(client, order, key);
      await client.query('commit');
      return id;
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  }

  private async write(
    client: pg.PoolClient,
    { purchaseOrder, shipTo, lines }: OrderSent,
    key: string,
  ): Promise<string> {
    const id = `ord_${randomUUID()}`;
    const items = lines.map(({ item }) => item);
    const quantities = lines.map(({ quantity }) => quantity.value);
    const { partner, rows } = this;
    const customer = await client.query({ ...CUSTOMER, values: [partner, shipTo] });
    const known = await client.query({ ...ITEMS, values: [items] });
    if (customer.rowCount !== 1 || known.rowCount !== items.length) throw new Error('unknown customer or item');
    const free = await client.query<{ item: string; free: string }>({ ...LOCK, values: [items, NODE] });
    const left = new Map(free.rows.map((row) => [row.item, Number(row.free)]));
    if (lines.some(({ item, quantity }) => !((left.get(item) ?? 0) >= Number(quantity.value))))
      throw new Error('sold out');
    await client.query({ ...TAKE, values: [items, NODE, quantities] });
    await client.query({ ...ORDER, values: [id, partner, purchaseOrder, HASH, rows.contents, rows.progress] });
    const numbers = lines.map(({ line }) => line);
    await client.query({
      ...RESERVATION,
      values: [id, HASH, rows.response, partner, NODE, numbers, items, quantities],
    });
    await client.query({
      ...OUTGOING,
      values: [
        ...[id, rows.events.map(() => randomUUID()), rows.events.map(({ type }) => type)],
        ...[rows.events.map(({ envelope }) => envelope), rows.jobs.map(({ queue }) => queue)],
        rows.jobs.map(({ payload }) => payload),
      ],
    });
    await client.query({ ...KEY, values: [partner, key, HASH, rows.answer] });
    return id;
  }
}

const [, , url, partner, rows] = process.argv;
if (url === undefined || partner === undefined || rows === undefined)
  throw new Error('bare-order-taker <database url> <partner> <rows>');
void new OrderTaker(url, partner, JSON.parse(rows) as OrderRows).serve();
