import type { ListMappingsQuery, MappingDto, MappingKind } from '#contracts/reference/mappings.dto';
import type { PutResult } from '#contracts/reference/reference.dto';
import type { Queryable, Statement, Transaction } from '#persistence/database';
import { mappingId } from '../map-codes/check-mapping';
import { putResults, type Stored } from './item.store';

interface Row {
  kind: MappingKind;
  system: string;
  external: string;
  internal: string;
  item: string;
  factor: string | null;
  validFrom: string;
  validTo: string | null;
}

const COLUMNS = `kind, system, external, internal, item, trim_scale(factor)::text as factor,
  valid_from::text as "validFrom", valid_to::text as "validTo"`;

/** Writers take turns: what is created and what replaces is said truly. Readers never wait. */
const lockMappings: Statement = { name: 'reference-mapping-lock', text: `select pg_advisory_xact_lock(7243103)` };

/** Codes that name a thing of ours which does not exist. Carriers, services, statuses and units are nobody's rows. */
const missingTargets: Statement = {
  name: 'reference-mapping-targets',
  text: `
    select n.position::int as position
      from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality as n (kind, system, internal, item, position)
     where (n.item <> '' and not exists (select from reference.item i where i.sku = n.item))
        or case n.kind
             when 'ITEM' then not exists (select from reference.item i where i.sku = n.internal)
             when 'CUSTOMER' then not exists (select from reference.customer c where c.id = n.internal)
             when 'SHIP_TO' then not exists (select from reference.ship_to s where s.partner = n.system and s.id = n.internal)
             when 'LOCATION' then not exists (select from reference.node o where o.id = n.internal)
             else false
           end`,
};

/** `created`: xmax is 0 only in a row that this statement inserted. A row that did not change is not returned. */
const upsertMappings: Statement = {
  name: 'reference-mapping-upsert',
  text: `
    insert into reference.mapping as m (kind, system, external, internal, item, factor, valid_from, valid_to)
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::numeric[], $7::date[], $8::date[])
    on conflict (kind, system, external, item, valid_from) do update
       set internal = excluded.internal, factor = excluded.factor, valid_to = excluded.valid_to, version = m.version + 1,
           updated_at = now()
     where (m.internal, m.factor, m.valid_to) is distinct from (excluded.internal, excluded.factor, excluded.valid_to)
    returning concat_ws('/', kind, system, external, item, valid_from) as id, xmax = 0 as created`,
};

/** Of those that hold on the day, the one that began last. */
const endOne: Statement = {
  name: 'reference-mapping-end',
  text: `
    update reference.mapping m set valid_to = $5::date, version = version + 1, updated_at = now()
     where (kind, system, external, item) = ($1, $2, $3, $4)
       and valid_from = (select max(o.valid_from) from reference.mapping o
                          where (o.kind, o.system, o.external, o.item) = ($1, $2, $3, $4)
                            and o.valid_from <= $5::date and (o.valid_to is null or o.valid_to >= $5::date))
    returning ${COLUMNS}`,
};

/** Days to come, with the seconds until they begin by the database's clock. A day is one of UTC. */
const untilDays: Statement = {
  name: 'reference-mapping-until',
  text: `
    select n.day, extract(epoch from (n.day::date::timestamp at time zone 'UTC') - now())::float8 as seconds
      from unnest($1::text[]) as n (day) where n.day::date > (now() at time zone 'UTC')::date`,
};

/** Read once a day. */
const beginning: Statement = {
  name: 'reference-mapping-beginning',
  text: `
    select distinct kind, system, external from reference.mapping where valid_from = any($1::date[]) order by system, kind, external`,
};

/** The conditions are written out so that the planner sees which index serves: the key, or (internal, kind, system). */
function listStatement(query: ListMappingsQuery): Statement {
  const filters = [
    ['kind', query.kind],
    ['system', query.system],
    ['external', query.external],
    ['internal', query.internal],
  ] as const;
  const where = filters.map(([column, value], index) =>
    value === undefined ? `$${index + 1}::text is null` : `${column} = $${index + 1}`,
  );
  const used = filters.map(([, value]) => Number(value !== undefined)).join('');
  return {
    name: `reference-mapping-list-${used}`,
    text: `
      select ${COLUMNS} from reference.mapping
       where ${where.join(' and ')}
         and ($5::date is null or (valid_from <= $5::date and (valid_to is null or valid_to >= $5::date)))
         and ($6::text is null or (kind, system, external, item, valid_from) > ($6, $7, $8, $9, $10::date))
       order by kind, system, external, item, mapping.valid_from limit $11`,
  };
}

/** Position → why not. */
export async function targetFaults(tx: Transaction, mappings: readonly MappingDto[]): Promise<Map<string, string>> {
  await tx.query(lockMappings);
  const { rows } = await tx.query<{ position: number }>(missingTargets, [
    mappings.map((each) => each.kind),
    mappings.map((each) => each.system),
    mappings.map((each) => each.internal),
    mappings.map((each) => each.item ?? ''),
  ]);
  return new Map(
    rows.flatMap(({ position }) => {
      const mapping = mappings[position - 1];
      return mapping ? [[mappingId(mapping), `there is no ${targetOf(mapping)}`]] : [];
    }),
  );
}

function targetOf({ kind, internal, item }: MappingDto): string {
  if (item !== undefined) return `item ${item}`;
  return kind === 'LOCATION' ? `node ${internal}` : `${kind.toLowerCase().replace('_', '-')} ${internal}`;
}

export async function putMappings(tx: Transaction, mappings: readonly MappingDto[]): Promise<PutResult[]> {
  const { rows } = await tx.query<Stored>(upsertMappings, [
    mappings.map((each) => each.kind),
    mappings.map((each) => each.system),
    mappings.map((each) => each.external),
    mappings.map((each) => each.internal),
    mappings.map((each) => each.item ?? ''),
    mappings.map((each) => each.factor ?? null),
    mappings.map((each) => each.validFrom),
    mappings.map((each) => each.validTo ?? null),
  ]);
  return putResults(mappings.map(mappingId), rows);
}

export async function untilFirstDays(
  tx: Transaction,
  days: readonly string[],
): Promise<{ day: string; seconds: number }[]> {
  return (await tx.query<{ day: string; seconds: number }>(untilDays, [days])).rows;
}

/** Codes of which a mapping begins on one of these days. */
export async function beginningOn(
  tx: Transaction,
  days: readonly string[],
): Promise<Pick<MappingDto, 'kind' | 'system' | 'external'>[]> {
  return (await tx.query<Pick<Row, 'kind' | 'system' | 'external'>>(beginning, [days])).rows;
}

/** The mapping as it is now; undefined when none holds on that day. */
export async function endMapping(
  tx: Transaction,
  key: Pick<MappingDto, 'kind' | 'system' | 'external' | 'item'>,
  lastDay: string,
): Promise<MappingDto | undefined> {
  const { rows } = await tx.query<Row>(endOne, [key.kind, key.system, key.external, key.item ?? '', lastDay]);
  return rows.map(mappingOf)[0];
}

export async function pageOfMappings(
  db: Queryable,
  query: ListMappingsQuery,
  after: readonly string[] | undefined,
  limit: number,
): Promise<MappingDto[]> {
  const { kind, system, external, internal, on } = query;
  const [afterKind, afterSystem, afterExternal, afterItem, afterDay] = after ?? [];
  const { rows } = await db.query<Row>(listStatement(query), [
    ...[kind, system, external, internal, on].map((value) => value ?? null),
    ...[afterKind, afterSystem, afterExternal, afterItem, afterDay].map((value) => value ?? null),
    limit,
  ]);
  return rows.map(mappingOf);
}

function mappingOf({ item, factor, validTo, ...row }: Row): MappingDto {
  return {
    ...row,
    ...(item === '' ? {} : { item }),
    ...(factor === null ? {} : { factor }),
    ...(validTo === null ? {} : { validTo }),
  };
}
