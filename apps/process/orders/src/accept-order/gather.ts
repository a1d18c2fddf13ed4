import { Injectable } from '@nestjs/common';
import type { AcceptOrderRequest } from '#contracts/orders/orders.dto';
import { ReferenceApi } from '#contracts/reference/reference.api';
import { CreditBook } from '../credit/credit-book';
import type { Surroundings } from '../fulfil-order/planned';
import { Policies } from '../out/policies';
import type { Incoming } from './incoming';
import { purchaseOrderKey } from './purchase-order';

/** Brings together what the checks look at: the order, reference data of one moment, the partner's policy. */
@Injectable()
export class Gather {
  constructor(
    private readonly reference: ReferenceApi,
    private readonly policies: Policies,
    private readonly credit: CreditBook,
  ) {}

  async incoming(request: AcceptOrderRequest, { today, nodes }: Surroundings): Promise<Incoming> {
    const { partner, shipTo, lines, routing, billTo } = request;
    const { policy, filling: fulfilment } = await this.policies.of(partner);
    const snapshot = await this.reference.orderSnapshot({
      partner,
      shipTo,
      items: [...new Set(lines.map((line) => line.item))],
      units: [...new Set(lines.map((line) => line.quantity.unit))],
      ...(policy.unitSystem !== undefined && { unitSystem: policy.unitSystem }),
      ...(routing?.carrier !== undefined && { carrier: routing.carrier }),
      ...(billTo !== undefined && { billTo }),
      date: today,
    });
    const homeCountries = [...new Set([...nodes.values()].map((node) => node.address.country))];
    const { customer } = snapshot;
    const terms = customer?.credit;
    const credit = customer && terms && (await this.credit.position(customer.id, { terms, policy: policy.credit }));
    return { request, snapshot, today, policy, fulfilment, homeCountries, ...(credit && { credit }) };
  }

  /** The purchase order number as this partner's rule spells it. */
  async keyOf({ partner, purchaseOrder }: Pick<AcceptOrderRequest, 'partner' | 'purchaseOrder'>): Promise<string> {
    const { policy } = await this.policies.of(partner);
    return purchaseOrderKey(purchaseOrder, policy.purchaseOrder);
  }
}
