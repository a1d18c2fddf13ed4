import { Decimal, plain } from '#canonical/decimal';

export interface OrderedLine {
  readonly line: number;
  readonly item: string;
  readonly quantity: string;
  readonly unitPrice: string;
}
/** So much of that line of that order is reversed. */
export interface Taken {
  readonly order: string;
  readonly line: number;
  readonly quantity: string;
}
export interface Match {
  readonly taken: readonly Taken[];
  /** Quantity for which no earlier order was found. */
  readonly missing: string;
}

interface Candidate {
  readonly order: string;
  readonly line: number;
  readonly unitPrice: string;
  left: Decimal;
}

export function pairKey(customer: string, item: string): string {
  return `${customer}\n${item}`;
}

/**
 * Earlier order lines by customer and item, as far as a later reversal can name them: only the pairs that the first pass saw
 * in a C invoice are kept, so memory grows with the reversals of a file and not with its lines.
 */
export class ReversalIndex {
  private readonly lines = new Map<string, Candidate[]>();

  constructor(private readonly wanted: ReadonlySet<string>) {}

  /** An order was accepted. */
  ordered(customer: string, order: string, lines: readonly OrderedLine[]): void {
    for (const { line, item, quantity, unitPrice } of lines) {
      const key = pairKey(customer, item);
      if (!this.wanted.has(key)) continue;
      const known = this.lines.get(key) ?? [];
      known.push({ order, line, unitPrice: plain(unitPrice), left: new Decimal(quantity) });
      this.lines.set(key, known);
    }
  }

  /**
   * Takes a quantity back from earlier orders: first from lines at the same price, first from one that covers it alone,
   * first from the latest. Never more than a line was ordered with, over all reversals together.
   */
  take(customer: string, item: string, quantity: string, unitPrice: string): Match {
    const wanted = new Decimal(quantity);
    const candidates = (this.lines.get(pairKey(customer, item)) ?? []).filter(({ left }) => left.gt(0));
    const rank = (candidate: Candidate): number =>
      (candidate.unitPrice === plain(unitPrice) ? 2 : 0) + (candidate.left.gte(wanted) ? 1 : 0);
    // The index is in order of acceptance per customer: reversed, the stable sort leaves the latest first.
    const ranked = [...candidates].reverse().sort((a, b) => rank(b) - rank(a));
    const taken: Taken[] = [];
    let missing = wanted;
    for (const candidate of ranked) {
      if (missing.lte(0)) break;
      const part = Decimal.min(candidate.left, missing);
      candidate.left = candidate.left.minus(part);
      missing = missing.minus(part);
      taken.push({ order: candidate.order, line: candidate.line, quantity: plain(part) });
    }
    return { taken, missing: plain(missing) };
  }
}
