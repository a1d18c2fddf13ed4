import type { Running } from '../support/running';
import { requestsPerSecond } from './load';
import { skuOf, UNIT } from './world';

export interface Questions {
  /** Items asked about, from `skuOf(0)` on; each is stocked. */
  readonly items: number;
  /** Lines of a request, at most `items`. */
  readonly lines: number;
  readonly connections: number;
  readonly seconds: number;
}

/** Steps through the items; it shares no factor with their number, so that every item has its turn. */
const STRIDE = 7;

/** Queries of the portal in a second, with key, limit and contract check. Every line of an answer has something to promise. */
export function askPortal({ demo }: Running, questions: Questions): Promise<number> {
  const { lines, connections, seconds } = questions;
  const bodies = itemsOf(questions).map((items) =>
    JSON.stringify({ lines: items.map((item) => ({ item, quantity: { value: '1', unit: UNIT } })) }),
  );
  return requestsPerSecond({
    url: `${demo.url}/portal/v1/availability/query`,
    headers: { authorization: `Bearer ${demo.keys.portal}` },
    next: inTurn(bodies),
    connections,
    extent: { seconds },
    right: (body) => {
      const answer = JSON.parse(body) as { lines: { availableToPromise: { value: string }; unpromised: { value: string } }[] }; // prettier-ignore
      return answer.lines.length === lines && answer.lines.every((line) => Number(line.availableToPromise.value) > 0);
    },
  });
}

/** The same questions to the bare twin. */
export function askBare(url: string, node: string, questions: Questions): Promise<number> {
  const { lines, connections, seconds } = questions;
  const bodies = itemsOf(questions).map((items) => JSON.stringify({ items, node }));
  return requestsPerSecond({
    url: lines === 1 ? `${url}/line` : `${url}/lines`,
    next: inTurn(bodies),
    connections,
    extent: { seconds },
    right: (body) => {
      const answer = JSON.parse(body) as { lines: { free: string }[] };
      return answer.lines.length === lines && answer.lines.every(({ free }) => Number(free) > 0);
    },
  });
}

/** One request per item to begin with; its lines are different items. */
function itemsOf({ items, lines }: Questions): string[][] {
  return Array.from({ length: items }, (_, first) =>
    Array.from({ length: lines }, (_, line) => skuOf((first + line * STRIDE) % items)),
  );
}

function inTurn(bodies: readonly string[]): () => { body: string } {
  let next = 0;
  return () => ({ body: bodies[(next += STRIDE) % bodies.length]! });
}
