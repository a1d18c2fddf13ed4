import { type BenchOptions, median, type Measurement, type Wanted } from './bench';

/** The same work done by us and by the reference, a rate each. */
export interface Rivals {
  readonly name: string;
  readonly unit: string;
  readonly wanted: Wanted;
  readonly pairs: number;
  readonly ours: () => Promise<number>;
  readonly reference: () => Promise<number>;
}

/**
 * Runs both in turn, each pair in the other order, so that a machine that slows down or warms up favours neither. The ratio is the
 * median of the pairs' ratios; `ours` is that ratio times the median reference.
 */
export async function compared(rivals: Rivals, { say }: Pick<BenchOptions, 'say'>): Promise<Measurement> {
  const { name, unit, wanted } = rivals;
  const pairs: { readonly ours: number; readonly reference: number }[] = [];
  for (let pair = 0; pair < rivals.pairs; pair += 1) {
    const oursFirst = pair % 2 === 0;
    const first = await (oursFirst ? rivals.ours : rivals.reference)();
    const second = await (oursFirst ? rivals.reference : rivals.ours)();
    const [ours, reference] = oursFirst ? [first, second] : [second, first];
    pairs.push({ ours, reference });
    say(`${name}: ${ours.toFixed(0)} against ${reference.toFixed(0)} ${unit}, ${(ours / reference).toFixed(2)}`);
  }
  const reference = median(pairs.map((pair) => pair.reference));
  const ratio = median(pairs.map((pair) => pair.ours / pair.reference));
  return { name, ours: ratio * reference, reference, unit, wanted };
}
