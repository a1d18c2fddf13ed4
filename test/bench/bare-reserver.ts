import * as pg from 'pg';

/** What is asked of it: so many reservations by so many clients, over so many items. */
export interface Work {
  readonly items: number;
  readonly clients: number;
  readonly reservations: number;
}

export interface Done {
  readonly seconds: number;
  /** Units reserved in all, counted in the table afterwards. */
  readonly reserved: number;
}

const SCHEMA = `
  drop schema if exists bench_reference cascade;
  create schema bench_reference;
  create table bench_reference.position (
    item text not null, node text not null, on_hand numeric(18,6) not null, reserved numeric(18,6) not null default 0,
    primary key (item, node), check (reserved <= on_hand)) with (fillfactor = 70);
  create table bench_reference.reservation (
    id bigint generated always as identity primary key, item text not null, node text not null, quantity numeric(18,6) not null,
    created_at timestamptz not null default now());`;
const STOCK = `
  insert into bench_reference.position (item, node, on_hand)
  select 'BENCH-' || number, 'DC-NORTH', 1000000000 from generate_series(0, $1::int - 1) as number`;
const TAKE = {
  name: 'take',
  text: `
    update bench_reference.position set reserved = reserved + $3
     where item = $1 and node = $2 and on_hand - reserved >= $3 returning on_hand - reserved as left`,
};
const KEEP = {
  name: 'keep',
  text: 'insert into bench_reference.reservation (item, node, quantity) values ($1, $2, $3)',
};

/**
 * The least that reserves without overselling: one conditional UPDATE and one INSERT in a transaction, four round trips, named
 * statements, a connection for each client. No HTTP, no idempotency, no promise. `node bare-reserver.js <database url>`.
 */
class Reserver {
  constructor(private readonly connectionString: string) {}

  async prepare(items: number): Promise<void> {
    await this.once(SCHEMA);
    await this.once(STOCK, [items]);
    await this.once('vacuum analyze bench_reference.position');
  }

  async run({ items, clients, reservations }: Work): Promise<Done> {
    await this.prepare(items);
    const connections = await Promise.all(Array.from({ length: clients }, () => this.connect()));
    let next = 0;
    const startedAt = performance.now();
    await Promise.all(
      connections.map(async (client) => {
        while (next < reservations) await reserve(client, `BENCH-${(next += 1) % items}`);
      }),
    );
    const seconds = (performance.now() - startedAt) / 1000;
    await Promise.all(connections.map((client) => client.end()));
    const [row] = await this.once<{ reserved: string }>(
      'select sum(reserved) as reserved from bench_reference.position',
    );
    return { seconds, reserved: Number(row?.reserved) };
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.connectionString });
    await client.connect();
    return client;
  }

  private async once<Row extends object>(text: string, values?: unknown[]): Promise<Row[]> {
    const client = await this.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }
}

async function reserve(client: pg.Client, item: string): Promise<void> {
  await client.query('begin');
  const { rowCount } = await client.query({ ...TAKE, values: [item, 'DC-NORTH', 1] });
  if (rowCount !== 1) throw new Error(`nothing left of ${item}`);
  await client.query({ ...KEEP, values: [item, 'DC-NORTH', 1] });
  await client.query('commit');
}

const [, , url] = process.argv;
if (url === undefined) throw new Error('bare-reserver <database url>');
const reserver = new Reserver(url);
process.on('message', (work) => {
  void reserver.run(work as Work).then((done) => process.send?.(done));
});
process.once('disconnect', () => process.exit(0));
process.send?.('ready');
