import { defineApi } from '../api';
import { type RiskPage, RisksQuery, type ShortagePage, ShortagesQuery } from './planning.dto';
import { type WhatIfAnswer, WhatIfRequest } from './what-if.dto';

/** What planners ask of availability: what is in danger and what is missing. Quantities are base units. */
export abstract class PlanningApi {
  /** Dated promises that can no longer be kept. */
  abstract risks(query: RisksQuery): Promise<RiskPage>;
  /** What will be missing, of all items, the most urgent first. Errors: CURSOR_INVALID (invalid). */
  abstract shortages(query: ShortagesQuery): Promise<ShortagePage>;
  /**
   * What the plan of an item would be if supply or demand were otherwise; nothing is written. Errors: ITEM_UNKNOWN (not-found),
   * WHAT_IF_INVALID (invalid) with a finding per fault.
   */
  abstract whatIf(request: WhatIfRequest): Promise<WhatIfAnswer>;
}

export const planningContract = defineApi<PlanningApi>({
  token: PlanningApi,
  document: 'process/availability.v1',
  name: 'planning',
  routes: {
    risks: { verb: 'GET', path: '/v1/risks', input: RisksQuery },
    shortages: { verb: 'GET', path: '/v1/shortages', input: ShortagesQuery },
    whatIf: { verb: 'POST', path: '/v1/what-if', input: WhatIfRequest },
  },
});
