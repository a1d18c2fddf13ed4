import { Decimal } from '#canonical/decimal';

export interface Tolerance {
  /** '' stands for all. */
  readonly partner: string;
  readonly item: string;
  readonly percent: string;
}

/** Base units of a line that may leave beyond what was released. */
export type SurplusOf = (line: { readonly item: string; readonly quantity: string }) => Decimal;

/** The most exact entry counts: partner and item, partner, item, all. */
export function surplusOf(tolerances: readonly Tolerance[], partner: string): SurplusOf {
  const percentOf = (item: string): string => {
    const places = [[partner, item], [partner, ''], ['', item], ['', '']]; // prettier-ignore
    for (const [whose, which] of places) {
      const found = tolerances.find((each) => each.partner === whose && each.item === which);
      if (found) return found.percent;
    }
    return '0';
  };
  return ({ item, quantity }) =>
    new Decimal(quantity).times(percentOf(item)).div(100).toDecimalPlaces(6, Decimal.ROUND_DOWN);
}

export const noSurplus: SurplusOf = () => new Decimal(0);
