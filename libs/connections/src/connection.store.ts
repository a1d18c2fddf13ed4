import type { Database, Statement } from '#persistence/database';

export interface ConnectionRow {
  readonly id: string;
  readonly product: string;
  readonly settings: Record<string, unknown>;
  readonly credentials: Buffer;
  readonly credentialNames: string[];
  readonly abilities: string[];
  readonly state: 'ACTIVE' | 'PAUSED';
  readonly pausedReason: string | null;
  readonly version: number;
  readonly updatedAt: Date;
}

export type ConnectionContent = Pick<
  ConnectionRow,
  'id' | 'product' | 'settings' | 'credentials' | 'credentialNames' | 'abilities'
>;

const COLUMNS = `id, product, settings, credentials, credential_names as "credentialNames", abilities, state,
  paused_reason as "pausedReason", version, updated_at as "updatedAt"`;

/** The statements of one system app's `connection` table. */
export class ConnectionStore {
  private readonly findStatement: Statement;

  constructor(
    private readonly database: Database,
    private readonly schema: string,
  ) {
    this.findStatement = {
      name: `${schema}-connection`,
      text: `select ${COLUMNS} from ${schema}.connection where id = $1`,
    };
  }

  async find(id: string): Promise<ConnectionRow | undefined> {
    return (await this.database.query<ConnectionRow>(this.findStatement, [id])).rows[0];
  }

  async list(): Promise<ConnectionRow[]> {
    return (await this.database.query<ConnectionRow>(`select ${COLUMNS} from ${this.schema}.connection order by id`))
      .rows;
  }

  async put(content: ConnectionContent): Promise<ConnectionRow> {
    const { rows } = await this.database.query<ConnectionRow>(
      `insert into ${this.schema}.connection as c (id, product, settings, credentials, credential_names, abilities)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (id) do update
          set product = excluded.product, settings = excluded.settings, credentials = excluded.credentials,
              credential_names = excluded.credential_names, abilities = excluded.abilities,
              version = c.version + 1, updated_at = now()
       returning ${COLUMNS}`,
      [
        content.id,
        content.product,
        JSON.stringify(content.settings),
        content.credentials,
        content.credentialNames,
        content.abilities,
      ],
    );
    return only(rows);
  }

  /** undefined when there is no such connection. */
  async setState(id: string, state: 'ACTIVE' | 'PAUSED', reason: string | null): Promise<ConnectionRow | undefined> {
    const { rows } = await this.database.query<ConnectionRow>(
      `update ${this.schema}.connection set state = $2, paused_reason = $3, updated_at = now() where id = $1 returning ${COLUMNS}`,
      [id, state, reason],
    );
    return rows[0];
  }
}

function only(rows: readonly ConnectionRow[]): ConnectionRow {
  const [row] = rows;
  if (!row) throw new Error('an upsert returned no row');
  return row;
}
