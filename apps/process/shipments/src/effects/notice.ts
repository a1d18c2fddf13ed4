import { Injectable } from '@nestjs/common';
import { SHIPMENT_PROGRESSED } from '#contracts/events/catalogue';
import type { ShipmentProgressed } from '#contracts/events/catalogue';
import { ASN_ISSUED, CHANNEL_FULFILLED } from '#contracts/events/shipments';
import type { AsnIssued, ChannelFulfilled } from '#contracts/events/shipments';
import type { NewEvent } from '#messaging/outbox';
import { Outbox } from '#messaging/outbox';
import type { Transaction } from '#persistence/database';
import type { Shipment } from '../confirm-shipment/shipment';
import { addNotices } from '../out/effect.store';
import * as store from '../out/shipment.store';

/** Telling partners, channels and other apps: on our own database and outbox, so it needs no job. */
@Injectable()
export class Notices {
  constructor(private readonly outbox: Outbox) {}

  /** The customer's notice, once per shipment, as soon as there is a tracking number to give. */
  async send(tx: Transaction, shipments: readonly string[]): Promise<void> {
    if (shipments.length === 0) return;
    const known = await store.progressOf(tx, shipments);
    await Promise.all([addNotices(tx, known), this.publish(tx, known)]);
  }

  /** A later fact about these shipments became known. */
  async progressed(tx: Transaction, shipments: readonly string[]): Promise<void> {
    if (shipments.length > 0) await this.publish(tx, await store.progressOf(tx, shipments));
  }

  /** The advance ship notice of the version that stands now. */
  async issueAsn(tx: Transaction, shipments: readonly Shipment[]): Promise<void> {
    await this.outbox.publish(tx, shipments.map((shipment) => ({ type: ASN_ISSUED, ...headerOf(shipment), data: asnOf(shipment) }))); // prettier-ignore
  }

  /** The channel that sold it wants to know what has left, and by whom. */
  async fulfilChannel(tx: Transaction, shipments: readonly Shipment[]): Promise<void> {
    await this.outbox.publish(tx, shipments.map((shipment) => ({ type: CHANNEL_FULFILLED, ...headerOf(shipment), data: fulfilledOf(shipment) }))); // prettier-ignore
  }

  private async publish(tx: Transaction, shipments: readonly store.ShipmentProgress[]): Promise<void> {
    await this.outbox.publish(tx, shipments.map(progressed));
  }
}

function headerOf({ id, fulfilmentOrder, correlationId }: Shipment): Omit<NewEvent, 'type' | 'data'> {
  return { source: 'process/shipments', subject: id, partitionKey: fulfilmentOrder.order, correlationId };
}

function asnOf({ id, request, revision, voided, fulfilmentOrder }: Shipment): AsnIssued {
  const { order, partner, customer, purchaseOrder, shipFrom, shipTo } = fulfilmentOrder;
  const { shipmentId: _, fulfilmentOrder: __, ...content } = request;
  return {
    shipment: id,
    revision,
    purpose: voided ? 'CANCEL' : revision === 1 ? 'ORIGINAL' : 'REPLACE',
    ...{ order, partner, customer, purchaseOrder, shipFrom, shipTo, content },
  };
}

function fulfilledOf({ id, request, carrier, trackingNumbers, lines, fulfilmentOrder }: Shipment): ChannelFulfilled {
  return {
    shipment: id,
    order: fulfilmentOrder.order,
    partner: fulfilmentOrder.partner,
    channel: fulfilmentOrder.channel ?? '',
    shippedAt: request.shippedAt,
    ...(carrier === null ? {} : { carrier }),
    trackingNumbers,
    lines: lines.map(({ line, item, quantity }) => ({ line, item, quantity })),
  };
}

function progressed(shipment: store.ShipmentProgress): NewEvent<ShipmentProgressed> {
  const { id, order, partner, correlationId, carrier, trackingNumbers, tracking, version } = shipment;
  return {
    ...{ type: SHIPMENT_PROGRESSED, source: 'process/shipments', subject: id, partitionKey: order, correlationId },
    data: {
      ...{ shipment: id, order, partner, trackingNumbers, version },
      ...(carrier === null ? {} : { carrier }),
      ...(tracking === null ? {} : { tracking }),
    },
  };
}
