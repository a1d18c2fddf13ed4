import { Injectable } from '@nestjs/common';
import { CrossdockError, type Finding } from '#canonical/errors';
import { baseQuantityOf, toBase } from '#canonical/units';
import type { AvailabilityAnswer, AvailabilityLine } from '#contracts/availability/answer.dto';
import type { AvailabilityLineQuery, AvailabilityQuery } from '#contracts/availability/query.dto';
import { lookUpItems } from '#contracts/edge/item-lookup';
import type { ItemDto } from '#contracts/reference/reference.dto';
import type { AvailabilityLineRequest, AvailabilityRequest, AvailabilityResponse } from '../in/http/availability.dto';
import { PortalProcesses } from '../out/processes';
import { unitsOf } from './composed';
import { promiseOf, type AskedLine } from './promise';

/** The quotas of this channel apply. */
const CHANNEL = 'PORTAL';

interface Resolved {
  readonly asked: AskedLine;
  readonly question: AvailabilityLineQuery;
}

@Injectable()
export class AvailabilityView {
  constructor(private readonly processes: PortalProcesses) {}

  /** Errors: AVAILABILITY_INVALID with a finding per unknown item, unknown unit, inexact quantity, past date or unknown node. */
  async query({ lines: asked, explain, ...more }: AvailabilityRequest): Promise<AvailabilityResponse> {
    const items = await lookUpItems(
      this.processes.reference,
      asked.map(({ item }) => item),
    );
    const lines = resolve(asked, items);
    const query: AvailabilityQuery = { ...more, channel: CHANNEL, lines: lines.map(({ question }) => question) };
    if (explain !== undefined) query.explain = true;
    if (explain?.days !== undefined) query.explainDays = explain.days;
    const answer = await this.processes.availability.query(query);
    const units = await unitsOf(this.processes.reference, answer);
    return {
      ...answer,
      lines: lines.map((line, index) => promiseOf(line.asked, lineAt(answer, index), units)),
    };
  }
}

function lineAt({ lines }: AvailabilityAnswer, index: number): AvailabilityLine {
  const line = lines[index];
  if (line === undefined) throw new RangeError(`no answer for line ${index}`);
  return line;
}

/** All faults of all lines at once. */
function resolve(lines: readonly AvailabilityLineRequest[], items: ReadonlyMap<string, ItemDto>): Resolved[] {
  const findings: Finding[] = [];
  const resolved: Resolved[] = [];
  for (const [index, line] of lines.entries()) {
    const item = items.get(line.item);
    if (item === undefined) {
      findings.push({
        code: 'ITEM_UNKNOWN',
        detail: `item ${line.item} is not known`,
        pointer: `/lines/${index}/item`,
        seen: line.item,
      });
      continue;
    }
    try {
      resolved.push(resolvedLine(line, item));
    } catch (error) {
      if (!(error instanceof CrossdockError)) throw error;
      const part = error.code === 'UNIT_UNKNOWN' ? 'unit' : 'value';
      findings.push({
        code: error.code,
        detail: error.message,
        pointer: `/lines/${index}/quantity/${part}`,
        seen: line.quantity[part],
      });
    }
  }
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

/** Written out, as each line of each query passes. Errors: UNIT_UNKNOWN, UNIT_INEXACT. */
function resolvedLine(
  { item: id, quantity, requestedDate, latestDate, deliverBy, node, complete, substitutes }: AvailabilityLineRequest,
  item: ItemDto,
): Resolved {
  const { baseUnit } = item;
  const question: AvailabilityLineQuery = { item: item.sku, quantity: toBase(item, quantity) };
  const edge = { unit: quantity.unit, baseUnit, baseQuantityPerUnit: baseQuantityOf(item, quantity.unit) ?? '1' };
  if (edge.unit !== baseUnit) question.multiple = edge.baseQuantityPerUnit;
  if (requestedDate !== undefined) question.requestedDate = requestedDate;
  if (latestDate !== undefined) question.latestDate = latestDate;
  if (deliverBy !== undefined) question.deliverBy = deliverBy;
  if (node !== undefined) question.node = node;
  if (complete !== undefined) question.complete = complete;
  if (substitutes !== undefined) question.substitutes = substitutes;
  return { asked: { item: id, quantity, edge }, question };
}
