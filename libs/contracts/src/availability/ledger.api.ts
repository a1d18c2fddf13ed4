import { defineApi } from '../api';
import {
  GiveUpRequest,
  type GiveUpResponse,
  type LedgerPage,
  LedgerQuery,
  type SourcePage,
  SourcesQuery,
} from './ledger.dto';
import {
  PutSourceRulesRequest,
  type PutSourceRulesResponse,
  type RefusedFactPage,
  RefusedFactsQuery,
  type SourceRuleList,
  SourceRulesQuery,
} from './source-rules.dto';

/** Where stock numbers come from. Quantities are base units. */
export abstract class LedgerApi {
  /** Every fact behind the stock of an item. Errors: CURSOR_INVALID (invalid). */
  abstract ledger(query: LedgerQuery): Promise<LedgerPage>;
  /** Who states stock facts, with what authority, how far, and what is missing of it. */
  abstract sources(query: SourcesQuery): Promise<SourcePage>;
  /** Waits no longer for the missing numbers of a source at a node. Errors: SOURCE_UNKNOWN (not-found). */
  abstract giveUp(request: GiveUpRequest): Promise<GiveUpResponse>;
  /** Which source speaks for a node, and how old its word may be. Errors: POLICY_INVALID (invalid) with a finding per fault. */
  abstract putSourceRules(request: PutSourceRulesRequest): Promise<PutSourceRulesResponse>;
  abstract sourceRules(query: SourceRulesQuery): Promise<SourceRuleList>;
  /** What was stated without authority: kept as evidence, never counted. Errors: CURSOR_INVALID (invalid). */
  abstract refusedFacts(query: RefusedFactsQuery): Promise<RefusedFactPage>;
}

export const ledgerContract = defineApi<LedgerApi>({
  token: LedgerApi,
  document: 'process/availability.v1',
  name: 'ledger',
  routes: {
    ledger: { verb: 'GET', path: '/v1/ledger', input: LedgerQuery },
    sources: { verb: 'GET', path: '/v1/sources', input: SourcesQuery },
    giveUp: { verb: 'POST', path: '/v1/sources/give-up', input: GiveUpRequest },
    putSourceRules: { verb: 'PUT', path: '/v1/source-rules', input: PutSourceRulesRequest },
    sourceRules: { verb: 'GET', path: '/v1/source-rules', input: SourceRulesQuery },
    refusedFacts: { verb: 'GET', path: '/v1/refused-facts', input: RefusedFactsQuery },
  },
});
