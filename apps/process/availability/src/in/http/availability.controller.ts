import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { AvailabilityApi } from '#contracts/availability/availability.api';
import { AvailabilityAnswer } from '#contracts/availability/answer.dto';
import { DeltaPage, DeltasQuery } from '#contracts/availability/deltas.dto';
import { InvariantReport } from '#contracts/availability/invariants.dto';
import { AvailabilityQuery } from '#contracts/availability/query.dto';
import { ReleaseRequest, ReleaseResponse } from '#contracts/availability/release.dto';
import { ReserveRequest, ReserveResponse } from '#contracts/availability/reserve.dto';
import {
  PostInventoryRequest,
  PostInventoryResponse,
  PutSafetyStockRequest,
  PutSuppliesRequest,
  PutSuppliesResponse,
} from '#contracts/availability/stock.dto';
import { Timeline, TimelineQuery } from '#contracts/availability/timeline.dto';
import { ChannelQuotaPage, ChannelQuotasQuery, ItemPoliciesQuery, ItemPolicyPage, NodePoliciesQuery, NodePolicyList, PartnerCapPage, PartnerCapsQuery, PutChannelQuotasRequest, PutItemPoliciesRequest, PutNodePoliciesRequest, PutPartnerCapsRequest, PutPoliciesResponse } from '#contracts/availability/policies.dto'; // prettier-ignore
import {
  ExtendRequest,
  ExtendResponse,
  ReservationQuery,
  ReservationView,
} from '#contracts/availability/reservations.dto';

@Controller()
export class AvailabilityController {
  constructor(private readonly availability: AvailabilityApi) {}

  /** Appends stock facts, each once; the answer has one result per record. */
  @Post('v1/inventory-events')
  @HttpCode(207)
  postInventory(@Body() body: PostInventoryRequest): Promise<PostInventoryResponse> {
    return this.availability.postInventory(body);
  }

  /** Stores expected supply; each is replaced as a whole by its id. */
  @Put('v1/supplies')
  putSupplies(@Body() body: PutSuppliesRequest): Promise<PutSuppliesResponse> {
    return this.availability.putSupplies(body);
  }

  /** Sets what is withheld from every promise. */
  @Put('v1/safety-stock')
  putSafetyStock(@Body() body: PutSafetyStockRequest): Promise<PutSuppliesResponse> {
    return this.availability.putSafetyStock(body);
  }

  /** What can be promised, from where, when and out of which supply. */
  @Post('v1/availability/query')
  @HttpCode(200)
  query(@Body() body: AvailabilityQuery): Promise<AvailabilityAnswer> {
    return this.availability.query(body);
  }

  /** Supply, demand and what they leave, by day and node. */
  @Get('v1/items/:item/timeline')
  timeline(@Param('item') item: string, @Query() query: TimelineQuery): Promise<Timeline> {
    return this.availability.timeline({ ...query, item });
  }

  /** Takes stock and promises in one atomic step. */
  @Post('v1/reservations')
  @HttpCode(200)
  reserve(@Body() body: ReserveRequest): Promise<ReserveResponse> {
    return this.availability.reserve(body);
  }

  /** Frees what is still held or waited for. */
  @Post('v1/reservations/:reservation/release')
  @HttpCode(200)
  release(@Param('reservation') reservation: string, @Body() body: ReleaseRequest): Promise<ReleaseResponse> {
    return this.availability.release({ ...body, reservation });
  }

  /** Where a reservation stands and how it came to that. */
  @Get('v1/reservations/:reservation')
  reservation(@Param('reservation') reservation: string, @Query() query: ReservationQuery): Promise<ReservationView> {
    return this.availability.reservation({ ...query, reservation });
  }

  /** Lets a soft reservation live longer. */
  @Post('v1/reservations/:reservation/extend')
  @HttpCode(200)
  extend(@Param('reservation') reservation: string, @Body() body: ExtendRequest): Promise<ExtendResponse> {
    return this.availability.extend({ ...body, reservation });
  }

  /** What changed since a cursor, the newest value of each item. */
  @Get('v1/availability/deltas')
  deltas(@Query() query: DeltasQuery): Promise<DeltaPage> {
    return this.availability.deltas(query);
  }

  /** Stores how items are promised; each policy replaces the one of its item. */
  @Put('v1/policies/items')
  putItemPolicies(@Body() body: PutItemPoliciesRequest): Promise<PutPoliciesResponse> {
    return this.availability.putItemPolicies(body);
  }

  @Get('v1/policies/items')
  itemPolicies(@Query() query: ItemPoliciesQuery): Promise<ItemPolicyPage> {
    return this.availability.itemPolicies(query);
  }

  /** Stores when nodes work; each policy replaces the one of its node. */
  @Put('v1/policies/nodes')
  putNodePolicies(@Body() body: PutNodePoliciesRequest): Promise<PutPoliciesResponse> {
    return this.availability.putNodePolicies(body);
  }

  @Get('v1/policies/nodes')
  nodePolicies(@Query() query: NodePoliciesQuery): Promise<NodePolicyList> {
    return this.availability.nodePolicies(query);
  }

  /** Stores what is kept for channels, and the most they may take; what they have consumed stays. */
  @Put('v1/policies/channels')
  putChannelQuotas(@Body() body: PutChannelQuotasRequest): Promise<PutPoliciesResponse> {
    return this.availability.putChannelQuotas(body);
  }

  @Get('v1/policies/channels')
  channelQuotas(@Query() query: ChannelQuotasQuery): Promise<ChannelQuotaPage> {
    return this.availability.channelQuotas(query);
  }

  /** Stores the most that partners may hold reserved. */
  @Put('v1/policies/partners')
  putPartnerCaps(@Body() body: PutPartnerCapsRequest): Promise<PutPoliciesResponse> {
    return this.availability.putPartnerCaps(body);
  }

  @Get('v1/policies/partners')
  partnerCaps(@Query() query: PartnerCapsQuery): Promise<PartnerCapPage> {
    return this.availability.partnerCaps(query);
  }

  /** Checks I1, I2 and I6 over everything. */
  @Get('v1/invariants')
  checkInvariants(): Promise<InvariantReport> {
    return this.availability.checkInvariants({});
  }
}
