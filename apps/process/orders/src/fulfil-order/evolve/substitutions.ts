import { Decimal, plain } from '#canonical/decimal';
import { extend, inMinorUnits, type Money } from '#canonical/money';
import type { ReservedLine, ReservedSlice } from '#contracts/availability/reserve.dto';
import { warn, type Draft } from '../draft';
import type { SubstituteItem } from '../order-event';
import type { LineProgress, OrderContents, OrderedLine } from '../order-state';
import { policyOf } from '../policy';
import { put } from '../quantities';

/** Partners number their lines from 1; ours begin where theirs do not reach. */
const FIRST_LINE = 90_001;

type Known = Exclude<SubstituteItem, { readonly refused: string }>;

/** Slices of one substitute of a line. */
interface Instead {
  readonly item: string;
  readonly covers: Decimal;
  readonly slices: readonly ReservedSlice[];
}

export function isSubstitute({ basis }: ReservedSlice): boolean {
  return basis === 'SUBSTITUTE';
}

/**
 * What is held in place of the item becomes a line of its own, with the item, the quantity and the price that go through warehouse,
 * ERP and invoice. What is not wanted any more, or may not be had, goes back and is looked for anew without. Returns how much of
 * `wanted` was settled.
 */
export function substitute(
  draft: Draft,
  line: LineProgress,
  reservation: string,
  answer: ReservedLine,
  wanted: Decimal,
  known: readonly SubstituteItem[],
): Decimal {
  let left = wanted;
  for (const { item, covers, slices } of insteadOf(answer)) {
    const found = known.find((each) => each.line === line.line && each.item === item);
    const why = refusal(found, covers, left);
    if (found && !('refused' in found) && why === undefined) {
      deliverInstead(draft, line, { item, covers, slices }, found, reservation);
      left = left.minus(covers);
      continue;
    }
    giveBack(draft, line, reservation, item, slices);
    const anew = Decimal.min(left, covers);
    put(line, { stage: 'NEW', quantity: anew.toFixed() });
    left = left.minus(anew);
    line.refusedSubstitutes = true;
    warn(draft, 'SUBSTITUTE_REFUSED', `line ${line.line}: ${item} is not delivered instead: ${why ?? 'it is unknown'}`);
  }
  return wanted.minus(left);
}

function refusal(found: SubstituteItem | undefined, covers: Decimal, left: Decimal): string | undefined {
  if (!found) return 'nothing is known of it';
  if ('refused' in found) return found.refused;
  return covers.gt(left) ? 'less is wanted by now' : undefined;
}

function insteadOf({ slices }: ReservedLine): Instead[] {
  const own = slices.filter(isSubstitute);
  return [...new Set(own.map(({ item = '' }) => item))].map((item) => {
    const those = own.filter((each) => each.item === item);
    return { item, slices: those, covers: those.reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0)) };
  });
}

function giveBack(
  draft: Draft,
  line: LineProgress,
  reservation: string,
  item: string,
  slices: readonly ReservedSlice[],
): void {
  // prettier-ignore
  for (const { node, state, itemQuantity = '0' } of slices) {
    const place = state === 'ALLOCATED' ? { node } : {};
    draft.freed.push({ reservation, line: line.line, item, quantity: itemQuantity, ...place });
  }
}

function deliverInstead(
  draft: Draft,
  line: LineProgress,
  { item, covers, slices }: Instead,
  { description, baseUnit, weightKg, capture, unitPrice: own }: Known,
  reservation: string,
): void {
  const { contents, progress } = draft;
  const original = contents.lines.find((each) => each.line === line.line);
  if (!original) throw new RangeError(`${contents.id} has no line ${line.line}`);
  const quantity = plain(slices.reduce((sum, { itemQuantity = '0' }) => sum.plus(itemQuantity), new Decimal(0)));
  const unitPrice = priceOf(contents, original.unitPrice, own, covers.div(quantity));
  const number = 1 + contents.lines.reduce((last, each) => Math.max(last, each.line), FIRST_LINE - 1);
  const added: OrderedLine = {
    ...{ line: number, item, description, unit: baseUnit, baseUnit, baseQuantityPerUnit: '1', ordered: quantity },
    ...(unitPrice && { unitPrice }),
    ...(weightKg !== undefined && { weightKg }),
    ...(capture !== undefined && { capture }),
    insteadOf: { line: line.line, quantity: plain(covers) },
  };
  line.cancelled = covers.plus(line.cancelled).toFixed();
  line.substituted = covers.plus(line.substituted ?? 0).toFixed();
  Object.assign(draft, {
    contents: { ...withTotal(contents, original, added, line), lines: [...contents.lines, added] },
  });
  const fresh: LineProgress = { line: number, cancelled: '0', shipped: '0', overShipped: '0', cancelledInErp: '0', parts: [] }; // prettier-ignore
  for (const { state, node, shipDate, itemQuantity = '0' } of slices) {
    const part = { reservation, reservedLine: line.line, quantity: itemQuantity };
    put(fresh, state === 'ALLOCATED' ? { stage: 'ALLOCATED', node, ...part } : { stage: 'WAITING', promised: shipDate, ...part }); // prettier-ignore
  }
  progress.lines.push(fresh);
}

/** The lower of the two, of one base unit of the substitute, unless another way was agreed (order-to-cash §4). */
function priceOf(
  contents: OrderContents,
  original: Money | undefined,
  own: Money | undefined,
  originalPerUnit: Decimal,
): Money | undefined {
  if (policyOf(contents).substitutePrice === 'OWN' && own) return own;
  if (!original) return own;
  const amount = new Decimal(original.amount).times(originalPerUnit).toDecimalPlaces(6);
  return own?.currency === original.currency && amount.gte(own.amount)
    ? own
    : inMinorUnits({ amount, currency: original.currency });
}

/** What the order is worth with the one in place of the other; nobody can say when one of them has no price. */
function withTotal(
  contents: OrderContents,
  original: OrderedLine,
  added: OrderedLine,
  line: LineProgress,
): OrderContents {
  // prettier-ignore
  const { total: before, ...rest } = contents;
  if (!before || !original.unitPrice || !added.unitPrice) return rest;
  const was = new Decimal(line.substituted ?? 0).minus(added.insteadOf?.quantity ?? 0);
  const stood = extend(new Decimal(original.ordered).minus(was), original.unitPrice);
  const stands = extend(new Decimal(original.ordered).minus(line.substituted ?? 0), original.unitPrice);
  const instead = extend(added.ordered, added.unitPrice);
  const amount = new Decimal(before.amount).minus(stood.amount).plus(stands.amount).plus(instead.amount);
  return { ...rest, total: inMinorUnits({ amount, currency: before.currency }) };
}
