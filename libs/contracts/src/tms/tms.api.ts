import { defineApi } from '../api';
import {
  BuyLabelRequest,
  type LabelResult,
  RateRequest,
  type RateResponse,
  type TrackingState,
  TrackQuery,
  VoidLabelRequest,
  type VoidLabelResponse,
} from './tms.dto';

/** Any carrier or carrier aggregator, in canonical words. A label is money: at most one live one per business key. */
export abstract class TmsApi {
  abstract rates(request: RateRequest): Promise<RateResponse>;
  /** Looked up by business key before a retry when the outcome is unknown. */
  abstract buyLabel(request: BuyLabelRequest): Promise<LabelResult>;
  /** Errors: LABEL_UNKNOWN (not-found). */
  abstract voidLabel(request: VoidLabelRequest): Promise<VoidLabelResponse>;
  abstract track(query: TrackQuery): Promise<TrackingState>;
}

export const tmsContract = defineApi<TmsApi>({
  token: TmsApi,
  document: 'system/tms.v1',
  name: 'tms',
  routes: {
    rates: { verb: 'POST', path: '/v1/rates', input: RateRequest },
    buyLabel: { verb: 'POST', path: '/v1/labels', input: BuyLabelRequest },
    voidLabel: { verb: 'POST', path: '/v1/labels/:businessKey/void', input: VoidLabelRequest },
    track: { verb: 'GET', path: '/v1/tracking/:trackingNumber', input: TrackQuery },
  },
});
