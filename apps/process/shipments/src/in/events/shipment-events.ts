import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { CrossdockEvent } from '#canonical/event';
import {
  ORDER_ERP_CREATED,
  ORDER_RELEASED,
  WMS_SHIPMENT_CORRECTED,
  WMS_SHIPMENT_VOIDED,
  WMS_SHIPPED,
} from '#contracts/events/catalogue';
import type {
  OrderErpCreated,
  OrderReleased,
  WmsShipmentCorrected,
  WmsShipmentVoided,
  WmsShipped,
} from '#contracts/events/catalogue';
import type { ConfirmShipmentRequest, ShipmentContent } from '#contracts/shipments/shipments.dto';
import { Subscriptions } from '#messaging/subscriptions';
import type { Transaction } from '#persistence/database';
import { SUBSCRIBER } from '../../config';
import { ConfirmShipment } from '../../confirm-shipment/confirm-shipment';
import type { FulfilmentOrder } from '../../confirm-shipment/shipment';
import { shipmentIdOf } from '../../confirm-shipment/shipment-id';
import { HearCorrections, type SaidVersion } from '../../correct-shipment/hear-corrections';
import { EffectRunner } from '../../effects/effect-runner';
import { waitingIn } from '../../out/effect.store';
import { lockForEvents } from '../../out/event-locks';
import { lockSubjects } from '../../out/locks';
import { addErpOrders } from '../../out/shipment.store';
import { Waiting } from '../../watch/waiting';

/** All that this app hears of others; every handler works on a whole batch in one transaction. */
@Injectable()
export class ShipmentEvents implements OnModuleInit {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly confirmShipment: ConfirmShipment,
    private readonly corrections: HearCorrections,
    private readonly runner: EffectRunner,
    private readonly waiting: Waiting,
  ) {}

  onModuleInit(): void {
    const first = { lock: lockForEvents };
    this.subscriptions.batch<WmsShipped>(SUBSCRIBER, WMS_SHIPPED, (events, tx) => this.shipped(tx, events), first);
    this.subscriptions.batch<WmsShipmentCorrected>(SUBSCRIBER, WMS_SHIPMENT_CORRECTED, (events, tx) => this.corrected(tx, events), first); // prettier-ignore
    this.subscriptions.batch<WmsShipmentVoided>(SUBSCRIBER, WMS_SHIPMENT_VOIDED, (events, tx) => this.voided(tx, events), first); // prettier-ignore
    this.subscriptions.batch<OrderReleased>(SUBSCRIBER, ORDER_RELEASED, (events, tx) => this.released(tx, events), first); // prettier-ignore
    this.subscriptions.batch<OrderErpCreated>(SUBSCRIBER, ORDER_ERP_CREATED, (events, tx) => this.erpCreated(tx, events), first); // prettier-ignore
  }

  private async shipped(tx: Transaction, events: readonly CrossdockEvent<WmsShipped>[]): Promise<void> {
    const arrivals = events.map(({ data, correlationid }) => ({
      request: requestOf(data),
      correlationId: correlationid,
    }));
    await this.confirmShipment.confirm(tx, arrivals);
    await this.corrections.follow(tx, [...new Set(arrivals.map(({ request }) => request.shipmentId))]);
  }

  private async corrected(tx: Transaction, events: readonly CrossdockEvent<WmsShipmentCorrected>[]): Promise<void> {
    await this.corrections.hear(tx, events.map(({ data, correlationid }) => ({ ...versionOf(data, correlationid), content: contentOf(data) }))); // prettier-ignore
  }

  private async voided(tx: Transaction, events: readonly CrossdockEvent<WmsShipmentVoided>[]): Promise<void> {
    await this.corrections.hear(tx, events.map(({ data, correlationid }) => ({ ...versionOf(data, correlationid), content: null }))); // prettier-ignore
  }

  private async released(tx: Transaction, events: readonly CrossdockEvent<OrderReleased>[]): Promise<void> {
    await this.confirmShipment.released(tx, events.map(({ data }) => fulfilmentOrderOf(data))); // prettier-ignore
  }

  private async erpCreated(tx: Transaction, events: readonly CrossdockEvent<OrderErpCreated>[]): Promise<void> {
    const orders = events.map(({ data }) => data.order);
    await lockSubjects(tx, 'order', orders);
    await addErpOrders(tx, events.map(({ data }) => data)); // prettier-ignore
    const waiting = await waitingIn(tx, orders, 'ERP_DELIVERY');
    await this.runner.followUp(tx, waiting);
    await this.waiting.orderCame(tx, waiting);
  }
}

function requestOf(data: WmsShipped): ConfirmShipmentRequest {
  const { connection, shipmentId, fulfilmentOrder } = data;
  return { shipmentId: shipmentIdOf(connection, shipmentId), fulfilmentOrder, ...contentOf(data) };
}

function contentOf({ packages, lines, ...shipped }: WmsShipped): ShipmentContent {
  return {
    node: shipped.node,
    shippedAt: shipped.shippedAt,
    lines: lines.map(({ serials, ...line }) => ({ ...line, ...(serials && { serials: [...serials] }) })),
    packages: packages.map((each) => ({ ...each })),
    ...(shipped.carrier === undefined ? {} : { carrier: shipped.carrier }),
  };
}

function versionOf(
  { connection, shipmentId, fulfilmentOrder, revision, reason }: WmsShipmentVoided,
  correlationId: string,
): Omit<SaidVersion, 'content'> {
  return { shipment: shipmentIdOf(connection, shipmentId), revision, fulfilmentOrder, reason, correlationId };
}

function fulfilmentOrderOf({ fulfilmentOrder, lines, ...released }: OrderReleased): FulfilmentOrder {
  const { order, partner, customer, purchaseOrder, node, erpConnection, tmsConnection, shipFrom, shipTo } = released;
  return {
    id: fulfilmentOrder,
    ...{ order, partner, customer, purchaseOrder, node, erpConnection, tmsConnection, shipFrom, shipTo },
    channel: released.channel ?? null,
    lines,
  };
}
