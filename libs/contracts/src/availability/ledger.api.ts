import { defineApi } from '../api';
import { type LedgerPage, LedgerQuery } from './ledger.dto';

/** Where stock numbers come from. Quantities are base units. */
export abstract class LedgerApi {
  /** Every fact behind the stock of an item. Errors: CURSOR_INVALID (invalid). */
  abstract ledger(query: LedgerQuery): Promise<LedgerPage>;
}

export const ledgerContract = defineApi<LedgerApi>({
  token: LedgerApi,
  document: 'process/availability.v1',
  name: 'ledger',
  routes: {
    ledger: { verb: 'GET', path: '/v1/ledger', input: LedgerQuery },
  },
});
