import type { Statement } from '#persistence/database';

/*
 * Parameters of the inserts: $1 installation, $2 external id, $3 customer or sales order, $4 lines (json array or
 * null), $5 content hash, $6 the whole body, $7 node, delivery or invoice. Each answers one row: the number of the document made
 * (null when it was there, or refused), its net amount, what is wrong, and the first day that is open.
 */
const ANSWER = `
select (select number from made) as number, (select total from made) as total,
       (select (closed_through + 1)::text from sandbox.erp_installation where installation = $1) as "openFrom",
       coalesce((select jsonb_agg(jsonb_strip_nulls(to_jsonb(fault))) from fault), '[]') as faults`;

const made = (kind: string, prefix: string, total = 'null::jsonb'): string => `
made as (
  insert into sandbox.erp_document (installation, kind, number, external_id, once, content_hash, body, total)
  select $1, '${kind}', n.number, $2, case when i.deduplicates then $2 else n.number end, $5, $6::jsonb, ${total}
    from sandbox.erp_installation i,
         lateral (select '${prefix}' || lpad(nextval('sandbox.erp_number')::text, 8, '0') as number) n
   where i.installation = $1 and not exists (select from fault)
  on conflict (installation, kind, once) do nothing
  returning number, total)`;

/** Nothing is posted into a closed period: the posting date counts, else the business date. */
const PERIOD = `
period as (
  select 'PERIOD_CLOSED' as code, 'the period of ' || posting.day || ' is closed' as message, null::int as line
    from sandbox.erp_installation i,
         lateral (select coalesce($6::jsonb->>'postingDate', $6::jsonb->>'documentDate', left($6::jsonb->>'shippedAt', 10))::date as day) as posting
   where i.installation = $1 and posting.day <= i.closed_through)`;

const ORDER = `
sales_order as (
  select number, body->>'currency' as currency from sandbox.erp_document
   where installation = $1 and kind = 'sales-order' and external_id = $3 order by number limit 1)`;

export const insertSalesOrder: Statement = {
  name: 'sandbox-erp-sales-order',
  text: `
with wanted as (
  select line, item, quantity, coalesce(("unitPrice"->>'amount')::numeric, 0) as unit_price
    from jsonb_to_recordset($4::jsonb) as l (line int, item text, quantity numeric, "unitPrice" jsonb)),
customer as (
  select body->>'status' as status from sandbox.erp_master where installation = $1 and kind = 'customer' and id = $3),
fault as (
  select 'CUSTOMER_UNKNOWN' as code, 'customer ' || $3 || ' is not in the customer master' as message, null::int as line
   where not exists (select from customer)
  union all
  select 'CUSTOMER_BLOCKED', 'customer ' || $3 || ' is blocked for orders', null from customer where status = 'BLOCKED'
  union all
  select case when m.id is null then 'ITEM_UNKNOWN' else 'ITEM_BLOCKED' end,
         'item ' || w.item || case when m.id is null then ' is not in the item master' else ' is blocked' end, w.line
    from wanted w left join sandbox.erp_master m on m.installation = $1 and m.kind = 'item' and m.id = w.item
   where m.id is null or m.body->>'status' = 'BLOCKED'),
${made('sales-order', 'SO')},
line as (
  insert into sandbox.erp_order_line (installation, number, line, item, unit_price, ordered, surplus)
  select $1, made.number, w.line, w.item, w.unit_price, w.quantity, trunc(w.quantity * i.over_delivery_percent / 100, 6)
    from made, wanted w, sandbox.erp_installation i where i.installation = $1)
${ANSWER}, $7::text as unused`,
};

const LINES = `
wanted as (select line, item, quantity from jsonb_to_recordset($4::jsonb) as l (line int, item text, quantity numeric)),
${ORDER},
${PERIOD},
known as (
  select w.line, w.item, w.quantity, l.line is not null as is_line, l.unit_price,
         l.ordered + l.surplus - l.cancelled - l.delivered + l.reversed as open,
         l.delivered - l.reversed - l.invoiced + l.credited as billable,
         l.delivered - l.reversed as standing, l.invoiced - l.credited as billed
    from wanted w left join sandbox.erp_order_line l
      on l.installation = $1 and l.number = (select number from sales_order) and l.line = w.line and l.item = w.item),
unknown as (
  select * from period
  union all
  select 'SALES_ORDER_UNKNOWN', 'there is no sales order with external id ' || $3, null
   where not exists (select from sales_order)
  union all
  select 'LINE_UNKNOWN', 'the sales order has no line ' || line || ' of item ' || item, line from known
   where not is_line and exists (select from sales_order))`;

export const insertDelivery: Statement = {
  name: 'sandbox-erp-delivery',
  text: `
with ${LINES},
fault as (
  select * from unknown
  union all
  select 'QUANTITY_EXCEEDED', 'line ' || line || ': ' || quantity || ' is more than the open ' || open, line from known
   where quantity > open),
${made('delivery', 'DN')},
line as (
  update sandbox.erp_order_line l set delivered = l.delivered + w.quantity
    from made, sales_order o, wanted w
   where l.installation = $1 and l.number = o.number and l.line = w.line),
stock as (
  insert into sandbox.erp_stock as s (installation, node, item, on_hand)
  select $1, $7, item, -sum(quantity) from wanted, made group by item order by item
  on conflict (installation, node, item) do update set on_hand = s.on_hand + excluded.on_hand)
${ANSWER}`,
};

const documentUnknown = (kind: string): string => `
  select upper('${kind}') || '_UNKNOWN', 'there is no ${kind} with external id ' || $7, null
   where not exists (select from sandbox.erp_document where installation = $1 and kind = '${kind}' and external_id = $7)`;

/** Lines are rounded half-up to the minor unit, then summed; charges are added. */
const NET = `(
  select jsonb_build_object('amount', (sum(round(k.quantity * k.unit_price, 2))
           + coalesce((select sum((c->'amount'->>'amount')::numeric) from jsonb_array_elements($6::jsonb->'charges') c), 0))::text,
         'currency', (select currency from sales_order)) from known k)`;

export const insertInvoice: Statement = {
  name: 'sandbox-erp-invoice',
  text: `
with ${LINES},
fault as (
  select * from unknown
  union all ${documentUnknown('delivery')}
  union all
  select 'QUANTITY_EXCEEDED', 'line ' || line || ': ' || quantity || ' is more than the delivered ' || billable, line
    from known where quantity > billable),
${made('invoice', 'IN', NET)},
line as (
  update sandbox.erp_order_line l set invoiced = l.invoiced + w.quantity
    from made, sales_order o, wanted w
   where l.installation = $1 and l.number = o.number and l.line = w.line)
${ANSWER}`,
};

export const insertDeliveryReversal: Statement = {
  name: 'sandbox-erp-delivery-reversal',
  text: `
with ${LINES},
fault as (
  select * from unknown
  union all
  select 'DELIVERY_UNKNOWN', 'there is no delivery with external id ' || ($6::jsonb->>'delivery'), null
   where not exists (select from sandbox.erp_document
                      where installation = $1 and kind = 'delivery' and external_id = $6::jsonb->>'delivery')
  union all
  select 'QUANTITY_EXCEEDED', 'line ' || line || ': ' || quantity || ' is more than the delivered ' || standing, line
    from known where quantity > standing),
${made('delivery-reversal', 'DR')},
line as (
  update sandbox.erp_order_line l set reversed = l.reversed + w.quantity
    from made, sales_order o, wanted w
   where l.installation = $1 and l.number = o.number and l.line = w.line),
stock as (
  insert into sandbox.erp_stock as s (installation, node, item, on_hand)
  select $1, $7, item, sum(quantity) from wanted, made group by item order by item
  on conflict (installation, node, item) do update set on_hand = s.on_hand + excluded.on_hand)
${ANSWER}`,
};

export const insertCreditMemo: Statement = {
  name: 'sandbox-erp-credit-memo',
  text: `
with ${LINES},
fault as (
  select * from unknown
  union all ${documentUnknown('invoice')}
  union all
  select 'QUANTITY_EXCEEDED', 'line ' || line || ': ' || quantity || ' is more than the invoiced ' || billed, line
    from known where quantity > billed),
${made('credit-memo', 'CM', NET)},
line as (
  update sandbox.erp_order_line l set credited = l.credited + w.quantity
    from made, sales_order o, wanted w
   where l.installation = $1 and l.number = o.number and l.line = w.line)
${ANSWER}`,
};

export const insertFreightAccrual: Statement = {
  name: 'sandbox-erp-freight-accrual',
  text: `
with ${PERIOD},
fault as (
  select * from period
  union all ${documentUnknown('delivery')}),
${made('freight-accrual', 'FA', "$6::jsonb->'amount'")}
${ANSWER}, $3::text as unused, $4::text as unused_lines`,
};

/** Without lines everything that is open is cancelled. */
export const insertCancellation: Statement = {
  name: 'sandbox-erp-cancellation',
  text: `
with ${ORDER},
wanted as (
  select line, item, quantity from jsonb_to_recordset(coalesce($4::jsonb, '[]')) as l (line int, item text, quantity numeric)
  union all
  select line, item, ordered - cancelled - delivered + reversed from sandbox.erp_order_line
   where $4::jsonb is null and installation = $1 and number = (select number from sales_order)
     and ordered > cancelled + delivered - reversed),
fault as (
  select 'SALES_ORDER_UNKNOWN' as code, 'there is no sales order with external id ' || $3 as message, null::int as line
   where not exists (select from sales_order)
  union all
  select 'NOTHING_OPEN', 'nothing of the sales order is open', null
   where exists (select from sales_order) and not exists (select from wanted)
  union all
  select 'QUANTITY_EXCEEDED', 'line ' || w.line || ': ' || w.quantity || ' is not open any more', w.line
    from wanted w left join sandbox.erp_order_line l
      on l.installation = $1 and l.number = (select number from sales_order) and l.line = w.line and l.item = w.item
   where exists (select from sales_order) and w.quantity > coalesce(l.ordered - l.cancelled - l.delivered + l.reversed, 0)),
${made('cancellation', 'CN')},
line as (
  update sandbox.erp_order_line l set cancelled = l.cancelled + w.quantity
    from made, sales_order o, wanted w
   where l.installation = $1 and l.number = o.number and l.line = w.line)
${ANSWER}, $7::text as unused`,
};

export const findDocument: Statement = {
  name: 'sandbox-erp-find',
  text: `
select number, content_hash as "contentHash", body, total from sandbox.erp_document
 where installation = $1 and kind = $2 and external_id = $3 order by number limit 1`,
};

/** By external id in code point order; every document of an id. */
export const listDocuments: Statement = {
  name: 'sandbox-erp-list',
  text: `
select external_id as "externalId", number as "documentNumber" from sandbox.erp_document
 where installation = $1 and kind = $2 and external_id collate "C" > $3 order by external_id collate "C", number limit $4`,
};

export const readStock: Statement = {
  name: 'sandbox-erp-stock',
  text: `
select item, trim_scale(on_hand)::text as "onHand" from sandbox.erp_stock
 where installation = $1 and node = $2 and ($3::text[] is null or item = any ($3)) order by item`,
};

/** Invoices less credit memos by the customer of their sales order, and the account beside them; customers of the master alone. */
export const readReceivables: Statement = {
  name: 'sandbox-erp-receivables',
  text: `
with billed as (
  select o.body->>'customer' as customer,
         sum((d.total->>'amount')::numeric * case d.kind when 'invoice' then 1 else -1 end) as amount
    from sandbox.erp_document o
    join sandbox.erp_document d on d.installation = $1 and d.kind in ('invoice', 'credit-memo')
     and d.body->>'salesOrder' = o.external_id
   where o.installation = $1 and o.kind = 'sales-order' and o.body->>'customer' = any ($2) group by 1)
select m.id as customer, m.body->>'currency' as currency,
       trim_scale(coalesce(b.amount, 0) + coalesce(a.balance, 0))::text as receivables,
       trim_scale(coalesce(a.overdue, 0))::text as overdue,
       trim_scale(coalesce(a.billed_not_posted, 0))::text as "billedNotPosted",
       trim_scale(a.credit_limit)::text as "creditLimit"
  from sandbox.erp_master m
  left join billed b on b.customer = m.id
  left join sandbox.erp_account a on a.installation = $1 and a.customer = m.id
 where m.installation = $1 and m.kind = 'customer' and m.id = any ($2) order by m.id`,
};

export const changedMaster: Statement = {
  name: 'sandbox-erp-changed',
  text: `
select change, body from sandbox.erp_master
 where installation = $1 and kind = $2 and change > $3 order by change limit $4`,
};

export const countDocuments: Statement = {
  name: 'sandbox-erp-counts',
  text: `
select kind, count(*)::int as documents, (count(*) - count(distinct external_id))::int as repeated
  from sandbox.erp_document
 where installation = $1 and ($2::text is null or external_id = $2) group by kind`,
};
