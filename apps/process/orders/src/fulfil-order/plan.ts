import { isPositive, sum } from '#canonical/decimal';
import type { ReleaseLine } from '#contracts/availability/release.dto';
import type { ReserveLine } from '#contracts/availability/reserve.dto';
import { endHolds, free, nextNumber, type Draft, type Freed } from './draft';
import { cancelErpRequest, createErpRequest } from './erp-requests';
import { THE_PROCESS, withoutCredit } from './holds';
import { CANCEL_FULFILMENT, CREATE_ERP_ORDER, RESERVE } from './order-command';
import { agreed, type Part } from './order-state';
import { holdParked, parkedLines } from './parked';
import { orderedLine, type Plan, type Surroundings } from './planned';
import { cancelByPolicy } from './policy-cancellation';
import { put, take } from './quantities';
import { releaseAllocated } from './release';
import { awaitsSubstitutes, takesSubstitutes } from './substitutes';

/**
 * What the state asks for now. Reservation first; the ERP order and the release to nodes then run beside each other: goods do not
 * wait for the ERP (deliveries and invoices do, in shipments). A hold stops new ERP orders and releases; one of credit reservations too.
 */
export function plan(draft: Draft, around: Surroundings): Plan {
  const result: Plan = { commands: [...draft.again], facts: [] };
  holdParked(draft);
  cancelByPolicy(draft);
  dropPointlessHolds(draft);
  keepNothingWithoutCredit(draft);
  reserveNew(draft, around, result);
  giveBack(draft, result);
  takeBackFromNodes(draft, result);
  postToErp(draft, around, result);
  releaseAllocated(draft, around, result);
  draft.progress.pending = [...new Set([...draft.progress.pending, ...result.commands.map((command) => command.key)])];
  return result;
}

/** Nothing of the order is left to be held; and an ERP that refused an order that is now cancelled was right. */
function dropPointlessHolds(draft: Draft): void {
  const { progress } = draft;
  const open = new Set(progress.lines.flatMap(({ line, parts }) => (parts.length > 0 ? line : [])));
  const over = 'nothing of the line is open any more';
  endHolds(draft, THE_PROCESS, over, ({ line }) => line !== undefined && !open.has(line));
  if (open.size > 0) return;
  const refused = progress.holds.some(
    (each) => each.command?.key === CREATE_ERP_ORDER && each.code === 'BACKEND_REFUSED',
  );
  const cancelled = progress.lines.every((line) => !isPositive(line.shipped));
  endHolds(draft, THE_PROCESS, 'nothing is open any more', (each) => each.command === undefined);
  if (!cancelled || !refused) return;
  endHolds(draft, THE_PROCESS, 'the order is cancelled', (each) => each.command?.key === CREATE_ERP_ORDER);
  progress.erp = { state: 'NONE' };
}

/** What no node works on goes back, to be promised anew when the hold is released. */
function keepNothingWithoutCredit(draft: Draft): void {
  const held = withoutCredit(draft);
  for (const line of draft.progress.lines.filter((each) => held.has(each.line))) {
    for (const part of take(line, Infinity, ({ stage }) => stage === 'WAITING' || stage === 'ALLOCATED')) {
      free(draft, line.line, part);
      const exclude = draft.progress.reservations.find((each) => each.id === part.reservation)?.exclude ?? [];
      put(line, { stage: 'NEW', quantity: part.quantity, ...(exclude.length > 0 && { exclude: [...exclude] }) });
    }
  }
}

/** One reservation for all that is new; what must avoid a node has one of its own. */
function reserveNew(draft: Draft, { today }: Surroundings, { commands }: Plan): void {
  const held = new Set([...withoutCredit(draft), ...parkedLines(draft)]);
  const promisable = draft.progress.lines.filter(({ line }) => !held.has(line));
  for (;;) {
    const first = promisable.flatMap((line) => line.parts).find((part) => part.stage === 'NEW');
    if (!first) return;
    const exclude = first.exclude?.join('\n');
    const matches = (part: Part): boolean => part.stage === 'NEW' && part.exclude?.join('\n') === exclude;
    const { id, reservation: soft } = draft.contents;
    const count = draft.progress.reservations.length;
    const reservation = count === 0 ? id : `${id}~${count + 1}`;
    const lines = draft.progress.lines.flatMap((line, index): ReserveLine[] => {
      const parts = held.has(line.line) ? [] : take(line, Infinity, matches);
      const quantity = sum(parts.map((part) => part.quantity));
      if (parts.length === 0) return [];
      put(line, { stage: 'REQUESTED', quantity, reservation, ...(first.exclude && { exclude: first.exclude }) });
      const { requestedDate: day } = agreed(draft);
      const item = orderedLine(draft, index).item;
      return [
        {
          ...{ line: line.line, item, quantity },
          ...(day !== undefined && day >= today && { requestedDate: day }),
          ...(takesSubstitutes(draft, line) && { substitutes: true }),
        },
      ];
    });
    draft.progress.reservations.push({
      id: reservation,
      state: 'REQUESTED',
      early: [],
      seen: [],
      exclude: first.exclude ?? [],
    });
    commands.push({
      kind: 'reserve',
      key: RESERVE(reservation),
      ...(lines.some(({ substitutes }) => substitutes) && { shipTo: agreed(draft).shipTo }),
      request: {
        reservation,
        lines,
        mode: 'PARTIAL',
        kind: 'FIRM',
        backorder: true,
        ...ownerOf(draft),
        ...(count === 0 && soft !== undefined && { converts: soft }),
        ...(first.exclude && { excludeNodes: first.exclude }),
      },
    });
  }
}

/** Channel quotas and caps count by these. */
function ownerOf({ contents }: Draft): { partner: string; channel: string } {
  return { partner: contents.partner, channel: contents.channel.toUpperCase() };
}

/** One release per reservation, named by a number that is never used again. */
function giveBack(draft: Draft, { commands }: Plan): void {
  const byReservation = new Map<string, Freed[]>();
  for (const freed of draft.freed) {
    byReservation.set(freed.reservation, [...(byReservation.get(freed.reservation) ?? []), freed]);
  }
  for (const [reservation, freed] of byReservation) {
    const key = `free:${reservation}:${nextNumber(draft)}`;
    const lines = merged(freed).map(releaseLine);
    commands.push({ kind: 'release-reservation', key, request: { reservation, key, lines } });
  }
}

/**
 * Says exactly what goes back. When an allocation crosses the release of what waited, that release finds less and the surplus goes
 * back when the allocation is told, at its own node: stock that another part of the order counts on is never freed.
 */
function releaseLine({ line, item, quantity, node }: Freed): ReleaseLine {
  const what = { line, ...(item !== undefined && { item }), quantity };
  return node === undefined ? { ...what, held: 'WAITING' } : { ...what, node, held: 'ALLOCATED' };
}

function merged(freed: readonly Freed[]): Freed[] {
  const places = new Map<string, Freed>();
  for (const each of freed) {
    const place = `${each.line}\n${each.item ?? ''}\n${each.node ?? ''}`;
    const before = places.get(place);
    places.set(place, before ? { ...each, quantity: sum([before.quantity, each.quantity]) } : each);
  }
  return [...places.values()];
}

function takeBackFromNodes(draft: Draft, { commands }: Plan): void {
  for (const { fulfilment: id, reason } of draft.takeBack) {
    const fulfilment = draft.progress.fulfilments.find((each) => each.id === id);
    if (!fulfilment?.cancelling) continue;
    const request = { connection: fulfilment.wmsConnection, fulfilmentOrder: id, ...(reason && { reason }) };
    commands.push({ kind: 'cancel-fulfilment', key: CANCEL_FULFILMENT(id), request });
  }
}

/** The sales order once and whole, so only when every line is decided; then every cancellation that it does not know of yet. */
function postToErp(draft: Draft, { today }: Surroundings, { commands }: Plan): void {
  const { erp, lines, holds } = draft.progress;
  const decided = holds.every((each) => !each.blocking);
  const wanted = lines.some((line) => line.parts.length > 0 || isPositive(line.shipped));
  if (erp.state === 'NONE' && wanted && decided && !awaitsSubstitutes(draft)) {
    commands.push({ kind: 'create-erp-order', key: CREATE_ERP_ORDER, request: createErpRequest(draft, today) });
    draft.progress.erp = { state: 'REQUESTED' };
    for (const line of lines) line.cancelledInErp = line.cancelled;
  }
  if (erp.state !== 'CREATED' || lines.every((line) => line.cancelled === line.cancelledInErp)) return;
  const key = `erp-cancel:${nextNumber(draft)}`;
  commands.push({ kind: 'cancel-erp', key, request: cancelErpRequest(draft, `${draft.contents.id}-${key}`) });
  for (const line of lines) line.cancelledInErp = line.cancelled;
}
