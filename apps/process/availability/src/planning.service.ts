import { Injectable } from '@nestjs/common';
import type { PlanningApi } from '#contracts/availability/planning.api';
import type { RiskPage, RisksQuery, ShortagePage, ShortagesQuery } from '#contracts/availability/planning.dto';
import type { WhatIfAnswer, WhatIfRequest } from '#contracts/availability/what-if.dto';
import { Shortages } from './read/shortages';
import { WhatIfs } from './read/what-ifs';
import { OpenRisks } from './risk/open-risks';

/** The API for planners; each call is carried out by the use case it names. */
@Injectable()
export class PlanningService implements PlanningApi {
  constructor(
    private readonly openRisks: OpenRisks,
    private readonly shortageList: Shortages,
    private readonly whatIfs: WhatIfs,
  ) {}

  risks(query: RisksQuery): Promise<RiskPage> {
    return this.openRisks.page(query);
  }

  shortages(query: ShortagesQuery): Promise<ShortagePage> {
    return this.shortageList.page(query);
  }

  whatIf(request: WhatIfRequest): Promise<WhatIfAnswer> {
    return this.whatIfs.answer(request);
  }
}
