import { defineApi } from '../api';
import { type InvariantReport, InvariantsQuery } from '../availability/invariants.dto';
import {
  ConfirmShipmentRequest,
  type ConfirmShipmentResponse,
  CorrectShipmentRequest,
  type CorrectShipmentResponse,
  ListShipmentsQuery,
  type OverShipTolerances,
  OverShipTolerancesQuery,
  PutOverShipTolerancesRequest,
  RetryEffectRequest,
  type ShipmentPage,
  ShipmentQuery,
  type ShipmentView,
  VoidShipmentRequest,
} from './shipments.dto';

/** Confirmed shipments and the effects each must have, exactly once. */
export abstract class ShipmentsApi {
  /** Same id and content: the first result. Errors: SHIPMENT_CONFLICT (same id, other content). */
  abstract confirm(request: ConfirmShipmentRequest): Promise<ConfirmShipmentResponse>;
  /**
   * Says what a shipment really was: its effects are corrected by the difference, what was not asked for yet takes the new content.
   * Errors: SHIPMENT_UNKNOWN (not-found); SHIPMENT_REVISION_CONFLICT (another version is next, or this one is known with other
   * content), SHIPMENT_VOIDED (both conflict).
   */
  abstract correct(request: CorrectShipmentRequest): Promise<CorrectShipmentResponse>;
  /** Nothing of it left: every effect is taken back. Errors: as of `correct`. */
  abstract void(request: VoidShipmentRequest): Promise<CorrectShipmentResponse>;
  /** Errors: SHIPMENT_UNKNOWN (not-found), also for another partner's. */
  abstract get(query: ShipmentQuery): Promise<ShipmentView>;
  abstract list(query: ListShipmentsQuery): Promise<ShipmentPage>;
  /**
   * Tries a failed effect that calls a backend again: LABEL, ERP_DELIVERY, ERP_INVOICE, FREIGHT_ACCRUAL, ERP_REVERSAL,
   * CREDIT_MEMO, LABEL_VOID. Errors: SHIPMENT_UNKNOWN (not-found), EFFECT_NOT_FAILED (conflict).
   */
  abstract retryEffect(request: RetryEffectRequest): Promise<ShipmentView>;
  abstract tolerances(query: OverShipTolerancesQuery): Promise<OverShipTolerances>;
  /** Counts for shipments that are confirmed from now on. Errors: TOLERANCE_INVALID (invalid) above 100 percent. */
  abstract putTolerances(request: PutOverShipTolerancesRequest): Promise<OverShipTolerances>;
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
    correct: { verb: 'POST', path: '/v1/shipments/:id/corrections', input: CorrectShipmentRequest },
    void: { verb: 'POST', path: '/v1/shipments/:id/void', input: VoidShipmentRequest },
    tolerances: { verb: 'GET', path: '/v1/over-ship-tolerances', input: OverShipTolerancesQuery },
    putTolerances: { verb: 'PUT', path: '/v1/over-ship-tolerances', input: PutOverShipTolerancesRequest },
    checkInvariants: { verb: 'GET', path: '/v1/invariants', input: InvariantsQuery },
  },
});
