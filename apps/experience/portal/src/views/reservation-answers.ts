import { Decimal, plain, subtract } from '#canonical/decimal';
import { CrossdockError, type Finding } from '#canonical/errors';
import type { ReserveResponse, ReservedSlice } from '#contracts/availability/reserve.dto';
import type { ReservationChange, ReservationSlice, ReservationView } from '#contracts/availability/reservations.dto';
import { inWholeUnits, type EdgeUnit } from '#contracts/edge/quantities';
import type { ItemDto } from '#contracts/reference/reference.dto';
import type {
  PlacedReservation,
  PortalReservation,
  PortalReservationChange,
  ReservedPart,
} from '../in/http/reservations.dto';
import { compose, type BaseUnits } from './composed';
import type { ReservationLine } from './reservation-lines';

/** What was reserved, in the units it was asked for. */
export function placed(
  { reservation, lines, expiresAt }: ReserveResponse,
  asked: readonly ReservationLine[],
  others: BaseUnits,
): PlacedReservation {
  return {
    id: reservation,
    expiresAt: expiresAt ?? '',
    lines: lines.flatMap(({ line, item, slices, uncovered, leadTime }, index) => {
      const own = asked[index];
      if (own === undefined) return [];
      const { edge, base } = own;
      return [
        {
          line,
          item,
          requested: inWholeUnits(base.quantity, edge),
          reserved: inWholeUnits(subtract(base.quantity, uncovered), edge),
          uncovered: inWholeUnits(uncovered, edge),
          slices: slices.map((slice) => partOf(slice, edge, others)),
          ...(leadTime && { leadTime: { ...leadTime, quantity: inWholeUnits(leadTime.quantity, edge) } }),
        },
      ];
    }),
  };
}

/** Without what is not the partner's to know: who pre-empted it. */
export function portalReservation(
  view: ReservationView,
  items: ReadonlyMap<string, ItemDto>,
  others: BaseUnits,
): PortalReservation {
  const units = new Map(view.lines.map(({ line, item }) => [line, baseUnitOf(items.get(item))]));
  const unitOf = (line: number): EdgeUnit => units.get(line) ?? baseUnitOf(undefined);
  return {
    id: view.reservation,
    state: view.state,
    createdAt: view.createdAt,
    ...(view.expiresAt === undefined ? {} : { expiresAt: view.expiresAt }),
    lines: view.lines.map(({ line, item, open, slices }) => ({
      line,
      item,
      open: inWholeUnits(open, unitOf(line)),
      slices: slices.map((slice) => partOf(slice, unitOf(line), others)),
    })),
    history: view.history.map((change) => changeOf(change, unitOf)),
  };
}

function changeOf({ event, at, expiresAt, by, lines }: ReservationChange, unitOf: (line: number) => EdgeUnit) {
  const change: PortalReservationChange = { event, at };
  if (expiresAt !== undefined) change.expiresAt = expiresAt;
  if (event === 'CONVERTED' && by !== undefined) change.order = by;
  if (lines !== undefined)
    change.lines = lines.map(({ line, quantity }) => ({ line, quantity: inWholeUnits(quantity, unitOf(line)) }));
  return change;
}

export function baseUnitOf(item: ItemDto | undefined): EdgeUnit {
  const unit = item?.baseUnit ?? 'EA';
  return { unit, baseUnit: unit, baseQuantityPerUnit: '1' };
}

function partOf(slice: ReservedSlice | ReservationSlice, edge: EdgeUnit, others: BaseUnits): ReservedPart {
  const { quantity, shipDate, node, basis } = slice;
  const part: ReservedPart = {
    quantity: inWholeUnits(quantity, edge),
    shipDate,
    node,
    basis: basis as ReservedPart['basis'],
  };
  compose(part, slice, others);
  return part;
}

/** The refusal of availability in the partner's own units: what there is counts in whole ones. */
export function inAskedUnits(error: unknown, lines: readonly ReservationLine[]): unknown {
  if (!(error instanceof CrossdockError) || error.kind !== 'conflict') return error;
  const { code, kind, details } = error;
  const message = code === 'INSUFFICIENT_AVAILABILITY' ? 'not everything asked for can be reserved' : error.message;
  const findings = error.findings.map((finding) => translated(finding, lines));
  return new CrossdockError({ code, kind, message, details, findings, cause: error });
}

function translated(finding: Finding, lines: readonly ReservationLine[]): Finding {
  const index = /^\/lines\/(\d+)\/quantity$/.exec(finding.pointer ?? '')?.[1];
  const line = lines[Number(index)];
  if (line === undefined || finding.expected === undefined) return finding;
  const { asked, edge, base } = line;
  const there = plain(new Decimal(finding.expected).div(edge.baseQuantityPerUnit).floor());
  const expected = edge.unit === edge.baseUnit ? finding.expected : there;
  const { value, unit } = asked.quantity;
  const detail = `line ${asked.line}: ${expected} of ${value} ${unit} of ${base.item} can be reserved`;
  return { ...finding, detail, pointer: `/lines/${index}/quantity/value`, seen: value, expected };
}
