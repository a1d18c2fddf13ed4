import { Injectable } from '@nestjs/common';
import { edgeOrder } from '#contracts/edge/edge-orders';
import { edgeValidation } from '#contracts/edge/edge-validation';
import type { EdgeValidation } from '#contracts/edge/edge-validation.dto';
import type { EdgeOrder } from '#contracts/edge/edge-orders.dto';
import type { OrderContent } from '#contracts/orders/orders.dto';
import type { Caller } from '#service/caller';
import { correlationId } from '#service/correlation';
import { MarketplaceProcesses } from '../out/processes';

@Injectable()
export class OrdersView {
  constructor(private readonly processes: MarketplaceProcesses) {}

  async place(caller: Caller, request: OrderContent): Promise<{ created: boolean; order: EdgeOrder }> {
    const { outcome, order } = await this.processes.orders.accept({
      ...request,
      partner: caller.partner,
      channel: 'marketplace',
      correlationId: correlationId(),
    });
    return { created: outcome === 'created', order: edgeOrder(order) };
  }

  /** Every check and what can be promised; nothing is created. */
  async validate({ partner }: Caller, request: OrderContent): Promise<EdgeValidation> {
    return edgeValidation(await this.processes.validation.validate({ ...request, partner, channel: 'marketplace' }));
  }
}
