import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { cancelKey, cancelLines } from '#contracts/edge/edge-orders';
import { partnerOrder } from '#contracts/edge/partner-orders';
import type { CancelPartnerOrderResponse, ChangePartnerOrderResponse, PartnerOrder, PartnerOrderPage } from '#contracts/edge/partner-orders.dto'; // prettier-ignore
import { edgeValidation } from '#contracts/edge/edge-validation';
import type { EdgeValidation } from '#contracts/edge/edge-validation.dto';
import type { CancelEdgeOrderRequest, ListEdgeOrdersQuery } from '#contracts/edge/edge-orders.dto';
import { changeKey, changeLines } from '#contracts/edge/edge-order-changes';
import type { ChangeEdgeOrderRequest } from '#contracts/edge/edge-order-changes.dto';
import type { Caller } from '#service/caller';
import { correlationId } from '#service/correlation';
import { idempotencyKeyOf, versionOf } from '#service/headers';
import type { PlaceOrderRequest } from '../in/http/orders.dto';
import { PortalProcesses } from '../out/processes';
import { ReservationsView } from './reservations';

/** Orders as the newest version shows them; what version 1 answers is made of it at its routes. */
@Injectable()
export class OrdersView {
  constructor(
    private readonly processes: PortalProcesses,
    private readonly reservations: ReservationsView,
  ) {}

  /** Errors: ORDER_INVALID, also for a reservation that the caller does not have; PURCHASE_ORDER_CONFLICT. */
  async place(caller: Caller, request: PlaceOrderRequest): Promise<{ created: boolean; order: PartnerOrder }> {
    const { reservation } = request;
    if (reservation !== undefined && !(await this.reservations.isOwn(caller, reservation)))
      throw unknownReservation(reservation);
    const { outcome, order } = await this.processes.orders.accept({
      ...request,
      partner: caller.partner,
      channel: 'portal',
      correlationId: correlationId(),
    });
    return { created: outcome === 'created', order: partnerOrder(order) };
  }

  /** Every check and what can be promised; nothing is created. */
  async validate({ partner }: Caller, request: PlaceOrderRequest): Promise<EdgeValidation> {
    return edgeValidation(await this.processes.validation.validate({ ...request, partner, channel: 'portal' }));
  }

  async get(caller: Caller, id: string): Promise<PartnerOrder> {
    return partnerOrder(await this.processes.orders.get({ partner: caller.partner, id }));
  }

  async list(caller: Caller, query: ListEdgeOrdersQuery): Promise<PartnerOrderPage> {
    const { orders, next } = await this.processes.orders.list({ ...query, partner: caller.partner });
    return { orders: orders.map(partnerOrder), ...(next === undefined ? {} : { next }) };
  }

  /** Errors: CHANGE_INVALID, also for a unit that the line does not have; see `OrdersApi.change`. */
  async change(
    caller: Caller,
    id: string,
    request: ChangeEdgeOrderRequest,
    headers: { ifMatch?: string; idempotencyKey?: string },
  ): Promise<ChangePartnerOrderResponse> {
    const expectedVersion = versionOf(headers.ifMatch);
    const { partner } = caller;
    const order = await this.processes.orders.get({ partner, id });
    const { lines, ...rest } = request;
    const {
      outcome,
      followOn,
      order: now,
    } = await this.processes.orders.change({
      ...rest,
      ...{ partner, id, key: idempotencyKeyOf(headers.idempotencyKey) ?? changeKey(request) },
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
      ...(lines === undefined ? {} : { lines: changeLines(lines, order) }),
    });
    return { outcome, order: partnerOrder(now), ...(followOn === undefined ? {} : { followOn }) };
  }

  async cancel(
    caller: Caller,
    id: string,
    request: CancelEdgeOrderRequest,
    headers: { ifMatch?: string; idempotencyKey?: string },
  ): Promise<CancelPartnerOrderResponse> {
    const expectedVersion = versionOf(headers.ifMatch);
    const order = await this.processes.orders.get({ partner: caller.partner, id });
    const { outcome, order: now } = await this.processes.orders.cancel({
      partner: caller.partner,
      id,
      key: idempotencyKeyOf(headers.idempotencyKey) ?? cancelKey(request),
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
      ...(request.lines === undefined ? {} : { lines: cancelLines(request.lines, order) }),
      ...(request.reason === undefined ? {} : { reason: request.reason }),
    });
    return { outcome, order: partnerOrder(now) };
  }
}

function unknownReservation(seen: string): CrossdockError {
  const detail = `there is no reservation ${seen}`;
  const findings = [{ code: 'RESERVATION_UNKNOWN', detail, pointer: '/reservation', seen }];
  return new CrossdockError({ code: 'ORDER_INVALID', kind: 'invalid', message: 'the order has 1 fault', findings });
}
