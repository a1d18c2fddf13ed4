import type { Queryable, Statement } from '#persistence/database';

export interface Breach {
  invariant: string;
  subject: string;
  detail: string;
}

const breaches: Statement = {
  name: 'shipment-breaches',
  text: `
    select 'I3' as invariant, s.id as subject, 'it has ' || count(e.name) || ' of 8 effects' as detail
      from shipments.shipment s left join shipments.effect e on e.shipment_id = s.id and e.revision = 1
     where s.state = 'CONFIRMED' group by s.id having count(e.name) <> 8
    union all
    select 'I3', s.id, e.name || ' has an effect although the shipment is parked'
      from shipments.effect e join shipments.shipment s on s.id = e.shipment_id where s.state = 'PARKED'
    union all
    select 'I3', min(e.shipment_id), e.name || ' ' || e.reference || ' belongs to ' || count(*) || ' versions of shipments'
      from shipments.effect e
      join shipments.shipment s on s.id = e.shipment_id
      join shipments.fulfilment_order f on f.id = s.fulfilment_order
     where e.state = 'DONE' and e.reference is not null and e.name in ('ERP_DELIVERY', 'ERP_INVOICE', 'LABEL', 'FREIGHT_ACCRUAL', 'ERP_REVERSAL', 'CREDIT_MEMO')
     group by e.name, e.reference, case when e.name = 'LABEL' then f.tms_connection else f.erp_connection end
    having count(*) > 1
    union all
    select 'I3', i.shipment_id, 'it is invoiced but not delivered in the ERP'
      from shipments.effect i
      join shipments.effect d on d.shipment_id = i.shipment_id and d.revision = i.revision and d.name = 'ERP_DELIVERY'
     where i.name = 'ERP_INVOICE' and i.state = 'DONE' and d.state <> 'DONE'
    union all
    select 'I3', x.shipment_id, 'line ' || x.line || ': the ERP has ' || x.posted || ' delivered, ' || x.shipped || ' have left'
      from (select e.shipment_id, l.line, l.item, sum(case e.name when 'ERP_DELIVERY' then l.quantity else -l.quantity end) as posted,
                   coalesce(max(w.quantity), 0) as shipped
              from shipments.shipment s
              join shipments.effect e on e.shipment_id = s.id and e.name in ('ERP_DELIVERY', 'ERP_REVERSAL') and e.state = 'DONE'
             cross join jsonb_to_recordset(coalesce(e.lines, s.lines)) as l (line int, item text, quantity numeric)
              left join jsonb_to_recordset(s.lines) as w (line int, item text, quantity numeric)
                on w.line = l.line and w.item = l.item
             where s.revision > 1 and s.state = 'CONFIRMED'
               and not exists (select from shipments.effect o where o.shipment_id = s.id and o.state in ('PENDING', 'FAILED')
                                  and o.name in ('ERP_DELIVERY', 'ERP_REVERSAL'))
             group by e.shipment_id, l.line, l.item) as x where x.posted <> x.shipped
    union all
    select 'I8', s.id, 'line ' || (l ->> 'line') || ': shipped ' || (l ->> 'quantity') || ', billable ' || (l ->> 'billable')
      from shipments.shipment s, jsonb_array_elements(s.lines) as l
     where s.state = 'CONFIRMED'
       and ((l ->> 'quantity')::numeric <= 0 or (l ->> 'billable')::numeric < 0
            or (l ->> 'billable')::numeric > (l ->> 'quantity')::numeric)
    union all
    select 'I4', s.id, 'parked since ' || s.received_at || ': fulfilment order ' || s.fulfilment_order || ' is not known'
      from shipments.shipment s where s.state = 'PARKED' and not s.voided and s.received_at < now() - make_interval(hours => $1)
    union all
    select 'I4', s.id, 'parked although fulfilment order ' || s.fulfilment_order || ' is known'
      from shipments.shipment s join shipments.fulfilment_order f on f.id = s.fulfilment_order
     where s.state = 'PARKED' and s.parked_reason = 'ORDER_UNKNOWN'
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
