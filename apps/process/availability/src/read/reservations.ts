import { Injectable } from '@nestjs/common';
import type { ComponentSlice } from '#contracts/availability/answer.dto';
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
import { holdingsOf, unitsOf, type Holding } from '../reserve/holdings';
import { unknown } from '../reserve/refusals';

/** One reservation: what it holds, what it held, what became of it. */
@Injectable()
export class ReservationViews {
  constructor(private readonly database: Database) {}

  /** Errors: RESERVATION_UNKNOWN (not-found). */
  async reservation({ reservation, partner }: ReservationQuery): Promise<ReservationView> {
    const found = await find(this.database.seenBy(partner), reservation, partner);
    if (!found) throw unknown(reservation);
    // It is theirs, so what it holds is too; these statements serve the taking of stock and are not planned anew for a reader.
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
  const holdings = holdingsOf(slices.filter((slice) => slice.line === line));
  return {
    line,
    item,
    open: text(holdings.reduce((sum, holding) => sum + unitsOf(holding), 0n)),
    slices: holdings.map(sliceOf),
  };
}

/** Kits stand on the last of their components to come. */
function sliceOf(holding: Holding<StoredSlice>): ReservationSlice {
  const [first] = holding;
  const { node, supply, basis, state } = holding.find(({ held }) => !held) ?? first;
  const { standsFor } = first;
  const instead = standsFor?.as === 'SUBSTITUTE';
  return {
    node,
    quantity: text(unitsOf(holding)),
    shipDate: dateOf(Math.max(...holding.map(({ day }) => day))),
    basis: (instead ? 'SUBSTITUTE' : basis) as ReservationSlice['basis'],
    ...(supply === undefined ? {} : { supply }),
    state,
    ...(instead && { item: first.item, itemQuantity: text(first.quantity) }),
    ...(standsFor?.as === 'COMPONENT' && { components: holding.map(componentOf) }),
  };
}

function componentOf({ item, quantity, basis, supply }: StoredSlice): ComponentSlice {
  const component = { item, quantity: text(quantity), basis: basis as ComponentSlice['basis'] };
  return supply === undefined ? component : { ...component, supply };
}
