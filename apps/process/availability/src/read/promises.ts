import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { AvailabilityAnswer, AvailabilityLine, AvailabilityLineQuery, AvailabilityQuery, SourceWatermark } from '#contracts/availability/availability.dto'; // prettier-ignore
import { Database } from '#persistence/database';
import { Gatherer, type Outcome } from '#persistence/gather';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { loadBook } from '../out/book.store';
import { NodeDirectory } from '../out/node-directory';
import { watermarks } from '../out/source.store';
import type { Book } from '../promise/book';
import { cover, giveBack } from '../promise/cover';
import { text } from '../promise/quantity';
import { promiseSlice, refuseWrongLines, toCoverLine } from '../reserve/decide';

const WATERMARK_AGE_MS = 1_000;

/** What could be promised now. Nothing is taken: a reservation may find less. */
@Injectable()
export class Promises implements OnModuleInit {
  private gatherer: Gatherer<AvailabilityQuery, AvailabilityAnswer>;
  private sources: { readonly at: number; readonly list: Promise<SourceWatermark[]> } | undefined;

  constructor(
    private readonly database: Database,
    private readonly nodes: NodeDirectory,
    @Inject(availabilityConfig.token) private readonly config: AvailabilityConfig,
  ) {}

  onModuleInit(): void {
    this.gatherer = new Gatherer((queries) => this.answerAll(queries));
  }

  /** Queries of one event-loop turn are read with one statement. Errors: DATE_INVALID, QUANTITY_INVALID (invalid). */
  async query(query: AvailabilityQuery): Promise<AvailabilityAnswer> {
    refuseWrongLines(query.lines);
    return this.gatherer.call(query);
  }

  /** How fresh each source is; at most a second old. */
  async watermarks(): Promise<SourceWatermark[]> {
    const now = Date.now();
    if (!this.sources || now - this.sources.at > WATERMARK_AGE_MS) {
      const list = watermarks(this.database);
      this.sources = { at: now, list };
      list.catch(() => (this.sources = undefined));
    }
    return this.sources.list;
  }

  private async answerAll(queries: readonly AvailabilityQuery[]): Promise<Outcome<AvailabilityAnswer>[]> {
    const items = [...new Set(queries.flatMap((query) => query.lines.map((line) => line.item)))];
    const [reading, sources] = await Promise.all([
      loadBook(this.database, items, this.config),
      this.watermarks(),
      this.nodes.nodes(),
    ]);
    const book = reading.bookFor(await this.nodes.at(reading.asOf));
    return queries.map(({ lines }) => ({
      value: { asOf: reading.asOf, watermarks: sources, lines: lines.map((line) => answerOf(book, line)) },
    }));
  }
}

/** Each line by itself: two lines of one item may be promised the same stock, until one of them is reserved. */
function answerOf(book: Book, line: AvailabilityLineQuery): AvailabilityLine {
  const wanted = toCoverLine(line);
  const nodes = (book.get(line.item) ?? []).filter((node) => line.node === undefined || node.node === line.node);
  const promisable = nodes.reduce((sum, node) => sum + node.promisable(wanted.day ?? node.today), 0n);
  const covered = cover(book, [wanted], new Set());
  giveBack(book, [wanted], covered);
  const [first] = covered;
  return {
    item: line.item,
    known: book.has(line.item),
    availableToPromise: text(promisable),
    slices: (first?.parts ?? []).map(promiseSlice),
    unpromised: text(first?.uncovered ?? wanted.quantity),
  };
}
