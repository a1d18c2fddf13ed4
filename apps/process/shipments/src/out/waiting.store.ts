import type { Statement, Transaction } from '#persistence/database';
import type { ParkedTrouble } from '../troubles';

/** Told at once at most; the others the next time. */
const AT_ONCE = 500;

const markParked: Statement = {
  name: 'waiting-parked',
  text: `
    update shipments.shipment s set alerted_at = now()
      from (select id from shipments.shipment
             where state = 'PARKED' and not voided and alerted_at is null
               and received_at < now() - make_interval(mins => $1)
             order by received_at limit $2 for update skip locked) as old
     where s.id = old.id
    returning s.id, s.parked_reason as reason, s.fulfilment_order as "fulfilmentOrder", s.correlation_id as "correlationId"`,
};

// alerted_at of a confirmed shipment: a person has been told that its sales order is missing.
const markMissing: Statement = {
  name: 'waiting-missing-erp-order',
  text: `
    update shipments.shipment s set alerted_at = now()
      from (select s.id from shipments.effect e
              join shipments.shipment s on s.id = e.shipment_id
             where e.state = 'PENDING' and e.name = 'ERP_DELIVERY' and e.revision = 1
               and e.updated_at < now() - make_interval(mins => $1)
               and s.state = 'CONFIRMED' and s.alerted_at is null
               and not exists (select from shipments.erp_order o where o.order_id = s.order_id)
             order by e.updated_at limit $2 for update of s skip locked) as old
     where s.id = old.id
    returning s.id, s.order_id as "order", s.partner, s.correlation_id as "correlationId"`,
};

const unmark: Statement = {
  name: 'waiting-over',
  text: `
    update shipments.shipment set alerted_at = null
     where id = any($1::text[]) and state = 'CONFIRMED' and alerted_at is not null
    returning id, correlation_id as "correlationId"`,
};

export async function alertParked(tx: Transaction, minutes: number): Promise<ParkedTrouble[]> {
  return (await tx.query<ParkedTrouble & { id: string }>(markParked, [minutes, AT_ONCE])).rows;
}

export interface MissingErpOrder {
  readonly id: string;
  readonly order: string;
  readonly partner: string;
  readonly correlationId: string;
}

export async function alertMissingErpOrders(tx: Transaction, minutes: number): Promise<MissingErpOrder[]> {
  return (await tx.query<MissingErpOrder>(markMissing, [minutes, AT_ONCE])).rows;
}

/** Those of the shipments of which a person has been told that their sales order is missing. */
export async function wereWaitingForErp(
  tx: Transaction,
  shipments: readonly string[],
): Promise<Pick<MissingErpOrder, 'id' | 'correlationId'>[]> {
  return (await tx.query<Pick<MissingErpOrder, 'id' | 'correlationId'>>(unmark, [shipments])).rows;
}
