import { Decimal, plain } from '#canonical/decimal';
import type { Queryable, Statement } from '#persistence/database';
import type { Installation, WarehouseEvent } from './wms.types';

const moveLots: Statement = {
  name: 'sandbox-wms-lots-move',
  text: `
    insert into sandbox.wms_lot as l (installation, item, lot, expires_on, on_hand)
    select $1, item, lot, max(expires_on), greatest(sum(quantity), 0)
      from unnest($2::text[], $3::text[], $4::date[], $5::numeric[]) as n (item, lot, expires_on, quantity)
     group by item, lot
    on conflict (installation, item, lot) do update
       set on_hand = greatest(l.on_hand + (select sum(quantity) from unnest($2::text[], $3::text[], $5::numeric[]) as m (item, lot, quantity)
                                            where m.item = l.item and m.lot = l.lot), 0),
           expires_on = coalesce(excluded.expires_on, l.expires_on)`,
};

const lockLots: Statement = {
  name: 'sandbox-wms-lots-lock',
  text: `
    select item, lot, on_hand as "onHand" from sandbox.wms_lot
     where installation = $1 and item = any ($2) and on_hand > 0
     order by item, expires_on nulls last, lot for update`,
};

export interface LotMove {
  readonly item: string;
  readonly lot: string;
  readonly expiresOn?: string | undefined;
  /** Base units; negative when they leave. */
  readonly quantity: string;
}

export async function moveByLot(tx: Queryable, installation: string, moves: readonly LotMove[]): Promise<void> {
  if (moves.length === 0) return;
  await tx.query(moveLots, [
    installation,
    moves.map(({ item }) => item),
    moves.map(({ lot }) => lot),
    moves.map(({ expiresOn }) => expiresOn ?? null),
    moves.map(({ quantity }) => quantity),
  ]);
}

/** Says of what leaves which lots it is, the first to expire first; a line of several lots comes once for each. */
export async function withLots(
  tx: Queryable,
  { installation }: Installation,
  events: readonly WarehouseEvent[],
): Promise<WarehouseEvent[]> {
  const shipped = events.filter(({ type }) => type === 'fulfilment.shipped');
  const items = [...new Set(shipped.flatMap(({ lines = [] }) => lines.map(({ item }) => item)))];
  if (items.length === 0) return [...events];
  const { rows } = await tx.query<{ item: string; lot: string; onHand: string }>(lockLots, [installation, items]);
  if (rows.length === 0) return [...events];
  const left = rows.map((row) => ({ ...row, onHand: new Decimal(row.onHand) }));
  const moves: LotMove[] = [];
  // The same shipment told twice says the same lots.
  const told = new Map<string, WarehouseEvent['lines']>();
  const withOwn = events.map((event) => {
    if (event.type !== 'fulfilment.shipped') return event;
    const shipment = event.shipmentId ?? event.id;
    const lines = told.get(shipment) ?? (event.lines ?? []).flatMap((line) => byLot(line, left, moves));
    told.set(shipment, lines);
    return { ...event, lines };
  });
  await moveByLot(tx, installation, moves);
  return withOwn;
}

type Line = NonNullable<WarehouseEvent['lines']>[number];

function byLot(line: Line, left: { item: string; lot: string; onHand: Decimal }[], moves: LotMove[]): Line[] {
  let open = new Decimal(line.quantity);
  const lines: Line[] = [];
  for (const lot of left.filter(({ item }) => item === line.item)) {
    const part = Decimal.min(open, lot.onHand);
    if (part.lte(0)) continue;
    lot.onHand = lot.onHand.minus(part);
    open = open.minus(part);
    lines.push({ ...line, quantity: plain(part), lot: lot.lot });
    moves.push({ item: line.item, lot: lot.lot, quantity: plain(part.negated()) });
  }
  return open.gt(0) ? [...lines, { ...line, quantity: plain(open) }] : lines;
}
