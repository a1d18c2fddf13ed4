import type { PostingDifference, Reconciliation } from '#contracts/connections/connections.dto';

export interface NumberedDocument {
  readonly businessKey: string;
  readonly documentNumber: string;
}

/** Documents by business key in code point order, after this key; fewer than `limit` only at the end. */
export type DocumentPages = (after: string, limit: number) => Promise<readonly NumberedDocument[]>;

const PAGE = 500;
const SHOWN = 500;

/** Merges the ledger and the backend's books by key and says where they differ. Memory: a page of each. */
export async function reconcile(
  ledger: DocumentPages,
  books: DocumentPages,
): Promise<Pick<Reconciliation, 'posted' | 'found' | 'equal' | 'differences' | 'more'>> {
  const result = { posted: 0, found: 0, equal: 0, differences: [] as PostingDifference[], more: false };
  const ours = keysOf(ledger);
  const theirs = keysOf(books);
  let mine = await ours.next();
  let its = await theirs.next();
  while (mine.done !== true || its.done !== true) {
    const key = first(mine.done === true ? undefined : mine.value.businessKey, its.done === true ? undefined : its.value.businessKey); // prettier-ignore
    const posted = mine.done !== true && mine.value.businessKey === key ? mine.value.numbers[0] : undefined;
    const found = its.done !== true && its.value.businessKey === key ? its.value.numbers : [];
    result.posted += posted === undefined ? 0 : 1;
    result.found += found.length;
    const difference = compare(posted, found);
    if (difference === undefined) result.equal += 1;
    else if (result.differences.length === SHOWN) result.more = true;
    else
      result.differences.push({
        ...{ difference, businessKey: key },
        ...(posted === undefined ? {} : { posted }),
        ...(found.length === 0 ? {} : { found: [...found] }),
      });
    if (posted !== undefined) mine = await ours.next();
    if (found.length > 0) its = await theirs.next();
  }
  return result;
}

function compare(posted: string | undefined, found: readonly string[]): PostingDifference['difference'] | undefined {
  if (found.length > 1) return 'REPEATED';
  if (found.length === 0) return 'MISSING';
  if (posted === undefined) return 'UNEXPECTED';
  return found[0] === posted ? undefined : 'DIFFERENT';
}

/** Code point order, as both sides have it. */
function first(a: string | undefined, b: string | undefined): string {
  if (a === undefined || b === undefined) return a ?? b ?? '';
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) <= 0 ? a : b;
}

/** A full page may end between two documents of one key: that key is read whole with the next page. */
function withoutLastKey(page: readonly NumberedDocument[]): readonly NumberedDocument[] {
  const last = page.at(-1)?.businessKey;
  const whole = page.filter(({ businessKey }) => businessKey !== last);
  return whole.length > 0 ? whole : page;
}

/** One entry per key with all its numbers. */
async function* keysOf(pages: DocumentPages): AsyncGenerator<{ businessKey: string; numbers: string[] }, undefined> {
  let open: { businessKey: string; numbers: string[] } | undefined;
  for (let after = ''; ;) {
    const page = await pages(after, PAGE);
    const full = page.length === PAGE;
    for (const { businessKey, documentNumber } of full ? withoutLastKey(page) : page) {
      if (open?.businessKey === businessKey) open.numbers.push(documentNumber);
      else {
        if (open) yield open;
        open = { businessKey, numbers: [documentNumber] };
      }
    }
    if (!full) break;
    after = open?.businessKey ?? after;
  }
  if (open) yield open;
  return undefined;
}
