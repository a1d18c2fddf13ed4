import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { CurrentCaller, type Caller } from '#service/caller';
import { Scope } from '#service/operation';
import { PartnersService } from '../../partners/partners.service';
import { PartnersStore } from '../../partners/partners.store';
import { ChosenId } from './path-ids';
import { PlanList, PlanView, PutPlanBody } from './plans.dto';

@Controller('admin/v1/plans')
export class PlansController {
  constructor(
    private readonly partners: PartnersService,
    private readonly store: PartnersStore,
  ) {}

  /** What partners can be given: quotas by plan. */
  @Get()
  @Scope('admin:plans:read')
  async list(): Promise<PlanList> {
    return { plans: await this.store.plans() };
  }

  /** Creates or changes a plan. Its keys follow within five seconds. */
  @Put(':id')
  @ChosenId()
  @Scope('admin:plans:write')
  put(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { policies, reason }: PutPlanBody,
  ): Promise<PlanView> {
    return this.partners.putPlan(id, policies, { actor: caller.keyId, ...(reason !== undefined && { reason }) });
  }
}
