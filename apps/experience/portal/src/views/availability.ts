import { Injectable } from '@nestjs/common';
import { CrossdockError, type Finding } from '#canonical/errors';
import { baseQuantityOf, toBase } from '#canonical/units';
import type { AvailabilityAnswer, AvailabilityLine } from '#contracts/availability/answer.dto';
import type { AvailabilityLineQuery, AvailabilityQuery } from '#contracts/availability/query.dto';
import { lookUpItems } from '#contracts/edge/item-lookup';
import type { ItemDto } from '#contracts/reference/reference.dto';
import type { AvailabilityLineRequest, AvailabilityRequest, AvailabilityResponse } from '../in/http/availability.dto';
import { PortalProcesses } from '../out/processes';
import { promiseOf, type AskedLine, type BaseUnits } from './promise';

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
  async query({ lines: asked, ...more }: AvailabilityRequest): Promise<AvailabilityResponse> {
    const items = await lookUpItems(
      this.processes.reference,
      asked.map(({ item }) => item),
    );
    const lines = resolve(asked, items);
    const query: AvailabilityQuery = { ...more, channel: CHANNEL, lines: lines.map(({ question }) => question) };
    const answer = await this.processes.availability.query(query);
    const units = await this.unitsOf(answer);
    return {
      ...answer,
      lines: lines.map((line, index) => promiseOf(line.asked, lineAt(answer, index), units)),
    };
  }

  /** Of what is delivered instead or put together: most answers have none. */
  private async unitsOf({ lines }: AvailabilityAnswer): Promise<BaseUnits> {
    const others = lines.flatMap(({ slices }) =>
      slices.flatMap(({ item, components = [] }) => [
        ...(item === undefined ? [] : [item]),
        ...components.map((component) => component.item),
      ]),
    );
    if (others.length === 0) return new Map();
    const items = await lookUpItems(this.processes.reference, others);
    return new Map([...items].map(([id, { baseUnit }]) => [id, baseUnit]));
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
      const { item: id, quantity, ...wanted } = line;
      const packs = edge.unit === edge.baseUnit ? {} : { multiple: edge.baseQuantityPerUnit };
      const question = { ...wanted, ...packs, item: item.sku, quantity: base };
      return [{ asked: { item: id, quantity, edge }, question }];
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
