import type { ExplainedDay, ExplainedNode, ExplainedSupply } from '#contracts/availability/answer.dto';
import { dateOf } from '../promise/days';
import { dayTable, type ExplainedDay as TableDay } from '../promise/explain';
import type { Ground } from '../promise/ground';
import type { CoverLine } from '../promise/line';
import { text } from '../promise/quantity';
import type { CountedReceipt } from '../out/expected-receipt.store';

/** The day tables that an answer was made from: of the item, or of what a kit is put together from, and of its substitutes. */
export function explain({ book, terms }: Ground, { item, node, channel }: CoverLine, days: number): ExplainedNode[] {
  const made = terms.kits.get(item)?.map((component) => component.item) ?? [item];
  const instead = terms.item(item)?.substitutes.map((substitute) => substitute.item) ?? [];
  return [...new Set([...made, ...instead])].flatMap((each) =>
    (book.get(each) ?? [])
      .filter((own) => node === undefined || own.node === node)
      .map((own) => ({ node: own.node, item: each, days: dayTable(own, days, channel).map(dayOf), expected: [] })),
  );
}

function dayOf({ day, supply, demand, projected, promisable, discrete, supplies, pegs }: TableDay): ExplainedDay {
  return {
    date: dateOf(day),
    supply: text(supply),
    demand: text(demand),
    projected: text(projected),
    availableToPromise: text(promisable),
    ...(discrete === undefined ? {} : { discrete: text(discrete) }),
    supplies: [...supplies],
    demands: pegs.map(({ quantity, supply: pegged }) => ({
      quantity: text(quantity),
      ...(pegged === undefined ? {} : { supply: pegged }),
    })),
  };
}

/** The documents behind day tables, put into them. Read after the answer: they may be a moment younger. */
export function withExpected(nodes: readonly ExplainedNode[], receipts: readonly CountedReceipt[]): void {
  for (const node of nodes)
    node.expected = receipts.filter((each) => each.item === node.item && each.node === node.node).map(supplyOf);
}

function supplyOf({ id, kind, quantity, open, announces, day }: CountedReceipt): ExplainedSupply {
  const counts = { id, kind, quantity: text(quantity), open: text(open), availableOn: dateOf(day) };
  return announces === undefined ? counts : { ...counts, announces };
}
