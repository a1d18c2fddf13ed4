import { defineApi } from '../api';
import { type InvariantReport, InvariantsQuery } from '../availability/invariants.dto';
import {
  ConfirmShipmentRequest,
  type ConfirmShipmentResponse,
  ListShipmentsQuery,
  RetryEffectRequest,
  type ShipmentPage,
  ShipmentQuery,
  type ShipmentView,
} from './shipments.dto';

/** Confirmed shipments and the effects each must have, exactly once. */
export abstract class ShipmentsApi {
  /** Same id and content: the first result. Errors: SHIPMENT_CONFLICT (same id, other content). */
  abstract confirm(request: ConfirmShipmentRequest): Promise<ConfirmShipmentResponse>;
  /** Errors: SHIPMENT_UNKNOWN (not-found), also for another partner's. */
  abstract get(query: ShipmentQuery): Promise<ShipmentView>;
  abstract list(query: ListShipmentsQuery): Promise<ShipmentPage>;
  /**
   * Tries a failed LABEL, ERP_DELIVERY or ERP_INVOICE again. Errors: SHIPMENT_UNKNOWN (not-found), EFFECT_NOT_FAILED (conflict).
   */
  abstract retryEffect(request: RetryEffectRequest): Promise<ShipmentView>;
  /** I3 as far as it can be seen from here: each effect at most once, none without its shipment. */
  abstract checkInvariants(query: InvariantsQuery): Promise<InvariantReport>;
}

export const shipmentsContract = defineApi<ShipmentsApi>({
  token: ShipmentsApi,
  document: 'process/shipments.v1',
  name: 'shipments',
  routes: {
    confirm: { verb: 'POST', path: '/v1/shipments', input: ConfirmShipmentRequest },
    get: { verb: 'GET', path: '/v1/shipments/:id', input: ShipmentQuery },
    list: { verb: 'GET', path: '/v1/shipments', input: ListShipmentsQuery },
    retryEffect: { verb: 'POST', path: '/v1/shipments/:id/effects/:effect/retry', input: RetryEffectRequest },
    checkInvariants: { verb: 'GET', path: '/v1/invariants', input: InvariantsQuery },
  },
});
