import { reconcile, type DocumentPages, type NumberedDocument } from '#connections/reconcile';
import type { PostingDifference, PostingPage, PostingView } from '#contracts/connections/connections.dto';
import { ServerAway, type Client } from './client';
import type { Server } from './options';
import { errorsOf, reasonOf } from './problem';

/** What is posted where, and where its backend's own books are. */
const LEDGERS = [
  { kind: 'erp', connection: 'erp-main', installation: 'erp/main', postings: ['sales-order', 'cancellation', 'delivery', 'invoice', 'delivery-reversal', 'credit-memo', 'freight-accrual'] }, // prettier-ignore
  { kind: 'wms', connection: 'wms-north', installation: 'wms/north', postings: ['fulfilment-order'] },
  { kind: 'tms', connection: 'carrier-main', installation: 'carrier/main', postings: ['label'] },
] as const;
const PAGE = 200;

/** One kind of document: the posting ledger beside the books of its backend, one by one. */
export interface PostingComparison {
  readonly kind: string;
  /** Posted, by the ledger. */
  readonly posted: number;
  /** Counted inside the backend. */
  readonly found: number;
  /** In both, once, under the same number. */
  readonly equal: number;
  readonly differences: readonly PostingDifference[];
  /** There are more differences than are listed. */
  readonly more: boolean;
  /** Postings that have no outcome yet. */
  readonly open: readonly string[];
  /** Of what has shipped, the keys that the ledger should have and has not. */
  readonly unposted: readonly string[];
}

/** Business keys that must be posted, by kind of document. */
export type Wanted = Readonly<Record<string, readonly string[]>>;

interface Asking {
  readonly client: Client;
  readonly sandbox: Client;
  readonly server: Server;
}

/** All kinds; those that neither side has are left out. Errors: ServerAway. */
export async function comparePostings(asking: Asking, wanted: Wanted): Promise<PostingComparison[]> {
  const compared: PostingComparison[] = [];
  for (const { kind: app, connection, installation, postings } of LEDGERS) {
    for (const kind of postings) {
      const ledger = await ledgerOf(asking, app, { connection, kind });
      compared.push(await comparePosting(kind, ledger, booksOf(asking, installation, kind), wanted[kind] ?? []));
    }
  }
  return compared.filter(({ posted, found, open, unposted }) => posted + found + open.length + unposted.length > 0);
}

export async function comparePosting(
  kind: string,
  ledger: readonly Pick<PostingView, 'businessKey' | 'documentNumber' | 'state'>[],
  books: DocumentPages,
  wanted: readonly string[],
): Promise<PostingComparison> {
  const done = ledger
    .filter(({ state }) => state === 'DONE')
    .map(({ businessKey, documentNumber = '' }) => ({ businessKey, documentNumber }))
    .sort((a, b) => compare(a.businessKey, b.businessKey));
  const { posted, found, equal, differences, more } = await reconcile(pagesOf(done), books);
  const keys = new Set(done.map(({ businessKey }) => businessKey));
  return {
    ...{ kind, posted, found, equal, differences, more },
    open: ledger.filter(({ state }) => state === 'OPEN').map(({ businessKey }) => businessKey),
    unposted: wanted.filter((key) => !keys.has(key)),
  };
}

/** What does not agree, in words; nothing when every document is there once and under its number. */
export function mismatches({ kind, differences, more, open, unposted }: PostingComparison): string[] {
  const shown = differences.map(({ difference, businessKey, posted: ours, found }) => `${kind} ${businessKey}: ${difference}, ledger ${ours ?? 'nothing'}, books ${found?.join(' and ') ?? 'nothing'}`); // prettier-ignore
  return [
    ...shown,
    ...(more ? [`${kind}: and more`] : []),
    ...open.map((key) => `${kind} ${key}: no outcome in the ledger`),
    ...unposted.map((key) => `${kind} ${key}: shipped, and not posted`),
  ];
}

/** `documents` by key in code point order; the reader may ask again for the last key of a page. */
function pagesOf(documents: readonly NumberedDocument[]): DocumentPages {
  return (after, limit) => {
    const from = documents.findIndex(({ businessKey }) => compare(businessKey, after) > 0);
    return Promise.resolve(from === -1 ? [] : documents.slice(from, from + limit));
  };
}

function compare(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

async function ledgerOf(
  { client, server }: Asking,
  app: string,
  filter: { readonly connection: string; readonly kind: string },
): Promise<PostingView[]> {
  const postings: PostingView[] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ ...filter, limit: String(PAGE), ...(cursor === undefined ? {} : { cursor }) });
    const path = `/operations/v1/connections/${app}/postings?${query.toString()}`;
    const answer = await client.call({ method: 'GET', path, key: server.operationsKey });
    if (answer.status !== 200) throw new Error(`postings: ${answer.status} ${reasonOf(errorsOf(answer)[0])}`);
    const page = answer.body as PostingPage;
    postings.push(...page.postings);
    cursor = page.next;
  } while (cursor !== undefined);
  return postings;
}

function booksOf({ sandbox }: Asking, installation: string, kind: string): DocumentPages {
  return async (after, limit) => {
    const query = new URLSearchParams({ kind, after, limit: String(limit) });
    const path = `/sandbox/${installation}/_counts/documents?${query.toString()}`;
    const { status, body } = await sandbox.call({ method: 'GET', path });
    if (status !== 200) throw new ServerAway(`${installation}: the sandbox does not list its documents`);
    const { documents } = body as { documents: readonly { externalId: string; documentNumber: string }[] };
    return documents.map(({ externalId, documentNumber }) => ({ businessKey: externalId, documentNumber }));
  };
}
