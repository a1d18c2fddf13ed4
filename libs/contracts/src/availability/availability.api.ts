import { defineApi } from '../api';
import { type AvailabilityAnswer } from './answer.dto';
import { type DeltaPage, DeltasQuery } from './deltas.dto';
import { type InvariantReport, InvariantsQuery } from './invariants.dto';
import { AvailabilityQuery } from './query.dto';
import { ReleaseRequest, type ReleaseResponse } from './release.dto';
import { ReserveRequest, type ReserveResponse } from './reserve.dto';
import {
  PostInventoryRequest,
  type PostInventoryResponse,
  PutSafetyStockRequest,
  PutSuppliesRequest,
  type PutSuppliesResponse,
} from './stock.dto';
import { type Timeline, TimelineQuery } from './timeline.dto';
import { type ChannelQuotaPage, ChannelQuotasQuery, ItemPoliciesQuery, type ItemPolicyPage, NodePoliciesQuery, type NodePolicyList, type PartnerCapPage, PartnerCapsQuery, PutChannelQuotasRequest, PutItemPoliciesRequest, PutNodePoliciesRequest, PutPartnerCapsRequest, type PutPoliciesResponse } from './policies.dto'; // prettier-ignore
import { ExtendRequest, type ExtendResponse, ReservationQuery, type ReservationView } from './reservations.dto';

/** What can be promised, from where and when; and the reservations that hold it. Quantities are base units. */
export abstract class AvailabilityApi {
  /** Appends stock facts to the ledger, each once, and moves the positions. One bad record never hides the good ones. */
  abstract postInventory(request: PostInventoryRequest): Promise<PostInventoryResponse>;
  abstract putSupplies(request: PutSuppliesRequest): Promise<PutSuppliesResponse>;
  abstract putSafetyStock(request: PutSafetyStockRequest): Promise<PutSuppliesResponse>;
  abstract query(request: AvailabilityQuery): Promise<AvailabilityAnswer>;
  /** Supply and demand by day. Errors: ITEM_UNKNOWN (not-found). */
  abstract timeline(query: TimelineQuery): Promise<Timeline>;
  /**
   * Takes stock and promises in one atomic step. Errors: INSUFFICIENT_AVAILABILITY (conflict; a finding per short line with
   * what there is now and the next day on which all of it would work), RESERVATION_CONFLICT (same id, other content),
   * RESERVATION_UNKNOWN (not-found: what it converts is no soft reservation of this partner), RESERVATION_CAP_EXCEEDED
   * (conflict: more than the partner may hold softly), PREEMPTION_NOT_ALLOWED (forbidden).
   */
  abstract reserve(request: ReserveRequest): Promise<ReserveResponse>;
  /** Frees what is still held; what has shipped stays shipped. Unknown reservation: releases nothing. */
  abstract release(request: ReleaseRequest): Promise<ReleaseResponse>;
  /** Where a reservation stands and how it came to that. Errors: RESERVATION_UNKNOWN (not-found). */
  abstract reservation(query: ReservationQuery): Promise<ReservationView>;
  /**
   * Lets a soft reservation live longer, once per key. Errors: RESERVATION_UNKNOWN (not-found), RESERVATION_ENDED (conflict:
   * nothing is held any more), RESERVATION_FIRM (conflict: it has no end), RESERVATION_LIFE_EXCEEDED (conflict: it has the
   * longest life already), EXTENSION_CONFLICT (the key with another time).
   */
  abstract extend(request: ExtendRequest): Promise<ExtendResponse>;
  /** The latest promisable quantity of every item that changed since the cursor; only the newest per item. */
  abstract deltas(query: DeltasQuery): Promise<DeltaPage>;
  /** Each policy replaces the one of its item. Errors: POLICY_INVALID (invalid) with a finding per fault; nothing is stored then. */
  abstract putItemPolicies(request: PutItemPoliciesRequest): Promise<PutPoliciesResponse>;
  /** Errors: CURSOR_INVALID (invalid). */
  abstract itemPolicies(query: ItemPoliciesQuery): Promise<ItemPolicyPage>;
  /** Errors: POLICY_INVALID (invalid). */
  abstract putNodePolicies(request: PutNodePoliciesRequest): Promise<PutPoliciesResponse>;
  abstract nodePolicies(query: NodePoliciesQuery): Promise<NodePolicyList>;
  /** What a channel has consumed stays. Errors: POLICY_INVALID (invalid). */
  abstract putChannelQuotas(request: PutChannelQuotasRequest): Promise<PutPoliciesResponse>;
  /** Errors: CURSOR_INVALID (invalid). */
  abstract channelQuotas(query: ChannelQuotasQuery): Promise<ChannelQuotaPage>;
  abstract putPartnerCaps(request: PutPartnerCapsRequest): Promise<PutPoliciesResponse>;
  /** Errors: CURSOR_INVALID (invalid). */
  abstract partnerCaps(query: PartnerCapsQuery): Promise<PartnerCapPage>;
  abstract checkInvariants(query: InvariantsQuery): Promise<InvariantReport>;
}

export const availabilityContract = defineApi<AvailabilityApi>({
  token: AvailabilityApi,
  document: 'process/availability.v1',
  name: 'availability',
  routes: {
    postInventory: { verb: 'POST', path: '/v1/inventory-events', input: PostInventoryRequest, status: 207 },
    putSupplies: { verb: 'PUT', path: '/v1/supplies', input: PutSuppliesRequest },
    putSafetyStock: { verb: 'PUT', path: '/v1/safety-stock', input: PutSafetyStockRequest },
    query: { verb: 'POST', path: '/v1/availability/query', input: AvailabilityQuery },
    timeline: { verb: 'GET', path: '/v1/items/:item/timeline', input: TimelineQuery },
    reserve: { verb: 'POST', path: '/v1/reservations', input: ReserveRequest },
    release: { verb: 'POST', path: '/v1/reservations/:reservation/release', input: ReleaseRequest },
    reservation: { verb: 'GET', path: '/v1/reservations/:reservation', input: ReservationQuery },
    extend: { verb: 'POST', path: '/v1/reservations/:reservation/extend', input: ExtendRequest },
    deltas: { verb: 'GET', path: '/v1/availability/deltas', input: DeltasQuery },
    putItemPolicies: { verb: 'PUT', path: '/v1/policies/items', input: PutItemPoliciesRequest },
    itemPolicies: { verb: 'GET', path: '/v1/policies/items', input: ItemPoliciesQuery },
    putNodePolicies: { verb: 'PUT', path: '/v1/policies/nodes', input: PutNodePoliciesRequest },
    nodePolicies: { verb: 'GET', path: '/v1/policies/nodes', input: NodePoliciesQuery },
    putChannelQuotas: { verb: 'PUT', path: '/v1/policies/channels', input: PutChannelQuotasRequest },
    channelQuotas: { verb: 'GET', path: '/v1/policies/channels', input: ChannelQuotasQuery },
    putPartnerCaps: { verb: 'PUT', path: '/v1/policies/partners', input: PutPartnerCapsRequest },
    partnerCaps: { verb: 'GET', path: '/v1/policies/partners', input: PartnerCapsQuery },
    checkInvariants: { verb: 'GET', path: '/v1/invariants', input: InvariantsQuery },
  },
});
