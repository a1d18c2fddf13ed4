import { Injectable } from '@nestjs/common';
import type {
  ReservationChange,
  ReservationLine,
  ReservationQuery,
  ReservationSlice,
  ReservationView,
} from '#contracts/availability/reservations.dto';
import { Database } from '#persistence/database';
import { historyOf } from '../out/reservation-event.store';
import { find, type StoredReservation } from '../out/reservation.store';
import { slicesOf, type StoredSlice } from '../out/slice.store';
import { dateOf } from '../promise/days';
import { text } from '../promise/quantity';
import { unknown } from '../reserve/refusals';

/** One reservation: what it holds, what it held, what became of it. */
@Injectable()
export class ReservationViews {
  constructor(private readonly database: Database) {}

  /** Errors: RESERVATION_UNKNOWN (not-found). */
  async reservation({ reservation, partner }: ReservationQuery): Promise<ReservationView> {
    const found = await find(this.database, reservation, partner);
    if (!found) throw unknown(reservation);
    const slices = await slicesOf(this.database, [reservation]);
    const history = await historyOf(this.database, reservation);
    const created: ReservationChange = { event: 'CREATED', at: found.createdAt.toISOString() };
    return {
      reservation,
      kind: found.kind,
      state: stateOf(found, slices, history),
      ...(found.partner === null ? {} : { partner: found.partner }),
      ...(found.channel === null ? {} : { channel: found.channel }),
      priority: found.priority,
      createdAt: created.at,
      ...(found.expiresAt === null ? {} : { expiresAt: found.expiresAt.toISOString() }),
      lines: found.response.lines.map(({ line, item }) => lineOf(line, item, slices)),
      history: [created, ...history],
    };
  }
}

/** Goods that left are in the ledger and not in the history: what nothing else has ended was shipped. */
function stateOf(
  { response }: StoredReservation,
  slices: readonly StoredSlice[],
  history: readonly ReservationChange[],
): ReservationView['state'] {
  if (slices.length > 0) return 'HELD';
  const ended = history.filter(({ lines }) => lines?.some(({ quantity }) => quantity !== '0') === true).at(-1);
  if (ended && ended.event !== 'CREATED' && ended.event !== 'EXTENDED') return ended.event;
  return response.lines.some((line) => line.slices.length > 0) ? 'SHIPPED' : 'NOTHING';
}

function lineOf(line: number, item: string, slices: readonly StoredSlice[]): ReservationLine {
  const own = slices.filter((slice) => slice.line === line);
  return {
    line,
    item,
    open: text(own.reduce((sum, { quantity }) => sum + quantity, 0n)),
    slices: own.map(({ node, quantity, day, basis, supply, state }) => ({
      node,
      quantity: text(quantity),
      shipDate: dateOf(day),
      basis: basis as ReservationSlice['basis'],
      ...(supply === undefined ? {} : { supply }),
      state,
    })),
  };
}
