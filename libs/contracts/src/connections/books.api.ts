import { defineApi } from '../api';
import { type Reconciliation, ReconcileRequest } from './connections.dto';

/** The books of the ERPs against the posting ledger. */
export abstract class ErpBooksApi {
  /**
   * Compares the ledger with the ERP's own books, one by one. What is posted meanwhile may appear as a difference: ask again.
   * Errors: CONNECTION_UNKNOWN (not-found), ABILITY_DISABLED (refused) when the ERP cannot list its documents,
   * POSTING_KIND_UNKNOWN (invalid).
   */
  abstract reconcile(request: ReconcileRequest): Promise<Reconciliation>;
}

export const erpBooksContract = defineApi<ErpBooksApi>({
  token: ErpBooksApi,
  document: 'system/erp.v1',
  name: 'erpBooks',
  routes: {
    reconcile: { verb: 'POST', path: '/v1/connections/:id/reconcile', input: ReconcileRequest },
  },
});
