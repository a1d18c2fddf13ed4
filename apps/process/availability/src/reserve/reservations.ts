import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { ReserveRequest, ReserveResponse } from '#contracts/availability/reserve.dto';
import { Database, type Transaction } from '#persistence/database';
import { crashPoint } from '#persistence/crash-point';
import { Gatherer, type Outcome } from '#persistence/gather';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { loadBook } from '../out/book.store';
import { heldUnderCaps } from '../out/cap.store';
import { lock, touch } from '../out/item.store';
import { NodeDirectory } from '../out/node-directory';
import { PolicyDirectory } from '../out/policy-directory';
import { quotasOf } from '../out/quota.store';
import { itemsOf, responses, softOwners } from '../out/reservation.store';
import { slicesOf, softSlicesOf } from '../out/slice.store';
import { Ground } from '../promise/ground';
import type { Terms } from '../promise/terms';
import { Batch } from './batch';
import { Caps, neededFor } from './caps';
import { hashOf } from './content';
import { refuseWrongLines } from './lines';
import { Recording } from './recording';
import { contradiction } from './refusals';
import { SoftStock } from './soft-stock';

interface Asked {
  readonly request: ReserveRequest;
  readonly hash: string;
}

/**
 * Reservations are gathered by event-loop turn and decided in arrival order in one transaction that holds the locks of
 * their items: one commit answers many, and a hot item costs one lock for all of them. Each answer waits for its commit.
 */
@Injectable()
export class Reservations implements OnModuleInit {
  private gatherer: Gatherer<Asked, ReserveResponse>;

  constructor(
    private readonly database: Database,
    private readonly nodes: NodeDirectory,
    private readonly policies: PolicyDirectory,
    private readonly recording: Recording,
    @Inject(availabilityConfig.token) private readonly config: AvailabilityConfig,
  ) {}

  onModuleInit(): void {
    this.gatherer = new Gatherer((asked) => this.decideAll(asked), undefined, ({ request }) => request.lines.map(({ item }) => item)); // prettier-ignore
  }

  /** Errors: INSUFFICIENT_AVAILABILITY, RESERVATION_CONFLICT, RESERVATION_CAP_EXCEEDED (conflict), RESERVATION_UNKNOWN (not-found), PREEMPTION_NOT_ALLOWED (forbidden), LINE_REPEATED, DATE_INVALID, QUANTITY_INVALID (invalid). */
  async reserve(request: ReserveRequest): Promise<ReserveResponse> {
    refuseRepeatedLines(request);
    refuseWrongLines(request.lines);
    return this.gatherer.call({ request, hash: hashOf(request) });
  }

  private async decideAll(asked: readonly Asked[]): Promise<readonly Outcome<ReserveResponse>[]> {
    const items = asked.flatMap(({ request }) => request.lines.map((line) => line.item));
    const [terms] = await Promise.all([this.policies.terms(items), this.nodes.nodes()]);
    return this.database.transaction((tx) => this.decideIn(tx, asked, terms), 'keyed');
  }

  private async decideIn(tx: Transaction, asked: readonly Asked[], terms: Terms): Promise<Outcome<ReserveResponse>[]> {
    const wanted = [...new Set([...itemsFor(asked, terms), ...(await itemsOf(tx, convertedBy(asked)))])];
    // Asked together, answered in turn: what is read is read under the locks.
    const [locked, first] = await Promise.all([lock(tx, wanted), this.read(tx, asked, wanted, terms)]);
    // What came into being between the two statements is not locked.
    const ground =
      locked.size === wanted.length
        ? first
        : await this.read(tx, asked, await withBackordered(tx, wanted, locked, asked), terms);
    const [soft, held, reading] = ground;
    const caps = new Caps(held, terms.kits);
    const { known } = reading;
    const view = await this.nodes.at(reading.asOf);
    const rules = { caps, preemptPriority: this.config.preemptPriority };
    const quotas = await quotasOf(tx, reading.quotaItems);
    const book = reading.bookFor(view, terms, quotas);
    const batch = new Batch(new Ground(book, terms, view), soft, rules, reading.asOf);
    const outcomes = asked.map(({ request, hash }) => {
      const first = known.get(request.reservation);
      if (first !== undefined) return { error: first === hash ? REPLAY : contradiction(request) };
      const outcome = batch.decide(request, hash);
      if ('value' in outcome) known.set(request.reservation, hash);
      return outcome;
    });
    await this.recording.record(tx, batch, { asked: outcomes.some(isReplay) });
    crashPoint('stock.reserved');
    return this.replayed(tx, asked, outcomes);
  }

  private read(tx: Transaction, asked: readonly Asked[], items: readonly string[], terms: Terms) {
    const ids = asked.map(({ request }) => request.reservation);
    return Promise.all([
      softStock(tx, asked),
      heldUnderCaps(tx, capped(asked, terms)),
      loadBook(tx, items, this.config, ids),
    ]);
  }

  private async replayed(
    tx: Transaction,
    asked: readonly Asked[],
    outcomes: readonly Outcome<ReserveResponse>[],
  ): Promise<Outcome<ReserveResponse>[]> {
    if (!outcomes.some(isReplay)) return [...outcomes];
    const ids = asked.filter((_, index) => isReplay(outcomes[index] ?? { error: undefined }));
    const first = await responses(tx, ids.map(({ request }) => request.reservation)); // prettier-ignore
    return outcomes.map((outcome, index) => {
      if (!isReplay(outcome)) return outcome;
      const response = first.get(asked[index]?.request.reservation ?? '');
      return response ? { value: { ...response, outcome: 'replayed' } } : outcome;
    });
  }
}

/**
 * Returns what is locked: an item without a row has never been seen and nothing of it can be promised. Backordered
 * ones get their row, so that the stock that will come finds who waits for it.
 */
async function withBackordered(
  tx: Transaction,
  items: readonly string[],
  locked: ReadonlySet<string>,
  asked: readonly Asked[],
): Promise<string[]> {
  const wanted = asked.filter(({ request }) => request.backorder === true).flatMap(({ request }) => request.lines);
  // Rows in key order behind rows already locked could meet another transaction head-on; PostgreSQL then ends one of
  // the two and `Database.transaction` repeats it. It happens at most once in the life of an item.
  const missing = [...new Set(wanted.map((line) => line.item))].filter((item) => !locked.has(item));
  if (missing.length > 0) await touch(tx, missing);
  return [...items.filter((item) => locked.has(item)), ...missing];
}

const REPLAY = new Error('the first answer is to be repeated');

function isReplay(outcome: Outcome<ReserveResponse>): boolean {
  return 'error' in outcome && outcome.error === REPLAY;
}

function refuseRepeatedLines(request: ReserveRequest): void {
  const seen = new Set<number>();
  const findings = request.lines.flatMap(({ line }, index) => {
    const repeated = seen.has(line);
    seen.add(line);
    if (!repeated) return [];
    return [{ code: 'LINE_REPEATED', detail: `line ${line} is there twice`, pointer: `/lines/${index}/line` }];
  });
  if (findings.length > 0) throw new CrossdockError({ code: 'LINE_REPEATED', kind: 'invalid', findings });
}

/** What the soft reservations hold that are converted, and those of items that may be pre-empted. The items are locked. */
async function softStock(tx: Transaction, asked: readonly Asked[]): Promise<SoftStock> {
  const converted = convertedBy(asked);
  const items = preemptedItems(asked);
  if (converted.length === 0 && items.length === 0) return new SoftStock(new Map(), []);
  const owners = await softOwners(tx, converted);
  const slices = await slicesOf(tx, [...owners.keys()]);
  return new SoftStock(owners, items.length === 0 ? slices : [...slices, ...(await softSlicesOf(tx, items))]);
}

function convertedBy(asked: readonly Asked[]): string[] {
  return asked.flatMap(({ request: { converts } }) => converts ?? []);
}

function preemptedItems(asked: readonly Asked[]): string[] {
  const urgent = asked.filter(({ request }) => request.preempt === true);
  return [...new Set(urgent.flatMap(({ request }) => request.lines.map((line) => line.item)))];
}

function capped(asked: readonly Asked[], terms: Terms): { partner: string; item: string }[] {
  return asked.flatMap(({ request: { kind, partner, lines } }) => {
    if (kind !== 'SOFT' || partner === undefined) return [];
    const items = lines.flatMap((line) => [
      ...neededFor(line, terms.kits),
      ...(line.substitutes === true ? (terms.item(line.item)?.substitutes ?? []) : []),
    ]);
    return items.map(({ item }) => ({ partner, item }));
  });
}

/** What lines may take of: of a kit its components, and where a line takes substitutes those too. A kit that waits in line waits as such. */
function itemsFor(asked: readonly Asked[], terms: Terms): string[] {
  const madeOf = (item: string) => terms.kits.get(item)?.map((part) => part.item) ?? [item];
  return asked.flatMap(({ request: { lines, backorder } }) =>
    lines.flatMap(({ item, substitutes }) => [
      ...(backorder === true ? [item] : []),
      ...madeOf(item),
      ...(substitutes === true ? (terms.item(item)?.substitutes ?? []).flatMap((each) => madeOf(each.item)) : []),
    ]),
  );
}
