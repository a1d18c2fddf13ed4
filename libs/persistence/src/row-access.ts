import * as pg from 'pg';
import type { Roles } from './roles';

/** Tables of one schema whose rows are a partner's by another column than `partner`: name of the table, and the column. */
export type PartnerColumns = Readonly<Record<string, string>>;

/** The setting that says whose rows a connection in the partner's role sees. */
export const PARTNER_SETTING = 'crossdock.partner';

interface Schema {
  readonly schema: string;
  readonly partnerColumns?: PartnerColumns;
}
interface Table {
  readonly name: string;
  /** Whose row it is, as SQL; null for what is no partner's. */
  readonly condition: string | null;
}

/**
 * Gives the roles what they need in some schemas, and puts row-level security on every table with rows of partners: the system sees all, a
 * partner its own. It goes by the catalogue and runs after every migration, so a new table is not forgotten. Where nothing is missing
 * nothing is locked.
 */
export class RowAccess {
  private readonly names: readonly string[];

  constructor(
    private readonly client: pg.Client,
    private readonly roles: Roles,
    private readonly schemas: readonly Schema[],
  ) {
    this.names = schemas.map(({ schema }) => schema);
  }

  async give(): Promise<void> {
    await this.openSchemas();
    for (const { name, condition } of await this.tables()) {
      // First: nobody is to read a table that its rows do not protect yet.
      if (condition !== null) await this.secure(name, condition);
      await this.grant(name, ['select', 'insert', 'update', 'delete'], this.roles.system);
      if (condition !== null) await this.grant(name, ['select'], this.roles.partner);
    }
    await this.openSequences();
  }

  private async openSchemas(): Promise<void> {
    const { rows } = await this.client.query<{ schema: string; role: string }>(
      `select n.nspname as schema, role from pg_namespace n cross join unnest($2::text[]) as role
        where n.nspname = any($1) and not has_schema_privilege(role, n.oid, 'usage')`,
      [this.names, [this.roles.system, this.roles.partner]],
    );
    for (const { schema, role } of rows)
      await this.client.query(`grant usage on schema ${pg.escapeIdentifier(schema)} to ${pg.escapeIdentifier(role)}`);
  }

  /**
   * Every table with, in `condition`, whose a row is: by its column `partner`, by the column that its app names, or by the row of such a table
   * that a foreign key of one column leads to. What has run of the migrations is theirs alone.
   */
  private async tables(): Promise<Table[]> {
    const columns = Object.fromEntries(this.schemas.map(({ schema, partnerColumns = {} }) => [schema, partnerColumns]));
    const { rows } = await this.client.query<Table>(
      `with whole as (
         select c.oid, format('%I.%I', n.nspname, c.relname) as name, coalesce($2::jsonb -> n.nspname ->> c.relname, 'partner') as owner
           from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = any($1) and c.relkind in ('r', 'p') and c.relname <> 'migration'
       ), owned as (
         select w.oid, format('%I = current_setting(%L, true)', a.attname, $3::text) as condition
           from whole w join pg_attribute a on a.attrelid = w.oid and a.attname = w.owner and not a.attisdropped
       ), led as (
         select distinct on (f.conrelid) f.conrelid as oid,
                format('exists (select 1 from %s leads where leads.%I = %s.%I)',
                       f.confrelid::regclass, there.attname, f.conrelid::regclass, here.attname) as condition
           from pg_constraint f
           join owned o on o.oid = f.confrelid
           join pg_attribute here on here.attrelid = f.conrelid and here.attnum = f.conkey[1]
           join pg_attribute there on there.attrelid = f.confrelid and there.attnum = f.confkey[1]
          where f.contype = 'f' and array_length(f.conkey, 1) = 1
          order by f.conrelid, f.conname
       )
       select name, coalesce(owned.condition, led.condition) as condition
         from whole left join owned using (oid) left join led using (oid) order by name`,
      [this.names, JSON.stringify(columns), PARTNER_SETTING],
    );
    return rows;
  }

  /** Policies bear the name of the role they are for: an installation restored under another login gets that one's beside them. */
  private async secure(table: string, condition: string): Promise<void> {
    const { system, partner } = this.roles;
    const { rows } = await this.client.query<{ done: boolean }>(
      `select c.relrowsecurity and c.relforcerowsecurity
              and (select count(*) from pg_policy p where p.polrelid = c.oid and p.polname = any($2)) = 2 as done
         from pg_class c where c.oid = $1::regclass`,
      [table, [system, partner]],
    );
    if (rows[0]?.done === true) return;
    const all = pg.escapeIdentifier(system);
    const one = pg.escapeIdentifier(partner);
    // One message is one transaction: another process never meets the table half-way.
    await this.client.query(`
      alter table ${table} enable row level security, force row level security;
      drop policy if exists ${all} on ${table};
      drop policy if exists ${one} on ${table};
      create policy ${all} on ${table} to ${all} using (true) with check (true);
      create policy ${one} on ${table} to ${one} using (${condition}) with check (${condition});`);
  }

  private async grant(table: string, wanted: readonly string[], role: string): Promise<void> {
    const { rowCount } = await this.client.query(
      `select 1 from unnest($3::text[]) as each where not has_table_privilege($1, $2::regclass, each)`,
      [role, table, wanted],
    );
    if (rowCount !== 0)
      await this.client.query(`grant ${wanted.join(', ')} on ${table} to ${pg.escapeIdentifier(role)}`);
  }

  private async openSequences(): Promise<void> {
    const { rows } = await this.client.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = any($1) and case when c.relkind = 'S' then not has_sequence_privilege($2, c.oid, 'usage') end`,
      [this.names, this.roles.system],
    );
    for (const { name } of rows)
      await this.client.query(`grant usage, select on sequence ${name} to ${pg.escapeIdentifier(this.roles.system)}`);
  }
}
