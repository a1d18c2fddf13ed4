import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { ErpApi } from '#contracts/erp/erp.api';
import type { Transaction } from '#persistence/database';
import type { Shipment } from '../confirm-shipment/shipment';
import { QUEUES } from './effect';
import type { OutsideEffect } from './effect';
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

  async perform({ id, request, lines, fulfilmentOrder }: Shipment): Promise<{ reference: string }> {
    // The warehouse's number only: that of a label may come between two tries, and the same key must ask for the same thing.
    const trackingNumber = request.packages?.find((each) => each.trackingNumber !== undefined)?.trackingNumber;
    const { documentNumber } = await this.erp.postDelivery({
      connection: fulfilmentOrder.erpConnection,
      businessKey: id,
      salesOrder: fulfilmentOrder.order,
      node: request.node,
      shippedAt: request.shippedAt,
      lines: lines.map(({ line, item, quantity }) => ({ line, item, quantity })),
      ...(trackingNumber === undefined ? {} : { trackingNumber }),
    });
    return { reference: documentNumber };
  }

  /** The invoice bills a delivery, so it is due now. */
  async after(tx: Transaction, shipment: Shipment): Promise<void> {
    await this.runner.enqueue(tx, 'ERP_INVOICE', [shipment.id]);
  }
}
