import { plain } from '#canonical/decimal';
import type { AnsweredSlice, AvailabilityLine } from '#contracts/availability/answer.dto';
import { inUnit, inWholeUnits, type EdgeUnit } from '#contracts/edge/quantities';
import type { QuantityDto } from '#contracts/values.dto';
import type { AvailabilityLineAnswer, PromisedSlice } from '../in/http/availability.dto';
import { compose, type BaseUnits } from './composed';

/** One line as it was asked, with what its unit means. */
export interface AskedLine {
  readonly item: string;
  readonly quantity: QuantityDto;
  readonly edge: EdgeUnit;
}

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
  const { node, shipDate, deliveryDate, shipBy, releaseBy, basis, supply } = slice;
  const shown: PromisedSlice = { quantity: inWholeUnits(slice.quantity, edge), shipDate, node, basis };
  if (deliveryDate !== undefined) shown.deliveryDate = deliveryDate;
  if (shipBy !== undefined) shown.shipBy = shipBy;
  if (releaseBy !== undefined) shown.releaseBy = releaseBy;
  if (supply !== undefined) shown.supply = supply;
  compose(shown, slice, units);
  return shown;
}
