import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { GOODS_ISSUED, SHIPMENT_CONFIRMED } from '#contracts/events/catalogue';
import type { GoodsIssued, ShipmentConfirmed } from '#contracts/events/catalogue';
import type { CrossdockEvent } from '#canonical/event';
import { Outbox } from '#messaging/outbox';
import { Subscriptions } from '#messaging/subscriptions';
import type { Transaction } from '#persistence/database';
import { SUBSCRIBER } from '../config';
import type { Shipment } from '../confirm-shipment/shipment';
import { settleEffects } from '../out/effect.store';

/** The ledger's part: we say what left, availability posts it and says so. */
@Injectable()
export class GoodsIssue implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly subscriptions: Subscriptions,
  ) {}

  onModuleInit(): void {
    this.subscriptions.batch<GoodsIssued>(SUBSCRIBER, GOODS_ISSUED, (events, tx) => this.done(tx, events));
  }

  async request(tx: Transaction, shipments: readonly Shipment[]): Promise<void> {
    const events = shipments.map((shipment) => ({
      type: SHIPMENT_CONFIRMED,
      source: 'process/shipments',
      subject: shipment.id,
      partitionKey: shipment.fulfilmentOrder.order,
      correlationId: shipment.correlationId,
      data: confirmedOf(shipment),
    }));
    await this.outbox.publish(tx, events);
  }

  private async done(tx: Transaction, events: readonly CrossdockEvent<GoodsIssued>[]): Promise<void> {
    const shipments = [...new Set(events.map(({ data }) => data.shipment))];
    await settleEffects(tx, shipments, 'GOODS_ISSUE', { from: ['PENDING', 'FAILED'], to: 'DONE' });
  }
}

function confirmedOf({ id, request, carrier, trackingNumbers, lines, fulfilmentOrder }: Shipment): ShipmentConfirmed {
  return {
    shipment: id,
    order: fulfilmentOrder.order,
    partner: fulfilmentOrder.partner,
    fulfilmentOrder: fulfilmentOrder.id,
    node: request.node,
    shippedAt: request.shippedAt,
    ...(carrier === null ? {} : { carrier }),
    trackingNumbers,
    lines: lines.map(({ line, item, quantity, reservation }) => ({ line, item, quantity, reservation })),
  };
}
