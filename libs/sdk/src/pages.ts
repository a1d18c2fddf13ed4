import type { CallOptions, Reply } from './calls';

type Lister<Query, Page> = (input?: CallOptions & { readonly query?: Query }) => Promise<Reply<Page>>;

/**
 * Every page of a list, by its cursor, with the same filters throughout:
 * `for await (const { orders } of pages(api.portalOrders.list, { status: 'SHIPPED' }))`.
 */
export async function* pages<Query extends { cursor?: string }, Page extends { next?: string }>(
  list: Lister<Query, Page>,
  query?: Query,
): AsyncGenerator<Page, void> {
  let cursor = query?.cursor;
  do {
    const { data } = await list({ query: { ...query, ...(cursor === undefined ? {} : { cursor }) } as Query });
    yield data;
    cursor = data.next;
  } while (cursor !== undefined);
}

/**
 * What changed since a cursor, page by page, until nothing more is waiting. Keep `next` of the last page that you have worked through
 * and start there the next time; without `since` it starts at the beginning.
 */
export async function* changes<Query extends { since?: string }, Page extends { next: string; more: boolean }>(
  feed: Lister<Query, Page>,
  query?: Query,
): AsyncGenerator<Page, void> {
  let since = query?.since;
  for (;;) {
    const { data } = await feed({ query: { ...query, ...(since === undefined ? {} : { since }) } as Query });
    yield data;
    if (!data.more) return;
    since = data.next;
  }
}
