import type { Queryable, Statement } from '#persistence/database';

export interface Breach {
  invariant: string;
  subject: string;
  detail: string;
}

const breaches: Statement = {
  name: 'shipment-breaches',
  text: `
    select 'I3' as invariant, s.id as subject, 'it has ' || count(e.name) || ' of 5 effects' as detail
      from shipments.shipment s left join shipments.effect e on e.shipment_id = s.id
     where s.state = 'CONFIRMED' group by s.id having count(e.name) <> 5
    union all
    select 'I3', s.id, e.name || ' has an effect although the shipment is parked'
      from shipments.effect e join shipments.shipment s on s.id = e.shipment_id where s.state = 'PARKED'
    union all
    select 'I3', min(e.shipment_id), e.name || ' ' || e.reference || ' belongs to ' || count(*) || ' shipments'
      from shipments.effect e
      join shipments.shipment s on s.id = e.shipment_id
      join shipments.fulfilment_order f on f.id = s.fulfilment_order
     where e.state = 'DONE' and e.reference is not null and e.name in ('ERP_DELIVERY', 'ERP_INVOICE', 'LABEL')
     group by e.name, e.reference, case when e.name = 'LABEL' then f.tms_connection else f.erp_connection end
    having count(*) > 1
    union all
    select 'I3', i.shipment_id, 'it is invoiced but not delivered in the ERP'
      from shipments.effect i
      join shipments.effect d on d.shipment_id = i.shipment_id and d.name = 'ERP_DELIVERY'
     where i.name = 'ERP_INVOICE' and i.state = 'DONE' and d.state <> 'DONE'
    union all
    select 'I8', s.id, 'line ' || (l ->> 'line') || ': shipped ' || (l ->> 'quantity') || ', billable ' || (l ->> 'billable')
      from shipments.shipment s, jsonb_array_elements(s.lines) as l
     where s.state = 'CONFIRMED'
       and ((l ->> 'quantity')::numeric <= 0 or (l ->> 'billable')::numeric < 0
            or (l ->> 'billable')::numeric > (l ->> 'quantity')::numeric)
    union all
    select 'I4', s.id, 'parked since ' || s.received_at || ': fulfilment order ' || s.fulfilment_order || ' is not known'
      from shipments.shipment s where s.state = 'PARKED' and s.received_at < now() - make_interval(hours => $1)
    union all
    select 'I4', s.id, 'parked although fulfilment order ' || s.fulfilment_order || ' is known'
      from shipments.shipment s join shipments.fulfilment_order f on f.id = s.fulfilment_order where s.state = 'PARKED'
    limit 1000`,
};

const countShipments: Statement = {
  name: 'shipment-count',
  text: `select count(*)::int as checked from shipments.shipment`,
};

export async function findBreaches(
  db: Queryable,
  parkedHours: number,
): Promise<{ checked: number; breaches: Breach[] }> {
  const [{ rows: counted }, { rows }] = await Promise.all([
    db.query<{ checked: number }>(countShipments),
    db.query<Breach>(breaches, [parkedHours]),
  ]);
  return { checked: counted[0]?.checked ?? 0, breaches: rows };
}
