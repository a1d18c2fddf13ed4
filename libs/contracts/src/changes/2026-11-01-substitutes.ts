import type { DatedChange } from './dated-change';

/**
 * What belongs together is one object: what is delivered instead is a slice's `substitute` (it was `item` beside `itemQuantity`, which looked as if
 * the slice were of that item), and how far to explain is `explain.days` (it was `explain` beside `explainDays`, of which the second
 * did nothing without the first).
 */
export const SUBSTITUTES: DatedChange = {
  date: '2026-11-01',
  previousUntil: '2028-11-30',
  operations: {
    'portalAvailability.query': { request: explainObject, response: slicesBefore },
    'portalReservations.place': { response: slicesBefore },
    'portalReservations.get': { response: slicesBefore },
  },
};

type Fields = Readonly<Record<string, unknown>>;
interface Sliced extends Fields {
  readonly lines: readonly (Fields & { readonly slices: readonly Fields[] })[];
}

function explainObject(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const { explain, explainDays: days, ...rest } = body as Fields;
  if (explain === true) return { ...rest, explain: days === undefined ? {} : { days } };
  // What was wrong then is wrong now: it is left for the contract to refuse.
  if (explain !== undefined && explain !== false) return body;
  return days === undefined || typeof days === 'number' ? rest : { ...rest, explainDays: days };
}

function slicesBefore(body: unknown): unknown {
  const { lines, ...rest } = body as Sliced;
  return { ...rest, lines: lines.map((line) => ({ ...line, slices: line.slices.map(sliceBefore) })) };
}

function sliceBefore({ substitute, ...slice }: Fields): Fields {
  if (substitute === undefined) return slice;
  const { item, quantity } = substitute as Fields;
  return { ...slice, item, itemQuantity: quantity };
}
