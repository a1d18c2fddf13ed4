import type { Money } from '#canonical/money';
import type { Statement, Transaction } from '#persistence/database';
import type { TrackingStatus } from '#canonical/order';
import { lockShipmentRows } from './locks';

export interface TrackingFact {
  readonly trackingNumber: string;
  readonly status: TrackingStatus;
  readonly rank: number;
  readonly occurredAt: string;
  readonly detail: string | null;
}

const insertFacts: Statement = {
  name: 'tracking-event-insert',
  text: `
    insert into shipments.tracking_event (tracking_number, status, occurred_at, rank, detail)
    select * from jsonb_to_recordset($1::jsonb)
           as r ("trackingNumber" text, status text, "occurredAt" timestamptz, rank int, detail text)
        on conflict do nothing
    returning tracking_number as "trackingNumber"`,
};

const insertParcels: Statement = {
  name: 'parcel-insert',
  text: `
    insert into shipments.parcel (tracking_number, shipment_id, status, rank)
    select tracking_number, shipment_id, $3, 0 from unnest($1::text[], $2::text[]) as r (tracking_number, shipment_id)
        on conflict do nothing`,
};

// Each parcel takes the furthest fact known of it, and only forward: late facts change nothing.
const advanceParcels: Statement = {
  name: 'parcel-advance',
  text: `
    update shipments.parcel p set status = f.status, rank = f.rank, occurred_at = f.occurred_at
      from (select distinct on (tracking_number) tracking_number, status, rank, occurred_at
              from shipments.tracking_event where tracking_number = any($1::text[])
             order by tracking_number, rank desc, occurred_at) as f
     where p.tracking_number = f.tracking_number and f.rank > p.rank
    returning p.shipment_id as id`,
};

// A shipment is as far as its parcel that is the least far: it is delivered when all of it is.
const advanceShipments: Statement = {
  name: 'shipment-tracking-advance',
  text: `
    update shipments.shipment s
       set tracking = t.status, version = s.version + 1, updated_at = now(), position = null
      from (select distinct on (shipment_id) shipment_id, status
              from shipments.parcel where shipment_id = any($1::text[])
             order by shipment_id, rank, tracking_number) as t
     where s.id = t.shipment_id and s.tracking is distinct from t.status
    returning s.id`,
};

const setTrackingNumbers: Statement = {
  name: 'shipment-tracking-numbers',
  text: `
    update shipments.shipment s
       set carrier = coalesce(n.carrier, s.carrier), tracking_numbers = n."trackingNumbers", label_cost = n.cost
      from jsonb_to_recordset($1::jsonb) as n (shipment text, carrier text, "trackingNumbers" jsonb, cost jsonb)
     where s.id = n.shipment`,
};

/** Stores facts once each; answers the tracking numbers of which something new is known. */
export async function addTrackingFacts(tx: Transaction, facts: readonly TrackingFact[]): Promise<string[]> {
  const { rows } = await tx.query<{ trackingNumber: string }>(insertFacts, [JSON.stringify(facts)]);
  return [...new Set(rows.map(({ trackingNumber }) => trackingNumber))];
}

/** Parcels start with a label: `LABEL_CREATED`, rank 0. */
export async function addParcels(
  tx: Transaction,
  parcels: readonly { readonly shipment: string; readonly trackingNumber: string }[],
): Promise<void> {
  const columns = [parcels.map(({ trackingNumber }) => trackingNumber), parcels.map(({ shipment }) => shipment)];
  await tx.query(insertParcels, [...columns, 'LABEL_CREATED' satisfies TrackingStatus]);
}

/** Applies the stored facts to the parcels; answers the shipments of those that moved. */
export async function advance(tx: Transaction, trackingNumbers: readonly string[]): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(advanceParcels, [trackingNumbers]);
  return [...new Set(rows.map(({ id }) => id))];
}

/** Derives the status of shipments from their parcels; answers those whose status changed. */
export async function deriveTracking(tx: Transaction, shipments: readonly string[]): Promise<string[]> {
  // Two parcels of a shipment may move in two transactions, and each must see what the other did.
  await lockShipmentRows(tx, shipments);
  return (await tx.query<{ id: string }>(advanceShipments, [shipments])).rows.map(({ id }) => id);
}

export interface BoughtLabel {
  readonly shipment: string;
  readonly carrier: string;
  readonly trackingNumbers: readonly string[];
  readonly cost: Money;
}

export async function recordLabels(tx: Transaction, labels: readonly BoughtLabel[]): Promise<void> {
  await tx.query(setTrackingNumbers, [JSON.stringify(labels)]);
}
