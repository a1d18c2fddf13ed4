import { Injectable } from '@nestjs/common';
import type { LedgerApi } from '#contracts/availability/ledger.api';
import type {
  GiveUpRequest,
  GiveUpResponse,
  LedgerPage,
  LedgerQuery,
  SourcePage,
  SourcesQuery,
} from '#contracts/availability/ledger.dto';
import type { PutSourceRulesRequest, PutSourceRulesResponse, RefusedFactPage, RefusedFactsQuery, SourceRuleList, SourceRulesQuery } from '#contracts/availability/source-rules.dto'; // prettier-ignore
import { Gaps } from './ledger/gaps';
import { SourceRules } from './ledger/source-rules';
import { LedgerPages } from './read/ledger-pages';
import { RefusedFacts } from './read/refused-facts';
import { Sources } from './read/sources';

/** The API of the ledger; each call is carried out by the use case it names. */
@Injectable()
export class LedgerService implements LedgerApi {
  constructor(
    private readonly pages: LedgerPages,
    private readonly known: Sources,
    private readonly gaps: Gaps,
    private readonly rules: SourceRules,
    private readonly refused: RefusedFacts,
  ) {}

  ledger(query: LedgerQuery): Promise<LedgerPage> {
    return this.pages.page(query);
  }

  sources(query: SourcesQuery): Promise<SourcePage> {
    return this.known.page(query);
  }

  giveUp(request: GiveUpRequest): Promise<GiveUpResponse> {
    return this.gaps.giveUp(request);
  }

  putSourceRules(request: PutSourceRulesRequest): Promise<PutSourceRulesResponse> {
    return this.rules.put(request);
  }

  sourceRules(query: SourceRulesQuery): Promise<SourceRuleList> {
    return this.rules.list(query);
  }

  refusedFacts(query: RefusedFactsQuery): Promise<RefusedFactPage> {
    return this.refused.page(query);
  }
}
