/** Answers with `next` that are asked for otherwise. */
export const OTHER_PAGES: Readonly<Record<string, string>> = {
  'operationsPolicies.channels': 'keyed by what it lists: `after`',
  'operationsPolicies.items': 'keyed by what it lists: `after`',
  'operationsPolicies.partners': 'keyed by what it lists: `after`',
  'operationsFeeds.differences': 'a page is one look at so many items, not so many rows: no limit',
};
