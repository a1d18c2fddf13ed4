import { plain } from '#canonical/decimal';
import type { AnsweredSlice, AvailabilityLine } from '#contracts/availability/answer.dto';
import { inUnit, inWholeUnits, type EdgeUnit } from '#contracts/edge/quantities';
import type { QuantityDto } from '#contracts/values.dto';
import type { AvailabilityLineAnswer, PromisedSlice } from '../in/http/availability.dto';

/** One line as it was asked, with what its unit means. */
export interface AskedLine {
  readonly item: string;
  readonly quantity: QuantityDto;
  readonly edge: EdgeUnit;
}

/** Base units by item: of substitutes and components. An item that the item master no longer has is counted in pieces. */
export type BaseUnits = ReadonlyMap<string, string>;

const PIECE = 'EA';

/** A promise in the unit that was asked for. Packs are whole already: each node was asked for whole packs (domain/atp.md E12). */
export function promiseOf(asked: AskedLine, line: AvailabilityLine, units: BaseUnits): AvailabilityLineAnswer {
  const { edge } = asked;
  const { value, unit } = asked.quantity;
  const answer: AvailabilityLineAnswer = {
    item: asked.item,
    requested: { value: plain(value), unit },
    availableToPromise: inUnit(line.availableToPromise, edge),
    slices: line.slices.map((slice) => sliceOf(slice, edge, units)),
    unpromised: inUnit(line.unpromised, edge),
    shortfalls: line.shortfalls.map(({ quantity, reason }) => ({ quantity: inUnit(quantity, edge), reason })),
  };
  if (line.explain !== undefined) answer.explain = line.explain;
  return answer;
}

/** Written out, as each slice of each line passes: taking objects apart and spreading them cost more than all else here. */
function sliceOf(slice: AnsweredSlice, edge: EdgeUnit, units: BaseUnits): PromisedSlice {
  const { node, shipDate, deliveryDate, basis, supply, item, itemQuantity, components } = slice;
  const shown: PromisedSlice = { quantity: inWholeUnits(slice.quantity, edge), shipDate, node, basis };
  if (deliveryDate !== undefined) shown.deliveryDate = deliveryDate;
  if (supply !== undefined) shown.supply = supply;
  if (item !== undefined) shown.item = item;
  const inBase = (of: string, value: string) => ({ value, unit: units.get(of) ?? PIECE });
  if (item !== undefined && itemQuantity !== undefined) shown.itemQuantity = inBase(item, itemQuantity);
  if (components !== undefined)
    shown.components = components.map((each) => ({ ...each, quantity: inBase(each.item, each.quantity) }));
  return shown;
}
