import { add, Decimal, isPositive, plain, subtract, sum } from '#canonical/decimal';
import { CrossdockError } from '#canonical/errors';
import type { LineProgress, OrderState, Part, Stage } from './order-state';

/** Past the point where the order still holds the reservation by itself: a node works on it. */
export const AT_NODE: readonly Stage[] = ['RELEASED', 'PICKED'];

export function lineOf(state: OrderState, line: number): LineProgress | undefined {
  return state.progress.lines.find((each) => each.line === line);
}

export function quantityOf(parts: readonly Part[], ...stages: Stage[]): Decimal {
  return parts
    .filter((part) => stages.length === 0 || stages.includes(part.stage))
    .reduce((total, part) => total.plus(part.quantity), new Decimal(0));
}

/**
 * Takes up to `wanted` out of the parts that match, in their order, and returns what was taken, part by part. What is taken is no
 * longer open: the caller says where it goes.
 */
export function take(line: LineProgress, wanted: Decimal.Value, matches: (part: Part) => boolean): Part[] {
  let left = new Decimal(wanted);
  const taken: Part[] = [];
  for (const part of line.parts) {
    if (left.lte(0)) break;
    if (!matches(part)) continue;
    if (left.gte(part.quantity)) {
      taken.push({ ...part });
      left = left.minus(part.quantity);
      part.quantity = '0';
    } else {
      taken.push({ ...part, quantity: left.toFixed() });
      part.quantity = subtract(part.quantity, left);
      left = new Decimal(0);
    }
  }
  line.parts = line.parts.filter((part) => part.quantity !== '0');
  return taken;
}

/** Puts a part into the line; parts that stand in the same place become one. */
export function put(line: LineProgress, part: Part): void {
  if (!isPositive(part.quantity)) return;
  const place = placeOf(part);
  const same = line.parts.find((each) => placeOf(each) === place);
  if (!same) line.parts.push(part);
  else {
    same.quantity = add(same.quantity, part.quantity);
    if (part.promised !== undefined && part.promised > (same.promised ?? '')) same.promised = part.promised;
  }
}

function placeOf({ stage, reservation, reservedLine, node, fulfilment, exclude }: Part): string {
  return [stage, reservation, reservedLine, node, fulfilment, exclude?.join(' ')].join('\n');
}

/** I8: ordered = cancelled + shipped + open for every line, and nothing is negative. Errors: ORDER_ARITHMETIC (defect). */
export function assertArithmetic({ contents, progress }: OrderState): void {
  for (const [index, { line, ordered }] of contents.lines.entries()) {
    const now = progress.lines[index];
    if (!now) throw arithmetic(contents.id, `line ${line} has no progress`);
    const parts = now.parts.map((part) => part.quantity);
    const figures = [now.cancelled, now.shipped, now.overShipped, ...parts];
    if (
      sum([now.cancelled, now.shipped, ...parts]) !== plain(ordered) ||
      figures.some((figure) => figure.startsWith('-'))
    ) {
      const open = quantityOf(now.parts).toFixed();
      throw arithmetic(contents.id, `line ${line}: ${ordered} ≠ ${now.cancelled} + ${now.shipped} + ${open}`);
    }
  }
}

function arithmetic(order: string, message: string): CrossdockError {
  const details = { order, invariant: 'I8' };
  return new CrossdockError({ code: 'ORDER_ARITHMETIC', kind: 'defect', message: `${order} ${message}`, details });
}
