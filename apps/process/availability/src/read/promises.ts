import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { AvailabilityAnswer, SourceWatermark } from '#contracts/availability/answer.dto';
import type { AvailabilityQuery } from '#contracts/availability/query.dto';
import { Database } from '#persistence/database';
import { Gatherer, type Outcome } from '#persistence/gather';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { loadBookOn } from '../out/book.store';
import { expectedOf } from '../out/expected-receipt.store';
import { NodeDirectory } from '../out/node-directory';
import { PolicyDirectory } from '../out/policy-directory';
import { SourceRuleDirectory } from '../out/source-rule-directory';
import { watermarks } from '../out/source.store';
import { refuseWrongLines } from '../reserve/lines';
import { answersTo } from './answer';
import { withExpected } from './explain';
import { Moment } from './moment';
import { refusalOf } from './refusal';

const WATERMARK_AGE_MS = 1_000;
/** A day table per node and line: more would be an answer that nobody reads. */
const EXPLAINED_LINES = 10;

/** What could be promised now. Nothing is taken: a reservation may find less. */
@Injectable()
export class Promises implements OnModuleInit {
  private gatherer: Gatherer<AvailabilityQuery, AvailabilityAnswer>;
  private sources: { readonly at: number; readonly list: Promise<SourceWatermark[]> } | undefined;

  constructor(
    private readonly database: Database,
    private readonly nodes: NodeDirectory,
    private readonly policies: PolicyDirectory,
    private readonly rules: SourceRuleDirectory,
    @Inject(availabilityConfig.token) private readonly config: AvailabilityConfig,
  ) {}

  onModuleInit(): void {
    this.gatherer = new Gatherer((queries) => this.answerAll(queries));
  }

  /** Queries of one event-loop turn are read with one statement. Errors: DATE_INVALID, QUANTITY_INVALID, AVAILABILITY_INVALID (invalid). */
  async query(query: AvailabilityQuery): Promise<AvailabilityAnswer> {
    refuseLongExplanation(query);
    refuseWrongLines(query.lines);
    const answer = await this.gatherer.call(query);
    if (query.explain === true) await this.addExpected(answer);
    return answer;
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

  private async addExpected({ lines }: AvailabilityAnswer): Promise<void> {
    const nodes = lines.flatMap(({ explain = [] }) => explain);
    withExpected(nodes, await expectedOf(this.database, [...new Set(nodes.map(({ item }) => item))]));
    for (const node of nodes) {
      const stale = this.rules.staleSources((id) => id === node.node);
      if (stale.length > 0) node.stale = stale;
    }
  }

  private async answerAll(queries: readonly AvailabilityQuery[]): Promise<Outcome<AvailabilityAnswer>[]> {
    const items = new Set<string>();
    for (const { lines } of queries) for (const { item } of lines) items.add(item);
    const terms = await this.policies.terms([...items]);
    const [reading, sources] = await Promise.all([
      loadBookOn(this.database, terms, this.config),
      this.watermarks(),
      this.nodes.nodes(),
    ]);
    const view = await this.nodes.at(reading.asOf);
    const moments = new Map<number, Moment>();
    const momentFor = ({ minimumRemainingLifeDays = 0 }: AvailabilityQuery): Moment => {
      const known = moments.get(minimumRemainingLifeDays);
      if (known) return known;
      const made = new Moment(reading, { ...terms, minimumLifeDays: minimumRemainingLifeDays }, view);
      moments.set(minimumRemainingLifeDays, made);
      return made;
    };
    return queries.map((query) => {
      const moment = momentFor(query);
      const error = refusalOf(moment, query);
      if (error) return { error };
      const stale = this.rules.staleSources();
      const said = { asOf: reading.asOf, watermarks: sources, ...(stale.length > 0 && { stale }) };
      return { value: { ...said, ...answersTo(moment, query) } };
    });
  }
}

function refuseLongExplanation({ explain, lines }: AvailabilityQuery): void {
  if (explain !== true || lines.length <= EXPLAINED_LINES) return;
  const detail = `explain answers at most ${EXPLAINED_LINES} lines at a time`;
  const findings = [{ code: 'LIST_TOO_LONG', detail, pointer: '/lines' }];
  throw new CrossdockError({ code: 'AVAILABILITY_INVALID', kind: 'invalid', message: detail, findings });
}
