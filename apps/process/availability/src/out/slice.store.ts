import { CrossdockError } from '#canonical/errors';
import type { Queryable, Statement } from '#persistence/database';
import { sqlState } from '#persistence/sql-state';
import { dateOf, dayOf } from '../promise/days';
import { micro, text } from '../promise/quantity';
import { movesOf, takenByChannels } from './slice-moves';
import type { NewReservation, Slice, SliceChanges, SliceState, StandsFor, StoredSlice } from './slice-shapes';

export type { NewReservation, Slice, SliceChanges, SliceState, StandsFor, StoredSlice } from './slice-shapes';

/**
 * Stock is committed by one conditional UPDATE per position: what is not free is not taken, and the missing row fails the statement, so
 * that a commit which is already on its way undoes it. What an `update` frees also lowers `overcommitted`; nothing here raises it.
 */
const writeSlices: Statement = {
  name: 'availability-write',
  text: `
    with reservations as (
      insert into availability.reservation (id, content_hash, kind, expires_at, channel, partner, priority, response)
      select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::smallint[],
                           $8::jsonb[])
    ), created as (
      insert into availability.slice
             (reservation, line, item, node, state, held, quantity, ship_date, requested, basis, supply, pinned, excluded,
              channel, partner, priority, stands_for, multiple)
      select n.reservation, n.line, n.item, n.node, n.state, n.held, n.quantity, n.ship_date, n.requested, n.basis,
             n.supply, n.pinned, string_to_array(n.excluded, chr(31)), n.channel, n.partner, n.priority,
             n.stands_for, n.multiple
        from unnest($9::text[], $10::int[], $11::text[], $12::text[], $13::text[], $14::boolean[], $15::numeric[],
                    $16::date[], $17::date[], $18::text[], $19::text[], $20::boolean[], $21::text[], $22::text[],
                    $23::text[], $24::smallint[], $36::jsonb[], $37::numeric[])
             as n (reservation, line, item, node, state, held, quantity, ship_date, requested, basis, supply, pinned,
                   excluded, channel, partner, priority, stands_for, multiple)
    ), lowered as (
      update availability.slice s set quantity = n.quantity
        from unnest($25::bigint[], $26::numeric[]) as n (id, quantity) where s.id = n.id and n.quantity > 0
    ), ended as (
      delete from availability.slice s
       using unnest($25::bigint[], $26::numeric[]) as n (id, quantity) where s.id = n.id and n.quantity = 0
    ), moved as (
      update availability.position p
         set allocated = p.allocated + n.allocated, reserved = p.reserved + n.reserved,
             overcommitted = greatest(0, least(p.overcommitted,
               p.allocated + n.allocated + p.reserved + n.reserved - p.usable))
        from unnest($27::text[], $28::text[], $29::numeric[], $30::numeric[]) as n (item, node, allocated, reserved)
       where p.item = n.item and p.node = n.node
         and (n.allocated + n.reserved <= 0 or p.usable - p.allocated - p.reserved >= n.allocated + n.reserved)
      returning p.flagged
    ), fed as (
      update availability.item i set changed_xid = pg_current_xact_id(), changed_at = now(), version = i.version + 1
       where i.item = any($31)
    ), counted as (
      insert into availability.channel_consumption as c (item, channel, node, consumed)
      select n.item, n.channel, n.node, n.consumed
        from unnest($32::text[], $33::text[], $34::text[], $35::numeric[]) as n (item, channel, node, consumed)
       where exists (select 1 from availability.channel_quota q where q.item = n.item)
      on conflict (item, channel, node) do update set consumed = c.consumed + excluded.consumed
    )
    select case when count(*) < cardinality($27) then availability.refuse_stock_taken()
                else coalesce(bool_or(flagged), false) end as flagged from moved`,
};

/** What `availability.refuse_stock_taken` raises. */
const STOCK_TAKEN = 'XD001';

/**
 * Records a decision. The items are locked. True when a position that has an open exception was among those moved. A failure of the
 * statement undoes the transaction, so a commit may follow it in the same packet. Errors: STOCK_TAKEN (defect).
 */
export async function write(tx: Queryable, changes: SliceChanges): Promise<boolean> {
  const { reservations, created, changed } = changes;
  const moves = movesOf(created, changed);
  const taken = takenByChannels(changes);
  const items = new Set([...created, ...changed.map(({ slice }) => slice)].map((slice) => slice.item));
  const written = tx.query<{ flagged: boolean }>(writeSlices, [
    ...reservationColumns(reservations),
    ...sliceColumns(created),
    changed.map(({ slice }) => slice.id),
    changed.map(({ quantity }) => text(quantity)),
    moves.map((move) => move.item),
    moves.map((move) => move.node),
    moves.map((move) => text(move.allocated)),
    moves.map((move) => text(move.reserved)),
    [...items],
    taken.map(({ slice }) => slice.item),
    taken.map(({ slice }) => slice.channel),
    taken.map(({ slice }) => slice.node),
    taken.map(({ quantity }) => text(quantity)),
    created.map(({ standsFor }) => (standsFor ? JSON.stringify({ ...standsFor, ratio: text(standsFor.ratio) }) : null)),
    created.map(({ multiple }) => (multiple === undefined ? null : text(multiple))),
  ]);
  return (await written.catch(stockTaken)).rows[0]?.flagged ?? false;
}

function stockTaken(error: unknown): never {
  if (sqlState(error) !== STOCK_TAKEN) throw error;
  const message = 'stock was decided on that is not free';
  throw new CrossdockError({ code: 'STOCK_TAKEN', kind: 'defect', message, cause: error });
}

function reservationColumns(reservations: readonly NewReservation[]): unknown[] {
  return [
    reservations.map((each) => each.id),
    reservations.map((each) => each.hash),
    reservations.map((each) => each.kind),
    reservations.map((each) => each.expiresAt ?? null),
    reservations.map((each) => each.channel ?? null),
    reservations.map((each) => each.partner ?? null),
    reservations.map((each) => each.priority),
    reservations.map((each) => JSON.stringify(each.response)),
  ];
}

function sliceColumns(slices: readonly Slice[]): unknown[] {
  return [
    slices.map((slice) => slice.reservation),
    slices.map((slice) => slice.line),
    slices.map((slice) => slice.item),
    slices.map((slice) => slice.node),
    slices.map((slice) => slice.state),
    slices.map((slice) => slice.held),
    slices.map((slice) => text(slice.quantity)),
    slices.map((slice) => dateOf(slice.day)),
    slices.map((slice) => dateOf(slice.requested)),
    slices.map((slice) => slice.basis),
    slices.map((slice) => slice.supply ?? null),
    slices.map((slice) => slice.pinned),
    slices.map((slice) => slice.excluded.join('\u001f')),
    slices.map((slice) => slice.channel ?? null),
    slices.map((slice) => slice.partner ?? null),
    slices.map((slice) => slice.priority),
  ];
}

const columns = `id, reservation, line, item, node, state, held, quantity, ship_date, requested, basis, supply, pinned, excluded,
  channel, partner, priority, stands_for, multiple::text as multiple`;

/** First come, first served: by the day asked for, then by age. Index: slice (item) where not held. */
const waitingSlices: Statement = {
  name: 'availability-waiting',
  text: `
    select ${columns} from availability.slice
     where item = any($1) and not held and state in ('PROMISED', 'BACKORDERED') order by requested, id`,
};

/** Index: slice (reservation, line). */
const reservationSlices: Statement = {
  name: 'availability-slices',
  text: `select ${columns} from availability.slice where reservation = any($1) order by id`,
};

/** Index: slice (item). */
const softSlices: Statement = {
  name: 'availability-soft-slices',
  text: `select ${columns} from availability.slice where item = any($1) and state = 'RESERVED' order by id`,
};

interface SliceRow {
  id: string;
  reservation: string;
  line: number;
  item: string;
  node: string;
  state: SliceState;
  held: boolean;
  quantity: string;
  ship_date: string;
  requested: string;
  basis: string;
  supply: string | null;
  pinned: boolean;
  excluded: string[];
  channel: string | null;
  partner: string | null;
  priority: number;
  stands_for: { item: string; as: StandsFor['as']; ratio: string; kits?: number } | null;
  multiple: string | null;
}

/** Promised and backordered slices of these items, in the order in which they are served. */
export async function waiting(tx: Queryable, items: readonly string[]): Promise<StoredSlice[]> {
  return (await tx.query<SliceRow>(waitingSlices, [items])).rows.map(sliceOf);
}

/** What these reservations still hold or wait for, the oldest first. */
export async function slicesOf(tx: Queryable, reservations: readonly string[]): Promise<StoredSlice[]> {
  return (await tx.query<SliceRow>(reservationSlices, [reservations])).rows.map(sliceOf);
}

/** What soft reservations hold of these items, the oldest first. */
export async function softSlicesOf(tx: Queryable, items: readonly string[]): Promise<StoredSlice[]> {
  return (await tx.query<SliceRow>(softSlices, [items])).rows.map(sliceOf);
}

function sliceOf(row: SliceRow): StoredSlice {
  const { ship_date: shipDate, supply, channel, partner, stands_for: standsFor, multiple, ...rest } = row;
  return {
    ...rest,
    quantity: micro(row.quantity),
    day: dayOf(shipDate),
    requested: dayOf(row.requested),
    supply: supply ?? undefined,
    channel: channel ?? undefined,
    partner: partner ?? undefined,
    ...(multiple !== null && { multiple: micro(multiple) }),
    ...(standsFor && { standsFor: { ...standsFor, ratio: micro(standsFor.ratio) } }),
  };
}
