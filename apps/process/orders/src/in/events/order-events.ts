import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CrossdockEvent } from '#canonical/event';
import {
  PROMISE_AT_RISK,
  PROMISE_RISK_RESOLVED,
  SHIPMENT_CONFIRMED,
  SHIPMENT_PROGRESSED,
  STOCK_ALLOCATED,
  WMS_FULFILMENT_PROGRESSED,
  type PromiseAtRisk,
  type PromiseRiskResolved,
  type ShipmentConfirmed,
  type ShipmentProgressed,
  type StockAllocated,
  type WmsFulfilmentProgressed,
} from '#contracts/events/catalogue';
import { SHIPMENT_CORRECTED, type ShipmentCorrected } from '#contracts/events/shipments';
import { Subscriptions } from '#messaging/subscriptions';
import type { EventBatchHandler } from '#messaging/subscriptions';
import { ProcessOrders, type OrderNews } from '../../fulfil-order/process-orders';

/** What the order process hears from the others. Sets of events are applied together, each order once. */
@Injectable()
export class OrderEvents implements OnModuleInit {
  private readonly readers = new Map<string, (event: CrossdockEvent<never>) => OrderNews>();
  /** One for all types: an order that several of them are about is locked, decided and saved once. */
  private readonly apply: EventBatchHandler<never> = (events, tx) =>
    this.orders.apply(tx, events.flatMap((event) => this.readers.get(event.type)?.(event) ?? [])); // prettier-ignore

  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly orders: ProcessOrders,
  ) {}

  onModuleInit(): void {
    this.on<StockAllocated>(STOCK_ALLOCATED, ({ id, data: { reservation, line, node, quantity, substitute } }) => ({
      order: orderOfReservation(reservation),
      event: {
        type: 'STOCK_ALLOCATED',
        reservation,
        event: id,
        line,
        node,
        quantity,
        ...(substitute && { substitute }),
      },
    }));
    this.on<WmsFulfilmentProgressed>(
      WMS_FULFILMENT_PROGRESSED,
      ({ data: { fulfilmentOrder, status, lines, detail } }) => ({
        order: orderOfFulfilment(fulfilmentOrder),
        event: {
          type: 'FULFILMENT_PROGRESSED',
          fulfilment: fulfilmentOrder,
          status,
          ...(lines && { lines }),
          ...(detail !== undefined && { detail }),
        },
      }),
    );
    this.on<PromiseAtRisk>(PROMISE_AT_RISK, ({ data: { reservation, line, item, shipDate, newDate } }) => ({
      order: orderOfReservation(reservation),
      event: { type: 'PROMISE_MOVED', reservation, line, item, shipDate, ...(newDate !== undefined && { newDate }) },
    }));
    this.on<PromiseRiskResolved>(PROMISE_RISK_RESOLVED, ({ data: { reservation, line, item, shipDate } }) => ({
      order: orderOfReservation(reservation),
      event: { type: 'PROMISE_MOVED', reservation, line, item, shipDate, newDate: shipDate },
    }));
    this.on<ShipmentConfirmed>(SHIPMENT_CONFIRMED, ({ data }) => ({
      order: data.order,
      event: { type: 'SHIPMENT_CONFIRMED', shipment: data },
    }));
    this.on<ShipmentCorrected>(SHIPMENT_CORRECTED, ({ data }) => ({
      order: data.order,
      event: { type: 'SHIPMENT_CORRECTED', shipment: data },
    }));
    this.on<ShipmentProgressed>(SHIPMENT_PROGRESSED, ({ data }) => ({
      order: data.order,
      event: { type: 'SHIPMENT_PROGRESSED', shipment: data },
    }));
  }

  private on<T>(type: string, newsOf: (event: CrossdockEvent<T>) => OrderNews): void {
    this.readers.set(type, newsOf);
    this.subscriptions.batch('orders', type, this.apply);
  }
}

/** `<order>` or `<order>~2`. */
export function orderOfReservation(reservation: string): string {
  return reservation.replace(/~\d+$/, '');
}

/** `<order>-F1`. */
export function orderOfFulfilment(fulfilment: string): string {
  return fulfilment.replace(/-F\d+$/, '');
}
