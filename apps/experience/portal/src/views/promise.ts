import { Decimal, plain } from '#canonical/decimal';
import type { AvailabilityLine, PromiseSlice } from '#contracts/availability/availability.dto';
import { inWholeUnits, type EdgeUnit } from '#contracts/edge/quantities';
import type { QuantityDto } from '#contracts/values.dto';
import type { AvailabilityLineAnswer, PromisedSlice } from '../in/http/availability.dto';

/** One line as it was asked, with what its unit means. */
export interface AskedLine {
  readonly item: string;
  readonly quantity: QuantityDto;
  readonly edge: EdgeUnit;
}

/** A promise in the base unit: nothing to round. */
export function basePromise(asked: AskedLine, line: AvailabilityLine): AvailabilityLineAnswer {
  const { unit } = asked.quantity;
  return {
    item: asked.item,
    requested: { value: plain(asked.quantity.value), unit },
    availableToPromise: { value: line.availableToPromise, unit },
    slices: line.slices.map((slice) => promised(slice, slice.quantity, asked.edge)),
    unpromised: { value: line.unpromised, unit },
  };
}

/**
 * A promise in packs: each node floors to whole packs, then they are added (domain/atp.md E12: two nodes with 13 each
 * hold no case of 24). `byNode` holds the answer of each node alone, for the whole requested quantity.
 */
export function packPromise(asked: AskedLine, byNode: readonly AvailabilityLine[]): AvailabilityLineAnswer {
  const { unit } = asked.quantity;
  const factor = new Decimal(asked.edge.baseQuantityPerUnit);
  const packs = (base: Decimal.Value): Decimal => new Decimal(base).div(factor).floor();
  const total = byNode.reduce((sum, line) => sum.plus(packs(line.availableToPromise)), new Decimal(0));
  const wanted = new Decimal(asked.quantity.value);
  let open = wanted.floor();
  const slices: PromisedSlice[] = [];
  const promisable = byNode.map((line) => ({ line, packs: packs(sumOf(line.slices)) }));
  // The node that serves most goes first: fewer parcels.
  for (const candidate of promisable.sort((a, b) => b.packs.comparedTo(a.packs))) {
    const taken = Decimal.min(candidate.packs, open);
    open = open.minus(taken);
    slices.push(...cut(candidate.line.slices, taken.times(factor), asked.edge));
  }
  const served = wanted.floor().minus(open);
  return {
    item: asked.item,
    requested: { value: plain(wanted), unit },
    availableToPromise: { value: plain(total), unit },
    slices,
    unpromised: { value: plain(wanted.minus(served)), unit },
  };
}

/** The earliest slices that together make `base`. */
function cut(slices: readonly PromiseSlice[], base: Decimal, edge: EdgeUnit): PromisedSlice[] {
  let rest = base;
  const result: PromisedSlice[] = [];
  for (const slice of slices) {
    const taken = Decimal.min(rest, slice.quantity);
    if (taken.lte(0)) break;
    rest = rest.minus(taken);
    result.push(promised(slice, plain(taken), edge));
  }
  return result;
}

function promised({ node, shipDate, basis }: PromiseSlice, quantity: string, edge: EdgeUnit): PromisedSlice {
  return { quantity: inWholeUnits(quantity, edge), shipDate, node, basis };
}

function sumOf(slices: readonly PromiseSlice[]): Decimal {
  return slices.reduce((sum, slice) => sum.plus(slice.quantity), new Decimal(0));
}
