import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import type { DifferencePage, DifferencesQuery, ToldDifference, ToldNumber, ToldPage, ToldQuery } from '#contracts/availability/feeds.dto'; // prettier-ignore
import { Database } from '#persistence/database';
import { toldOf, type ToldRow } from '../out/told.store';
import { micro, text } from '../promise/quantity';
import { ChannelNumbers, type ChannelNumber } from '../read/channel-numbers';

const DEFAULT_LIMIT = 100;
/** Items compared by one call: their numbers are computed anew. */
const AT_ONCE = 500;

/** What channels were last told, and where that is no longer so. */
@Injectable()
export class ToldNumbers {
  constructor(
    private readonly database: Database,
    private readonly numbers: ChannelNumbers,
  ) {}

  async page(query: ToldQuery): Promise<ToldPage> {
    const { rows, next } = await this.read('told', query, query.limit ?? DEFAULT_LIMIT);
    return { told: rows.map(viewOf), ...next };
  }

  async differences(query: DifferencesQuery): Promise<DifferencePage> {
    const { channel } = query;
    const { rows, next } = await this.read('differences', query, AT_ONCE);
    const items = [...new Set(rows.map(({ item }) => item))];
    const present = new Map((await this.numbers.of(items, channel)).map((number) => [number.item, number]));
    return { differences: rows.flatMap((row) => difference(row, present.get(row.item))), ...next };
  }

  private async read(list: string, { channel, item, cursor }: ToldQuery, limit: number) {
    const filter = { channel, item };
    const [after = ''] = decodeCursor(cursor, ['text'], list, filter) ?? [];
    const rows = await toldOf(this.database, { channel, item, after, items: limit + 1 });
    const items = [...new Set(rows.map((row) => row.item))];
    const last = items[limit - 1];
    if (items.length <= limit || last === undefined) return { rows, next: {} };
    const next = { next: encodeCursor([last], list, filter) };
    return { rows: rows.filter((row) => row.item !== items[limit]), next };
  }
}

function viewOf({ node, ...row }: ToldRow): ToldNumber {
  return { ...row, ...(node === '' ? {} : { node }) };
}

/** A node that has nothing of the item any more has 0. */
function difference(row: ToldRow, present: ChannelNumber | undefined): ToldDifference[] {
  const quantity = row.node === '' ? present?.total : present?.nodes.find(({ node }) => node === row.node)?.quantity;
  if (micro(row.quantity) === (quantity ?? 0n)) return [];
  return [{ ...viewOf(row), present: text(quantity ?? 0n), presentVersion: present?.version ?? row.version }];
}
