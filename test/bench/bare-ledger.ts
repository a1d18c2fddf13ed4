import * as pg from 'pg';
import { bulkRecords } from './bulk-records';

const HASH_LENGTH = 43;

interface Work {
  readonly first: number;
  readonly calls: number;
}

/** The tables of the product, without an index on the ledger; the positions need their key to be found by. */
const TABLES = `
  drop schema if exists bare cascade;
  create schema bare;
  create table bare.ledger (like availability.ledger including defaults including identity);
  create table bare.position (like availability.position including defaults including generated including indexes)`;

const POST = `
  with inserted as (
    insert into bare.ledger (source, record_id, content_hash, item, node, fact, quantity, on_hand, quarantined, damaged,
                             in_transit, occurred_at, reference, message_id)
    select $1, n.id, n.hash, n.item, n.node, n.fact, n.quantity, n.quantity, 0, 0, 0, n.at, n.reference, n.message
      from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::numeric[], $8::timestamptz[], $9::text[],
                  $10::text[]) as n (id, hash, item, node, fact, quantity, at, reference, message)
    returning item, node, on_hand
  )
  insert into bare.position as p (item, node, on_hand)
  select item, node, sum(on_hand) from inserted group by item, node
  on conflict (item, node) do update set on_hand = p.on_hand + excluded.on_hand`;

/**
 * The least that can keep the same facts: what is parsed already goes into a ledger without any index and into the positions, set-based, one
 * named statement and one commit per 5,000. No HTTP, no contract, no duplicates, no history by item. A process of its own: `node
 * bare-ledger.js <database url>`; answers the seconds that the calls took.
 */
async function serve(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(TABLES);
  process.on('message', ({ first, calls }: Work) => {
    void post(client, first, calls).then((seconds) => process.send?.(seconds));
  });
  process.once('disconnect', () => process.exit(0));
  process.send?.('ready');
}

async function post(client: pg.Client, first: number, calls: number): Promise<number> {
  const batches = Array.from({ length: calls }, (_, call) => bulkRecords(first + call));
  const startedAt = performance.now();
  for (const records of batches)
    await client.query({
      name: 'post',
      text: POST,
      values: [
        'wms/bench',
        records.map(({ id }) => id),
        records.map(({ id }) => id.padEnd(HASH_LENGTH, '-')),
        records.map(({ item }) => item),
        records.map(({ node }) => node),
        records.map(({ fact }) => fact),
        records.map(({ quantity }) => quantity),
        records.map(({ occurredAt }) => occurredAt),
        records.map(({ reference }) => reference),
        records.map(({ messageId }) => messageId),
      ],
    });
  return (performance.now() - startedAt) / 1000;
}

const [, , url] = process.argv;
if (url === undefined) throw new Error('bare-ledger <database url>');
void serve(url);
