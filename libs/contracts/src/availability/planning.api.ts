import { defineApi } from '../api';
import { type RiskPage, RisksQuery } from './planning.dto';

/** What planners ask of availability: what is in danger. Quantities are base units. */
export abstract class PlanningApi {
  /** Dated promises that can no longer be kept. */
  abstract risks(query: RisksQuery): Promise<RiskPage>;
}

export const planningContract = defineApi<PlanningApi>({
  token: PlanningApi,
  document: 'process/availability.v1',
  name: 'planning',
  routes: {
    risks: { verb: 'GET', path: '/v1/risks', input: RisksQuery },
  },
});
