import { createHash } from 'node:crypto';
import * as pg from 'pg';
import { sqlState } from './sql-state';

/** The two roles that the login of an installation takes on instead of being the owner of its tables. */
export interface Roles {
  /** Who owns and migrates: the user of the URL. */
  readonly login: string;
  /** What every connection of the product is: reads and writes the rows of all partners, and alters no table. */
  readonly system: string;
  /** What reads for one partner are: sees the rows of `crossdock.partner`, and nothing where that is not set. */
  readonly partner: string;
}

/** The login may not create the roles, or cannot use them. */
export class RolesMissingError extends Error {}

const LONGEST_NAME = 63;
const insufficientPrivilege = '42501';
/** Another installation of the same login was faster: two kinds of "it exists", and a row that changed under a grant. */
const RACED: readonly unknown[] = ['42710', '23505', 'XX000'];

/**
 * Roles are of the whole server. Each login has its own, so that who may read one installation does not become a reader of another one on
 * the same server.
 */
export function rolesOf(url: string): Roles {
  const { user } = new pg.Client({ connectionString: url });
  const login = user ?? 'postgres';
  return { login, system: named('crossdock_system', login), partner: named('crossdock_partner', login) };
}

function named(prefix: string, login: string): string {
  const name = `${prefix}_${login}`;
  if (Buffer.byteLength(name) <= LONGEST_NAME) return name;
  return `${prefix}_${createHash('sha256').update(login).digest('hex').slice(0, 24)}`;
}

/** A connection begins as this role and falls back to it, not to its login, on `reset role`. */
export function startsAs(role: string): string {
  return `-c role=${role.replace(/[\\\s]/g, '\\$&')}`;
}

/** Creates the roles and makes the login a member of them, where that is not done. */
export async function ensureRoles(client: pg.Client, roles: Roles): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      for (const role of [roles.system, roles.partner]) await ensure(client, role);
      return;
    } catch (error) {
      const state = sqlState(error);
      if (state === insufficientPrivilege) throw missing(roles, error);
      if (attempt >= 20 || !RACED.includes(state)) throw error;
    }
  }
}

async function ensure(client: pg.Client, role: string): Promise<void> {
  const name = pg.escapeIdentifier(role);
  const { rows } = await client.query('select rolsuper or rolbypassrls as above from pg_roles where rolname = $1', [
    role,
  ]);
  const [found] = rows as { above: boolean }[];
  if (found?.above === true)
    throw new RolesMissingError(`the role ${role} is a superuser or bypasses row-level security`);
  if (found === undefined) await client.query(`create role ${name} nologin`);
  if (!(await isMember(client, role))) await client.query(`grant ${name} to current_user`);
  if (!(await isMember(client, role)))
    throw new RolesMissingError(`the login must inherit what its role ${role} may do`);
}

/** May become it, and has what it may do: the owner of a table sees its rows by the policy for the system too. */
async function isMember(client: pg.Client, role: string): Promise<boolean> {
  const { rows } = await client.query<{ is: boolean }>(
    `select pg_has_role($1, 'USAGE')
            and pg_has_role($1, case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end) as is`,
    [role],
  );
  return rows[0]?.is === true;
}

function missing({ login, system, partner }: Roles, cause: unknown): RolesMissingError {
  const [user, all, one] = [login, system, partner].map((name) => pg.escapeIdentifier(name));
  return new RolesMissingError(
    `The user ${login} of DATABASE_URL may not create the roles that Crossdock works as. Give it the right to (alter role ${user} createrole), ` +
      `or let an administrator run once: create role ${all} nologin; create role ${one} nologin; grant ${all}, ${one} to ${user};`,
    { cause },
  );
}
