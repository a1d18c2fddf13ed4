import { Injectable } from '@nestjs/common';
import type { AvailabilityApi } from '#contracts/availability/availability.api';
import type { AvailabilityAnswer } from '#contracts/availability/answer.dto';
import type { DeltaPage, DeltasQuery } from '#contracts/availability/deltas.dto';
import type { InvariantReport } from '#contracts/availability/invariants.dto';
import type { AvailabilityQuery } from '#contracts/availability/query.dto';
import type { ReleaseRequest, ReleaseResponse } from '#contracts/availability/release.dto';
import type { ReserveRequest, ReserveResponse } from '#contracts/availability/reserve.dto';
import type {
  PostInventoryRequest,
  PostInventoryResponse,
  PutSafetyStockRequest,
  PutSuppliesRequest,
  PutSuppliesResponse,
} from '#contracts/availability/stock.dto';
import type { Timeline, TimelineQuery } from '#contracts/availability/timeline.dto';
import type { ChannelQuotaPage, ChannelQuotasQuery, ItemPoliciesQuery, ItemPolicyPage, NodePoliciesQuery, NodePolicyList, PartnerCapPage, PartnerCapsQuery, PutChannelQuotasRequest, PutItemPoliciesRequest, PutNodePoliciesRequest, PutPartnerCapsRequest, PutPoliciesResponse } from '#contracts/availability/policies.dto'; // prettier-ignore
import type {
  ExtendRequest,
  ExtendResponse,
  ReservationQuery,
  ReservationView,
} from '#contracts/availability/reservations.dto';
import { Expectations } from './ledger/expectations';
import { Postings } from './ledger/postings';
import { Policies } from './policy/policies';
import { Reading } from './read/reading';
import { Reserving } from './reserve/reserving';

/** The API of the app; each call is carried out by the use case it names. */
@Injectable()
export class AvailabilityService implements AvailabilityApi {
  constructor(
    private readonly postings: Postings,
    private readonly expectations: Expectations,
    private readonly reading: Reading,
    private readonly policies: Policies,
    private readonly reserving: Reserving,
  ) {}

  postInventory(request: PostInventoryRequest): Promise<PostInventoryResponse> {
    return this.postings.post(request);
  }

  putSupplies(request: PutSuppliesRequest): Promise<PutSuppliesResponse> {
    return this.expectations.putSupplies(request);
  }

  putSafetyStock(request: PutSafetyStockRequest): Promise<PutSuppliesResponse> {
    return this.expectations.putSafetyStock(request);
  }

  query(request: AvailabilityQuery): Promise<AvailabilityAnswer> {
    return this.reading.promises.query(request);
  }

  timeline(query: TimelineQuery): Promise<Timeline> {
    return this.reading.timelines.timeline(query);
  }

  reserve(request: ReserveRequest): Promise<ReserveResponse> {
    return this.reserving.reservations.reserve(request);
  }

  release(request: ReleaseRequest): Promise<ReleaseResponse> {
    return this.reserving.releases.release(request);
  }

  reservation(query: ReservationQuery): Promise<ReservationView> {
    return this.reading.reservations.reservation(query);
  }

  extend(request: ExtendRequest): Promise<ExtendResponse> {
    return this.reserving.extensions.extend(request);
  }

  deltas(query: DeltasQuery): Promise<DeltaPage> {
    return this.reading.deltas.deltas(query);
  }

  putItemPolicies(request: PutItemPoliciesRequest): Promise<PutPoliciesResponse> {
    return this.policies.putItems(request);
  }

  itemPolicies(query: ItemPoliciesQuery): Promise<ItemPolicyPage> {
    return this.policies.items(query);
  }

  putNodePolicies(request: PutNodePoliciesRequest): Promise<PutPoliciesResponse> {
    return this.policies.putNodes(request);
  }

  nodePolicies(query: NodePoliciesQuery): Promise<NodePolicyList> {
    return this.policies.nodes(query);
  }

  putChannelQuotas(request: PutChannelQuotasRequest): Promise<PutPoliciesResponse> {
    return this.policies.putChannels(request);
  }

  channelQuotas(query: ChannelQuotasQuery): Promise<ChannelQuotaPage> {
    return this.policies.channels(query);
  }

  putPartnerCaps(request: PutPartnerCapsRequest): Promise<PutPoliciesResponse> {
    return this.policies.putPartners(request);
  }

  partnerCaps(query: PartnerCapsQuery): Promise<PartnerCapPage> {
    return this.policies.partners(query);
  }

  checkInvariants(): Promise<InvariantReport> {
    return this.reading.invariants.check();
  }
}
