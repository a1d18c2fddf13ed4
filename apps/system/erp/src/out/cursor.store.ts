import { Injectable } from '@nestjs/common';
import { Database } from '#persistence/database';
import type { Transaction } from '#persistence/database';

export type MasterDataKind = 'items' | 'customers' | 'prices';

/** How far the master data of each connection has been read. */
@Injectable()
export class CursorStore {
  constructor(private readonly database: Database) {}

  async read(connection: string, kind: MasterDataKind): Promise<string | undefined> {
    const { rows } = await this.database.query<{ cursor: string }>(
      'select cursor from erp.master_data_cursor where connection = $1 and kind = $2',
      [connection, kind],
    );
    return rows[0]?.cursor;
  }

  /** False when another reader has moved it since it was read: then what that one published is enough. */
  async advance(
    tx: Transaction,
    connection: string,
    kind: MasterDataKind,
    from: string | undefined,
    to: string,
  ): Promise<boolean> {
    const { rowCount } = await tx.query(
      `insert into erp.master_data_cursor as c (connection, kind, cursor) values ($1, $2, $4)
       on conflict (connection, kind) do update set cursor = excluded.cursor, updated_at = now() where c.cursor = $3`,
      [connection, kind, from ?? null, to],
    );
    return rowCount === 1;
  }
}
