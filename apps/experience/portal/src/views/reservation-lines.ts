import { Decimal } from '#canonical/decimal';
import { CrossdockError, type Finding } from '#canonical/errors';
import { baseQuantityOf, toBase } from '#canonical/units';
import type { ReserveLine } from '#contracts/availability/reserve.dto';
import type { EdgeUnit } from '#contracts/edge/quantities';
import type { ItemDto } from '#contracts/reference/reference.dto';
import type { QuantityDto } from '#contracts/values.dto';
import type { ReservationLineRequest } from '../in/http/reservations.dto';

/** More does not fit the column: 12 digits before the point. */
const LIMIT = new Decimal('999999999999.999999');

/** A line as it was asked, with what its unit means, and as availability is asked. */
export interface ReservationLine {
  readonly asked: ReservationLineRequest;
  readonly edge: EdgeUnit;
  readonly base: ReserveLine;
}

/** All faults of all lines at once. Errors: RESERVATION_INVALID. `today`: by node. */
export function resolveLines(
  lines: readonly ReservationLineRequest[],
  items: ReadonlyMap<string, ItemDto>,
  today: ReadonlyMap<string, string>,
): ReservationLine[] {
  const findings: Finding[] = [];
  const seen = new Set<number>();
  const resolved = lines.flatMap((asked, index): ReservationLine[] => {
    const at = `/lines/${index}`;
    const repeated = seen.has(asked.line);
    seen.add(asked.line);
    const item = items.get(asked.item);
    const faults = [
      ...(repeated
        ? [{ code: 'LINE_REPEATED', detail: `line ${asked.line} is there twice`, pointer: `${at}/line` }]
        : []),
      ...itemFaults(asked, item, at),
      ...placeFaults(asked, today, at),
    ];
    const quantity = item ? baseOf(item, asked.quantity, `${at}/quantity`) : { faults: [] };
    findings.push(...faults, ...quantity.faults);
    if (item === undefined || quantity.base === undefined) return [];
    const { line, requestedDate, latestDate, deliverBy, node, substitutes } = asked;
    const edge = edgeUnit(item, asked.quantity.unit);
    const base = {
      line,
      item: item.sku,
      quantity: quantity.base,
      // What is asked for by the case comes in whole cases from each node.
      ...(edge.unit === edge.baseUnit ? {} : { multiple: edge.baseQuantityPerUnit }),
      ...(requestedDate === undefined ? {} : { requestedDate }),
      ...(latestDate === undefined ? {} : { latestDate }),
      ...(deliverBy === undefined ? {} : { deliverBy }),
      ...(node === undefined ? {} : { node }),
      ...(substitutes === undefined ? {} : { substitutes }),
    };
    return [{ asked, edge, base }];
  });
  refuse(findings, 'some lines cannot be reserved');
  return resolved;
}

export function edgeUnit(item: ItemDto, unit: string): EdgeUnit {
  return { unit, baseUnit: item.baseUnit, baseQuantityPerUnit: baseQuantityOf(item, unit) ?? '1' };
}

/** Errors: RESERVATION_INVALID when there are findings. */
export function refuse(findings: readonly Finding[], message: string): void {
  if (findings.length > 0)
    throw new CrossdockError({ code: 'RESERVATION_INVALID', kind: 'invalid', message, findings });
}

/** A quantity in base units, or what is wrong with it. */
export function baseOf(item: ItemDto, quantity: QuantityDto, at: string): { base?: string; faults: Finding[] } {
  const { value, unit } = quantity;
  try {
    const base = toBase(item, quantity);
    if (new Decimal(base).lte(LIMIT)) return { base, faults: [] };
    const detail = `${value} ${unit} is more than can be reserved`;
    return { faults: [{ code: 'QUANTITY_INVALID', detail, pointer: `${at}/value`, seen: value }] };
  } catch (error) {
    if (!(error instanceof CrossdockError)) throw error;
    const part = error.code === 'UNIT_UNKNOWN' ? 'unit' : 'value';
    return { faults: [{ code: error.code, detail: error.message, pointer: `${at}/${part}`, seen: quantity[part] }] };
  }
}

/** What is no longer sold is not held: the order that is to follow would be refused. */
function itemFaults({ item: asked }: ReservationLineRequest, item: ItemDto | undefined, at: string): Finding[] {
  const finding = { pointer: `${at}/item`, seen: asked };
  if (item === undefined) return [{ ...finding, code: 'ITEM_UNKNOWN', detail: `item ${asked} is not known` }];
  if (item.status === 'ACTIVE') return [];
  return [{ ...finding, code: `ITEM_${item.status}`, detail: `item ${item.sku} may not be ordered at present` }];
}

function placeFaults(line: ReservationLineRequest, today: ReadonlyMap<string, string>, at: string): Finding[] {
  const { node, requestedDate, latestDate, deliverBy } = line;
  const faults: Finding[] = [];
  if (node !== undefined && !today.has(node))
    faults.push({ code: 'NODE_UNKNOWN', detail: `node ${node} is not known`, pointer: `${at}/node`, seen: node });
  const first = (node === undefined ? undefined : today.get(node)) ?? [...today.values()].sort()[0];
  for (const [field, date] of Object.entries({ requestedDate, latestDate, deliverBy })) {
    if (date === undefined) continue;
    const finding = { pointer: `${at}/${field}`, seen: date };
    if (!isCalendarDate(date))
      faults.push({ ...finding, code: 'DATE_INVALID', detail: `${date} is not in the calendar` });
    else if (first !== undefined && date < first)
      faults.push({ ...finding, code: 'DATE_PAST', detail: `${date} has passed`, expected: `${first} or later` });
  }
  for (const [field, date] of Object.entries({ latestDate, deliverBy })) {
    if (requestedDate === undefined || date === undefined || date >= requestedDate) continue;
    const detail = `${date} is before ${requestedDate}, the earliest day wanted`;
    faults.push({ code: 'DATE_RANGE', detail, pointer: `${at}/${field}`, seen: date, expected: requestedDate });
  }
  return faults;
}

function isCalendarDate(date: string): boolean {
  const time = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date);
}
