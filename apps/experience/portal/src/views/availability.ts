import { Injectable } from '@nestjs/common';
import { CrossdockError, type Finding } from '#canonical/errors';
import { baseQuantityOf, toBase } from '#canonical/units';
import type {
  AvailabilityAnswer,
  AvailabilityLine,
  AvailabilityLineQuery,
} from '#contracts/availability/availability.dto';
import { lookUpItems } from '#contracts/edge/item-lookup';
import type { ItemDto } from '#contracts/reference/reference.dto';
import type { AvailabilityLineRequest, AvailabilityRequest, AvailabilityResponse } from '../in/http/availability.dto';
import { PortalProcesses } from '../out/processes';
import { basePromise, packPromise, type AskedLine } from './promise';

/** Lines one query of the process API may have. */
const CHUNK = 1000;

/** Nodes change rarely; five seconds of an old list changes no promise, only where packs are counted. */
const NODES_KEPT_MS = 5_000;

interface Resolved {
  readonly asked: AskedLine;
  readonly base: string;
  readonly sku: string;
  readonly requestedDate?: string;
}

@Injectable()
export class AvailabilityView {
  private nodes: { readonly ids: readonly string[]; readonly until: number } = { ids: [], until: 0 };

  constructor(private readonly processes: PortalProcesses) {}

  /** Errors: AVAILABILITY_INVALID with a finding per unknown item, unknown unit or inexact quantity. */
  async query(request: AvailabilityRequest): Promise<AvailabilityResponse> {
    const items = await lookUpItems(
      this.processes.reference,
      request.lines.map(({ item }) => item),
    );
    const lines = resolve(request.lines, items);
    const nodes = lines.some(inPacks) ? await this.activeNodes() : [];
    const questions = lines.map((line) => questionsOf(line, nodes));
    const answer = await this.ask(questions.flat());
    let next = 0;
    const answersTo = (count: number): AvailabilityLine[] => answer.lines.slice(next, (next += count));
    return {
      asOf: answer.asOf,
      watermarks: answer.watermarks,
      lines: lines.map(({ asked }, index) => answerOf(asked, answersTo(questions[index]?.length ?? 0))),
    };
  }

  private async activeNodes(): Promise<readonly string[]> {
    if (this.nodes.until < Date.now()) {
      const { nodes } = await this.processes.reference.listNodes({});
      this.nodes = { ids: nodes.filter(({ active }) => active).map(({ id }) => id), until: Date.now() + NODES_KEPT_MS };
    }
    return this.nodes.ids;
  }

  private async ask(lines: AvailabilityLineQuery[]): Promise<AvailabilityAnswer> {
    if (lines.length <= CHUNK) return this.processes.availability.query({ lines });
    const chunks = Array.from({ length: Math.ceil(lines.length / CHUNK) }, (_, index) =>
      lines.slice(index * CHUNK, (index + 1) * CHUNK),
    );
    const answers = await Promise.all(chunks.map((chunk) => this.processes.availability.query({ lines: chunk })));
    const [first] = answers;
    if (first === undefined) throw new RangeError('a query without lines');
    return { asOf: first.asOf, watermarks: first.watermarks, lines: answers.flatMap((answer) => answer.lines) };
  }
}

function inPacks({ asked }: Resolved): boolean {
  return asked.edge.unit !== asked.edge.baseUnit;
}

/** One question for a line in the base unit; one per node for packs, because packs are whole at each node. */
function questionsOf(line: Resolved, nodes: readonly string[]): AvailabilityLineQuery[] {
  const { base, sku, requestedDate } = line;
  const question = { item: sku, quantity: base, ...(requestedDate === undefined ? {} : { requestedDate }) };
  return inPacks(line) && nodes.length > 0 ? nodes.map((node) => ({ ...question, node })) : [question];
}

function answerOf(asked: AskedLine, lines: readonly AvailabilityLine[]): AvailabilityResponse['lines'][number] {
  const [line] = lines;
  if (line === undefined) throw new RangeError(`no answer for ${asked.item}`);
  return asked.edge.unit === asked.edge.baseUnit ? basePromise(asked, line) : packPromise(asked, lines);
}

/** All faults of all lines at once. */
function resolve(lines: readonly AvailabilityLineRequest[], items: ReadonlyMap<string, ItemDto>): Resolved[] {
  const findings: Finding[] = [];
  const resolved = lines.flatMap((line, index): Resolved[] => {
    const item = items.get(line.item);
    if (item === undefined) {
      findings.push({
        code: 'ITEM_UNKNOWN',
        detail: `item ${line.item} is not known`,
        pointer: `/lines/${index}/item`,
        seen: line.item,
      });
      return [];
    }
    try {
      const edge = {
        unit: line.quantity.unit,
        baseUnit: item.baseUnit,
        baseQuantityPerUnit: baseQuantityOf(item, line.quantity.unit) ?? '1',
      };
      const base = toBase(item, line.quantity);
      const date = line.requestedDate === undefined ? {} : { requestedDate: line.requestedDate };
      return [{ asked: { item: line.item, quantity: line.quantity, edge }, base, sku: item.sku, ...date }];
    } catch (error) {
      if (!(error instanceof CrossdockError)) throw error;
      const part = error.code === 'UNIT_UNKNOWN' ? 'unit' : 'value';
      findings.push({
        code: error.code,
        detail: error.message,
        pointer: `/lines/${index}/quantity/${part}`,
        seen: line.quantity[part],
      });
      return [];
    }
  });
  if (findings.length > 0) {
    throw new CrossdockError({
      code: 'AVAILABILITY_INVALID',
      kind: 'invalid',
      message: 'some lines cannot be answered',
      findings,
    });
  }
  return resolved;
}
