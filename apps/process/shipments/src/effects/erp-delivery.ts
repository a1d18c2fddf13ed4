import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { ErpApi } from '#contracts/erp/erp.api';
import type { Shipment } from '../confirm-shipment/shipment';
import { QUEUES } from './effect';
import type { OutsideEffect, Posting } from './effect';
import { EffectRunner } from './effect-runner';

/** The delivery (goods issue) in the ERP. Due once the shipment is confirmed and its sales order is in the ERP. */
@Injectable()
export class ErpDeliveryEffect implements OutsideEffect, OnModuleInit {
  readonly name = 'ERP_DELIVERY';
  readonly queue = QUEUES.ERP_DELIVERY;

  constructor(
    private readonly erp: ErpApi,
    private readonly runner: EffectRunner,
  ) {}

  onModuleInit(): void {
    this.runner.register(this);
  }

  async perform({ request, fulfilmentOrder }: Shipment, posting: Posting): Promise<{ reference: string }> {
    // The warehouse's number only: that of a label may come between two tries, and the same key must ask for the same thing.
    const trackingNumber = request.packages?.find((each) => each.trackingNumber !== undefined)?.trackingNumber;
    const { documentNumber } = await this.erp.postDelivery({
      connection: fulfilmentOrder.erpConnection,
      businessKey: posting.businessKey,
      salesOrder: fulfilmentOrder.order,
      node: request.node,
      shippedAt: request.shippedAt,
      lines: posting.lines.map((line) => ({ ...line })),
      ...(trackingNumber === undefined ? {} : { trackingNumber }),
    });
    return { reference: documentNumber };
  }
}
