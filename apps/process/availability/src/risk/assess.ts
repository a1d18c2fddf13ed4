import { pegCommitments, type Commitment, type NodeCommitments } from '../plan/commitments';
import type { Pegging } from '../plan/pegging';
import type { Day } from '../promise/days';
import type { Micro } from '../promise/quantity';

/** A dated promise of a reservation line: what the partner was told. */
export interface PromiseKey {
  readonly reservation: string;
  readonly line: number;
  readonly item: string;
  readonly node: string;
  readonly day: Day;
}

/** Part of a promise that can no longer be kept on its day. */
export interface Risk extends PromiseKey {
  readonly quantity: Micro;
  /** First day on which all of it could ship without moving a promise that is kept; undefined when known supply never covers it. */
  readonly newDay: Day | undefined;
}

/** Which promises can no longer be kept: in the order of their days, those of one day in the order of their age. */
export function assess(stock: NodeCommitments): Risk[] {
  return risksIn(stock, pegCommitments(stock));
}

/** What a pegging keeps late or not at all; slices of one promise are one. */
export function risksIn(
  { item, node }: Pick<NodeCommitments, 'item' | 'node'>,
  { pegs, uncovered }: Pick<Pegging<Commitment>, 'pegs' | 'uncovered'>,
): Risk[] {
  const risks = new Map<string, Risk>();
  const add = ({ reservation, line, day }: Commitment, quantity: Micro, newDay: Day | undefined): void => {
    const promise = { reservation, line, item, node, day };
    const known = risks.get(promiseKey(promise));
    risks.set(promiseKey(promise), {
      ...promise,
      quantity: quantity + (known?.quantity ?? 0n),
      newDay: known ? later(known.newDay, newDay) : newDay,
    });
  };
  for (const each of pegs) if (each.late) add(each.claim, each.quantity, each.day);
  for (const { claim, quantity } of uncovered) add(claim, quantity, undefined);
  return [...risks.values()];
}

export function promiseKey({ reservation, line, item, node, day }: PromiseKey): string {
  return [reservation, line, item, node, day].join('\u001f');
}

/** Never is the latest. */
function later(a: Day | undefined, b: Day | undefined): Day | undefined {
  return a === undefined || b === undefined ? undefined : Math.max(a, b);
}

export interface RiskChanges<Open> {
  readonly opened: readonly Risk[];
  /** Another quantity or another new day than before. */
  readonly changed: readonly { readonly before: Open; readonly after: Risk }[];
  /** Kept after all, or no longer owed. */
  readonly resolved: readonly Open[];
}

/** What is new, different and over since the risks that are known. */
export function compareRisks<Open extends Risk>(known: readonly Open[], found: readonly Risk[]): RiskChanges<Open> {
  const before = new Map(known.map((risk) => [promiseKey(risk), risk]));
  const after = new Map(found.map((risk) => [promiseKey(risk), risk]));
  return {
    opened: found.filter((risk) => !before.has(promiseKey(risk))),
    changed: known.flatMap((risk) => {
      const now = after.get(promiseKey(risk));
      if (!now || (now.quantity === risk.quantity && now.newDay === risk.newDay)) return [];
      return [{ before: risk, after: now }];
    }),
    resolved: known.filter((risk) => !after.has(promiseKey(risk))),
  };
}
