import type { ContractPriceDto, CustomerDto, NodeDto, PutResult } from '#contracts/reference/reference.dto';
import type { Queryable, Statement, Transaction } from '#persistence/database';
import { rejectedClaims, type Claim } from '../put-records/claims';
import { putResults, type Stored } from './item.store';

const lockCustomers: Statement = { name: 'reference-customer-lock', text: `select pg_advisory_xact_lock(7243102)` };

const shipToOwners: Statement = {
  name: 'reference-ship-to-owners',
  text: `
    select s.partner, s.id, s.customer from reference.ship_to s
      join unnest($1::text[], $2::text[]) as n (partner, id) using (partner, id)`,
};

/** The ship-tos take part in the comparison as a digest, so that an address that changes counts as a change. */
const upsertCustomers: Statement = {
  name: 'reference-customer-upsert',
  text: `
    insert into reference.customer as c (id, partner, document)
    select id, partner, document::jsonb || jsonb_build_object('shipToDigest', md5(ship_tos::jsonb::text))
      from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as n (id, partner, document, ship_tos) order by id
    on conflict (id) do update
       set partner = excluded.partner, document = excluded.document, version = c.version + 1, updated_at = now()
     where c.document <> excluded.document
    returning id, xmax = 0 as created`,
};

const findCustomers: Statement = {
  name: 'reference-customers-find',
  text: `select id, document from reference.customer where id = any($1)`,
};

const deleteShipTos: Statement = {
  name: 'reference-ship-to-delete',
  text: `delete from reference.ship_to where customer = any($1)`,
};

const insertShipTos: Statement = {
  name: 'reference-ship-to-insert',
  text: `
    insert into reference.ship_to (partner, id, customer, address, details)
    select partner, id, customer, address::jsonb, details::jsonb
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) as n (partner, id, customer, address, details)`,
};

const upsertPrices: Statement = {
  name: 'reference-price-upsert',
  text: `
    insert into reference.contract_price as p (customer, item, valid_from, valid_to, amount, currency)
    select * from unnest($1::text[], $2::text[], $3::date[], $4::date[], $5::numeric[], $6::text[])
    on conflict (customer, item, valid_from) do update
       set valid_to = excluded.valid_to, amount = excluded.amount, currency = excluded.currency,
           version = p.version + 1, updated_at = now()
     where (p.valid_to, p.amount, p.currency) is distinct from (excluded.valid_to, excluded.amount, excluded.currency)
    returning customer || '/' || item || '/' || valid_from as id, xmax = 0 as created`,
};

const upsertNodes: Statement = {
  name: 'reference-node-upsert',
  text: `
    insert into reference.node as n (id, document)
    select id, document::jsonb from unnest($1::text[], $2::text[]) as sent (id, document)
    on conflict (id) do update
       set document = excluded.document, version = n.version + 1, updated_at = now()
     where n.document <> excluded.document
    returning id, xmax = 0 as created`,
};

const listNodes: Statement = {
  name: 'reference-node-list',
  text: `select document from reference.node order by (document->>'priority')::int, id`,
};

/** Customers without their ship-tos, as they are stored; they stay so until the transaction ends. */
export async function customerDocuments(tx: Transaction, ids: readonly string[]): Promise<Map<string, CustomerDto>> {
  await tx.query(lockCustomers);
  const { rows } = await tx.query<{ id: string; document: CustomerDto }>(findCustomers, [ids]);
  return new Map(rows.map((row) => [row.id, row.document]));
}

/** Stores customers with all their ship-tos. A ship-to that another customer of the partner keeps rejects its record alone. */
export async function putCustomers(tx: Transaction, customers: readonly CustomerDto[]): Promise<PutResult[]> {
  await tx.query(lockCustomers);
  const taken = await shipToFaults(tx, customers);
  const good = customers.filter((customer) => !taken.has(customer.id));
  const { rows } = await tx.query<Stored>(upsertCustomers, [
    good.map((customer) => customer.id),
    good.map((customer) => customer.partner),
    good.map((customer) => JSON.stringify({ ...customer, shipTos: undefined })),
    good.map((customer) => JSON.stringify(customer.shipTos)),
  ]);
  const changed = new Set(rows.map((row) => row.id));
  await replaceShipTos(
    tx,
    good.filter((customer) => changed.has(customer.id)),
  );
  const faults = [...taken].map(([id, detail]): PutResult => ({ id, outcome: 'rejected', detail }));
  return [
    ...putResults(
      good.map((customer) => customer.id),
      rows,
    ),
    ...faults,
  ];
}

async function replaceShipTos(tx: Transaction, customers: readonly CustomerDto[]): Promise<void> {
  const rows = customers.flatMap(({ id, partner, shipTos }) =>
    shipTos.map((shipTo) => ({ ...shipTo, customer: id, partner })),
  );
  await tx.query(deleteShipTos, [customers.map((customer) => customer.id)]);
  await tx.query(insertShipTos, [
    rows.map((row) => row.partner),
    rows.map((row) => row.id),
    rows.map((row) => row.customer),
    rows.map((row) => JSON.stringify(row.address)),
    rows.map(({ deliverable, maxWeightKg, takesHazardous }) =>
      JSON.stringify({ deliverable, maxWeightKg, takesHazardous }),
    ),
  ]);
}

async function shipToFaults(tx: Transaction, customers: readonly CustomerDto[]): Promise<Map<string, string>> {
  const wanted = customers.flatMap(({ id, partner, shipTos }) =>
    shipTos.map((shipTo) => ({ partner, id: shipTo.id, customer: id })),
  );
  const { rows: held } = await tx.query<(typeof wanted)[number]>(shipToOwners, [
    wanted.map((row) => row.partner),
    wanted.map((row) => row.id),
  ]);
  const shipTos = new Map(wanted.map((row) => [nameOf(row), row.id]));
  const claimOf = (row: (typeof wanted)[number]): Claim => ({ record: row.customer, name: nameOf(row) });
  const rejected = rejectedClaims(
    customers.map(({ id }) => id),
    wanted.map(claimOf),
    held.map(claimOf),
  );
  const told = ({ record, name }: Claim): string => `ship-to ${shipTos.get(name)} belongs to customer ${record}`;
  return new Map([...rejected].map(([customer, claim]) => [customer, told(claim)]));
}

function nameOf({ partner, id }: { partner: string; id: string }): string {
  return JSON.stringify([partner, id]);
}

export function priceId(price: ContractPriceDto): string {
  return `${price.customer}/${price.item}/${price.validFrom}`;
}

export async function putPrices(tx: Transaction, prices: readonly ContractPriceDto[]): Promise<PutResult[]> {
  const { rows } = await tx.query<Stored>(upsertPrices, [
    prices.map((price) => price.customer),
    prices.map((price) => price.item),
    prices.map((price) => price.validFrom),
    prices.map((price) => price.validTo ?? null),
    prices.map((price) => price.price.amount),
    prices.map((price) => price.price.currency),
  ]);
  return putResults(prices.map(priceId), rows);
}

export async function putNodes(tx: Transaction, nodes: readonly NodeDto[]): Promise<PutResult[]> {
  const ids = nodes.map((node) => node.id);
  const { rows } = await tx.query<Stored>(upsertNodes, [ids, nodes.map((node) => JSON.stringify(node))]);
  return putResults(ids, rows);
}

export async function allNodes(db: Queryable): Promise<NodeDto[]> {
  const { rows } = await db.query<{ document: NodeDto }>(listNodes);
  return rows.map((row) => row.document);
}
