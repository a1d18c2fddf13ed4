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
import { Gaps } from './ledger/gaps';
import { LedgerPages } from './read/ledger-pages';
import { Sources } from './read/sources';

/** The API of the ledger; each call is carried out by the use case it names. */
@Injectable()
export class LedgerService implements LedgerApi {
  constructor(
    private readonly pages: LedgerPages,
    private readonly known: Sources,
    private readonly gaps: Gaps,
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
}
