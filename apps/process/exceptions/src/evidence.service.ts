import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import { CrossdockError } from '#canonical/errors';
import { EvidenceApi } from '#contracts/exceptions/evidence.api';
import type {
  ListMessagesQuery,
  MessageLine,
  MessagePage,
  MessageQuery,
  MessageView,
  OrderTimeline,
  OrderTimelineQuery,
} from '#contracts/exceptions/evidence.dto';
import { listArchive, readArchive, type ArchivedLine } from '#messaging/archive';
import { Database } from '#persistence/database';
import { Timelines } from './timeline/timelines';

const DEFAULT_PAGE = 50;

/** What happened to an order, and the raw messages that prove it. */
@Injectable()
export class EvidenceService extends EvidenceApi {
  constructor(
    private readonly database: Database,
    private readonly timelines: Timelines,
  ) {
    super();
  }

  async timeline({ order }: OrderTimelineQuery): Promise<OrderTimeline> {
    return this.timelines.of(order);
  }

  async messages({ cursor, limit = DEFAULT_PAGE, ...filter }: ListMessagesQuery): Promise<MessagePage> {
    const before = decodeCursor(cursor, ['text'], 'messages', filter)?.[0];
    const found = await this.lines(filter, before, limit + 1);
    const messages = found.slice(0, limit).map(lineOf);
    const last = messages.at(-1);
    return found.length > limit && last
      ? { messages, next: encodeCursor([last.id], 'messages', filter) }
      : { messages };
  }

  async message({ id }: MessageQuery): Promise<MessageView> {
    const [line] = await listArchive(this.database, { ids: [id] }, undefined, 1);
    const payload = line && (await readArchive(this.database, line));
    if (!line || !payload)
      throw new CrossdockError({ code: 'MESSAGE_UNKNOWN', kind: 'not-found', message: `there is no message ${id}` });
    return { ...lineOf(line), ...payload };
  }

  /** By order: what carries a correlation of its facts, and the messages that its facts came from. */
  private async lines(
    { order, correlationId, connection }: Pick<ListMessagesQuery, 'order' | 'correlationId' | 'connection'>,
    before: string | undefined,
    limit: number,
  ): Promise<ArchivedLine[]> {
    const where = { ...(connection === undefined ? {} : { connection }) };
    if (order === undefined) {
      const correlations = correlationId === undefined ? {} : { correlations: [correlationId] };
      return listArchive(this.database, { ...where, ...correlations }, before, limit);
    }
    const { ids, correlations } = await this.timelines.traces(order);
    const sides = await Promise.all([
      listArchive(this.database, { ...where, ids }, before, limit),
      listArchive(this.database, { ...where, correlations }, before, limit),
    ]);
    const distinct = [...new Map(sides.flat().map((line) => [line.id, line])).values()];
    return distinct.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit);
  }
}

function lineOf({ correlationId, status, at, ...line }: ArchivedLine): MessageLine {
  return {
    ...line,
    at: at.toISOString(),
    ...(correlationId === null ? {} : { correlationId }),
    ...(status === null ? {} : { status }),
  };
}
