import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ChannelQuotaPage, ChannelQuotasQuery, ItemPoliciesQuery, ItemPolicyPage, NodePoliciesQuery, NodePolicyList, PartnerCapPage, PartnerCapsQuery, PutChannelQuotasRequest, PutItemPoliciesRequest, PutNodePoliciesRequest, PutPartnerCapsRequest, PutPoliciesResponse } from '#contracts/availability/policies.dto'; // prettier-ignore
import { Cost, Scope } from '#service/operation';
import { OperationsProcesses } from '../../out/processes';

/** How items, nodes, channels and partners are promised. What is stored counts from the next question on. */
@Controller('operations/v1/policies')
export class OperationsPoliciesController {
  constructor(private readonly processes: OperationsProcesses) {}

  /** Each policy replaces the one of its item; with a fault nothing is stored and every fault is listed. */
  @Put('items')
  @Scope('operations:policies:write')
  @Cost(5)
  putItems(@Body() request: PutItemPoliciesRequest): Promise<PutPoliciesResponse> {
    return this.processes.availability.putItemPolicies(request);
  }

  /** One page of the policies of items, by item. */
  @Get('items')
  @Scope('operations:policies:read')
  items(@Query() query: ItemPoliciesQuery): Promise<ItemPolicyPage> {
    return this.processes.availability.itemPolicies(query);
  }

  /** Calendars, cut-offs and costs: each policy replaces the one of its node. */
  @Put('nodes')
  @Scope('operations:policies:write')
  @Cost(5)
  putNodes(@Body() request: PutNodePoliciesRequest): Promise<PutPoliciesResponse> {
    return this.processes.availability.putNodePolicies(request);
  }

  /** The policies of nodes. */
  @Get('nodes')
  @Scope('operations:policies:read')
  nodes(@Query() query: NodePoliciesQuery): Promise<NodePolicyList> {
    return this.processes.availability.nodePolicies(query);
  }

  /** Replaces quotas by item, channel and node; what a channel has consumed stays. */
  @Put('channels')
  @Scope('operations:policies:write')
  @Cost(5)
  putChannels(@Body() request: PutChannelQuotasRequest): Promise<PutPoliciesResponse> {
    return this.processes.availability.putChannelQuotas(request);
  }

  /** One page of the quotas of channels, with what each has consumed. */
  @Get('channels')
  @Scope('operations:policies:read')
  channels(@Query() query: ChannelQuotasQuery): Promise<ChannelQuotaPage> {
    return this.processes.availability.channelQuotas(query);
  }

  /** The most that partners may hold reserved. */
  @Put('partners')
  @Scope('operations:policies:write')
  @Cost(5)
  putPartners(@Body() request: PutPartnerCapsRequest): Promise<PutPoliciesResponse> {
    return this.processes.availability.putPartnerCaps(request);
  }

  /** One page of the caps of partners. */
  @Get('partners')
  @Scope('operations:policies:read')
  partners(@Query() query: PartnerCapsQuery): Promise<PartnerCapPage> {
    return this.processes.availability.partnerCaps(query);
  }
}
