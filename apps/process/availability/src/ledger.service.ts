import { Injectable } from '@nestjs/common';
import type { LedgerApi } from '#contracts/availability/ledger.api';
import type { LedgerPage, LedgerQuery } from '#contracts/availability/ledger.dto';
import { LedgerPages } from './read/ledger-pages';

/** The API of the ledger; each call is carried out by the use case it names. */
@Injectable()
export class LedgerService implements LedgerApi {
  constructor(private readonly pages: LedgerPages) {}

  ledger(query: LedgerQuery): Promise<LedgerPage> {
    return this.pages.page(query);
  }
}
