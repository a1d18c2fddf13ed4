import { Injectable } from '@nestjs/common';
import { SHIPMENT_PROGRESSED } from '#contracts/events/catalogue';
import type { ShipmentProgressed } from '#contracts/events/catalogue';
import { Outbox } from '#messaging/outbox';
import type { Transaction } from '#persistence/database';
import type { Shipment } from '../confirm-shipment/shipment';
import { addNotices } from '../out/effect.store';
import { shipmentsOf } from '../out/shipment.store';

/** Telling partners and other apps: on our own database and outbox, so it needs no job. */
@Injectable()
export class Notices {
  constructor(private readonly outbox: Outbox) {}

  /** The customer's notice, once per shipment, as soon as there is a tracking number to give. */
  async send(tx: Transaction, shipments: readonly string[]): Promise<void> {
    if (shipments.length === 0) return;
    const known = await shipmentsOf(tx, shipments);
    await addNotices(tx, [...known.values()].map(noticeOf));
    await this.publish(tx, [...known.values()]);
  }

  /** A later fact about these shipments became known. */
  async progressed(tx: Transaction, shipments: readonly string[]): Promise<void> {
    if (shipments.length > 0) await this.publish(tx, [...(await shipmentsOf(tx, shipments)).values()]);
  }

  private async publish(tx: Transaction, shipments: readonly Shipment[]): Promise<void> {
    const events = shipments.map((shipment) => ({
      type: SHIPMENT_PROGRESSED,
      source: 'process/shipments',
      subject: shipment.id,
      partitionKey: shipment.fulfilmentOrder.order,
      correlationId: shipment.correlationId,
      data: progressOf(shipment),
    }));
    await this.outbox.publish(tx, events);
  }
}

function noticeOf({ id, carrier, trackingNumbers, fulfilmentOrder }: Shipment) {
  return { id, partner: fulfilmentOrder.partner, carrier, trackingNumbers };
}

function progressOf(shipment: Shipment): ShipmentProgressed {
  return {
    shipment: shipment.id,
    order: shipment.fulfilmentOrder.order,
    partner: shipment.fulfilmentOrder.partner,
    ...(shipment.carrier === null ? {} : { carrier: shipment.carrier }),
    trackingNumbers: shipment.trackingNumbers,
    ...(shipment.tracking === null ? {} : { tracking: shipment.tracking }),
    version: shipment.version,
  };
}
