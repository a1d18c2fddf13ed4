import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { AvailabilityDelta, DeltaPage, DeltasQuery } from '#contracts/availability/deltas.dto';
import { Database } from '#persistence/database';
import type { FeedCursor } from '../out/feed.store';
import { writeTolds, type Told } from '../out/told.store';
import { text } from '../promise/quantity';
import { ChannelNumbers, type ChannelNumber } from './channel-numbers';

const DEFAULT_LIMIT = 200;
/** Before every change. */
export const FEED_START: FeedCursor = { xid: '0', item: '' };

/** What changed since a reader last looked: each item once, with the value it has now. */
@Injectable()
export class Deltas {
  constructor(
    private readonly database: Database,
    private readonly numbers: ChannelNumbers,
  ) {}

  /** A channel that is named has been told what is answered. Errors: CURSOR_INVALID (invalid). */
  async deltas({ since, limit = DEFAULT_LIMIT, channel, by }: DeltasQuery): Promise<DeltaPage> {
    const cursor = since === undefined ? FEED_START : cursorOf(since);
    const { changes, next, more } = await this.numbers.changedSince(cursor, limit, channel);
    const told = changes.map((each) => deltaOf(each, by));
    if (channel !== undefined) await writeTolds(this.database, channel, 'CURSOR', told.flatMap(toldBy));
    return { changes: told, next: next ? cursorText(next) : (since ?? cursorText(FEED_START)), more };
  }
}

/** A number as a channel is told it. */
export function deltaOf({ item, version, changedAt, total, nodes }: ChannelNumber, by?: 'node'): AvailabilityDelta {
  const each = nodes.map(({ node, quantity }) => ({ node, availableToPromise: text(quantity) }));
  return { item, availableToPromise: text(total), version, changedAt, ...(by === 'node' ? { nodes: each } : {}) };
}

/** What is to be remembered of it. */
export function toldBy({ item, availableToPromise, version, nodes = [] }: AvailabilityDelta): Told[] {
  const all = { item, node: '', quantity: availableToPromise, version };
  return [all, ...nodes.map((each) => ({ ...all, node: each.node, quantity: each.availableToPromise }))];
}

export function cursorText({ xid, item }: FeedCursor): string {
  return `${xid}.${item}`;
}

function cursorOf(since: string): FeedCursor {
  const match = /^(\d{1,19})\.([^\0]*)$/.exec(since);
  if (!match)
    throw new CrossdockError({
      code: 'CURSOR_INVALID',
      kind: 'invalid',
      message: 'since is not a cursor of this feed',
    });
  return { xid: match[1] ?? '0', item: match[2] ?? '' };
}
