import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { add, plain } from '#canonical/decimal';
import { GOODS_ISSUED, SHIPMENT_CONFIRMED } from '#contracts/events/catalogue';
import type { GoodsIssued, ShipmentConfirmed } from '#contracts/events/catalogue';
import { SHIPMENT_CORRECTED } from '#contracts/events/shipments';
import type { ShipmentCorrected } from '#contracts/events/shipments';
import type { CrossdockEvent } from '#canonical/event';
import { Outbox } from '#messaging/outbox';
import { Subscriptions } from '#messaging/subscriptions';
import type { Transaction } from '#persistence/database';
import { SUBSCRIBER } from '../config';
import { lineKey } from '../confirm-shipment/decide';
import type { Shipment, ShipmentLine } from '../confirm-shipment/shipment';
import { settleEffects } from '../out/effect.store';
import { lockForEvents } from '../out/event-locks';

/** The ledger's part: we say what left, availability posts it and says so. */
@Injectable()
export class GoodsIssue implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly subscriptions: Subscriptions,
  ) {}

  onModuleInit(): void {
    this.subscriptions.batch<GoodsIssued>(SUBSCRIBER, GOODS_ISSUED, (events, tx) => this.done(tx, events), { lock: lockForEvents }); // prettier-ignore
  }

  async request(tx: Transaction, shipments: readonly Shipment[]): Promise<void> {
    const events = shipments.map((shipment) => ({
      type: SHIPMENT_CONFIRMED,
      ...headerOf(shipment),
      data: confirmedOf(shipment),
    }));
    await this.outbox.publish(tx, events);
  }

  /** Says how the quantities have changed. The ledger takes back what it has and issues what is right. */
  async correct(tx: Transaction, shipment: Shipment, before: readonly ShipmentLine[], reason: string): Promise<void> {
    const data = correctedOf(shipment, before, reason);
    await this.outbox.publish(tx, [{ type: SHIPMENT_CORRECTED, ...headerOf(shipment), data }]);
  }

  private async done(tx: Transaction, events: readonly CrossdockEvent<GoodsIssued>[]): Promise<void> {
    const posted = new Map(events.map(({ data: { shipment, revision = 1 } }) => [`${shipment}@${revision}`, { shipment, revision }])); // prettier-ignore
    const settlements = [...posted.values()].map((each) => ({ ...each, name: 'GOODS_ISSUE', to: 'DONE' }) as const);
    await settleEffects(tx, ['PENDING', 'FAILED'], settlements);
  }
}

function headerOf({ id, fulfilmentOrder, correlationId }: Shipment) {
  return { source: 'process/shipments', subject: id, partitionKey: fulfilmentOrder.order, correlationId };
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
    lines: lines.map(({ line, item, quantity, reservation, reservedLine }) => ({
      ...{ line, item, quantity, reservation },
      ...(reservedLine !== undefined && { reservedLine }),
      ...lotsOf(request, { line, item }),
    })),
  };
}

/** Which lots and serials of a line left, where the warehouse has said so. */
function lotsOf({ lines }: Shipment['request'], of: { readonly line: number; readonly item: string }) {
  const own = lines.filter((each) => lineKey(each) === lineKey(of));
  const lots = new Map<string, string>();
  for (const { lot, quantity } of own) if (lot !== undefined) lots.set(lot, add(lots.get(lot) ?? 0, quantity));
  const serials = own.flatMap((each) => each.serials ?? []);
  return {
    ...(lots.size === 0 ? {} : { lots: [...lots].map(([lot, quantity]) => ({ lot, quantity })) }),
    ...(serials.length === 0 ? {} : { serials }),
  };
}

function correctedOf(
  { id, request, revision, voided, lines, fulfilmentOrder }: Shipment,
  before: readonly ShipmentLine[],
  reason: string,
): ShipmentCorrected {
  const now = new Map(lines.map((line) => [lineKey(line), line]));
  const known = new Map(before.map((line) => [lineKey(line), line]));
  const all = [...before, ...lines.filter((line) => !known.has(lineKey(line)))];
  return {
    shipment: id,
    order: fulfilmentOrder.order,
    partner: fulfilmentOrder.partner,
    fulfilmentOrder: fulfilmentOrder.id,
    node: request.node,
    shippedAt: request.shippedAt,
    ...{ revision, voided, reason },
    lines: all
      .map(({ line, item, reservation, reservedLine }) => ({
        ...{ line, item, reservation },
        ...(reservedLine !== undefined && { reservedLine }),
        before: plain(known.get(lineKey({ line, item }))?.quantity ?? 0),
        quantity: plain(now.get(lineKey({ line, item }))?.quantity ?? 0),
        ...(voided ? {} : lotsOf(request, { line, item })),
      }))
      .filter(({ before: was, quantity }) => was !== quantity),
  };
}
