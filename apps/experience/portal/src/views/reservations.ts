import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CrossdockError, type Finding } from '#canonical/errors';
import type { ReleaseLine } from '#contracts/availability/release.dto';
import type { ReservationView } from '#contracts/availability/reservations.dto';
import { lookUpItems } from '#contracts/edge/item-lookup';
import { inWholeUnits } from '#contracts/edge/quantities';
import type { Caller } from '#service/caller';
import { idempotencyKeyOf } from '#service/headers';
import type {
  ExtendedReservation,
  ExtendReservationRequest,
  PlacedReservation,
  PortalReservation,
  ReleasedReservation,
  ReleaseReservationRequest,
  ReservationLineRequest,
  ReservationRequest,
} from '../in/http/reservations.dto';
import { NodeDays } from '../out/node-days';
import { PortalProcesses } from '../out/processes';
import { unitsOf } from './composed';
import { baseUnitOf, inAskedUnits, placed, portalReservation } from './reservation-answers';
import { baseOf, refuse, resolveLines } from './reservation-lines';

/** Soft reservations of the caller's own partner. Those of orders, and of others, do not exist here. */
@Injectable()
export class ReservationsView {
  constructor(
    private readonly processes: PortalProcesses,
    private readonly nodeDays: NodeDays,
  ) {}

  /** Errors: RESERVATION_INVALID, INSUFFICIENT_AVAILABILITY, RESERVATION_CAP_EXCEEDED, RESERVATION_CONFLICT. */
  async place(
    caller: Caller,
    request: ReservationRequest,
    key: string | undefined,
  ): Promise<{ created: boolean; reservation: PlacedReservation }> {
    const reservation = reservationId(caller.partner, requiredKey(key));
    const [items, today] = await Promise.all([
      lookUpItems(this.processes.reference, request.lines.map(({ item }) => item)), // prettier-ignore
      request.lines.some(namesPlaceOrDay) ? this.nodeDays.today() : new Map<string, string>(),
    ]);
    const lines = resolveLines(request.lines, items, today);
    try {
      const answer = await this.processes.availability.reserve({
        reservation,
        lines: lines.map(({ base }) => base),
        mode: request.mode ?? 'ALL_OR_NOTHING',
        kind: 'SOFT',
        ...(request.ttlSeconds === undefined ? {} : { ttlSeconds: request.ttlSeconds }),
        channel: 'PORTAL',
        partner: caller.partner,
      });
      return {
        created: answer.outcome === 'created',
        reservation: placed(answer, lines, await unitsOf(this.processes.reference, answer)),
      };
    } catch (error) {
      throw inAskedUnits(error, lines);
    }
  }

  async get(caller: Caller, id: string): Promise<PortalReservation> {
    const view = await this.own(caller, id);
    const [items, others] = await Promise.all([this.itemsOf(view), unitsOf(this.processes.reference, view)]);
    return portalReservation(view, items, others);
  }

  async extend(
    caller: Caller,
    id: string,
    { ttlSeconds }: ExtendReservationRequest,
    header: string | undefined,
  ): Promise<ExtendedReservation> {
    const key = requiredKey(header);
    await this.own(caller, id);
    const { partner } = caller;
    const { expiresAt } = await this.processes.availability.extend({ reservation: id, partner, key, ttlSeconds });
    return { id, expiresAt };
  }

  async release(
    caller: Caller,
    id: string,
    request: ReleaseReservationRequest,
    header: string | undefined,
  ): Promise<ReleasedReservation> {
    const key = idempotencyKeyOf(header) ?? contentKey(request);
    const view = await this.own(caller, id);
    const items = await this.itemsOf(view);
    const lines = request.lines && releaseLines(request.lines, view, items);
    const { lines: released } = await this.processes.availability.release({
      reservation: id,
      key,
      ...(lines === undefined ? {} : { lines }),
      ...(request.reason === undefined ? {} : { reason: request.reason }),
    });
    const itemOf = new Map(view.lines.map(({ line, item }) => [line, items.get(item)]));
    return {
      id,
      released: released.map(({ line, released: quantity }) => ({
        line,
        quantity: inWholeUnits(quantity, baseUnitOf(itemOf.get(line))),
      })),
    };
  }

  /** Whether an order of this caller may stand for it. */
  async isOwn(caller: Caller, id: string): Promise<boolean> {
    try {
      await this.own(caller, id);
      return true;
    } catch (error) {
      if (error instanceof CrossdockError && error.code === 'RESERVATION_UNKNOWN') return false;
      throw error;
    }
  }

  /** A reservation never changes its partner or its kind, so what was checked here stays true. Errors: RESERVATION_UNKNOWN. */
  private async own({ partner }: Caller, reservation: string): Promise<ReservationView> {
    const view = await this.processes.availability.reservation({ reservation, partner });
    if (view.kind === 'SOFT') return view;
    const message = `there is no reservation ${reservation}`;
    throw new CrossdockError({ code: 'RESERVATION_UNKNOWN', kind: 'not-found', message });
  }

  private itemsOf({ lines }: ReservationView) {
    return lookUpItems(this.processes.reference, lines.map(({ item }) => item)); // prettier-ignore
  }
}

function namesPlaceOrDay({ requestedDate, latestDate, deliverBy, node }: ReservationLineRequest): boolean {
  return [requestedDate, latestDate, deliverBy, node].some((named) => named !== undefined);
}

/** The same key of the same partner is the same reservation for ever, also when the gateway has forgotten it. */
function reservationId(partner: string, key: string): string {
  return `rsv_${hash('sha256', JSON.stringify([partner, key]), 'hex').slice(0, 32)}`;
}

function requiredKey(header: string | undefined): string {
  const key = idempotencyKeyOf(header);
  if (key !== undefined) return key;
  throw new CrossdockError({
    code: 'IDEMPOTENCY_KEY_REQUIRED',
    kind: 'invalid',
    message: 'send an Idempotency-Key: any text that names this request',
    details: { status: 400 },
  });
}

/** Names a release sent without an Idempotency-Key by its content: said twice it is one. */
function contentKey({ lines, reason }: ReleaseReservationRequest): string {
  const content = [lines?.map(({ line, quantity }) => [line, quantity?.value, quantity?.unit]), reason];
  return `content:${hash('sha256', JSON.stringify(content), 'hex')}`;
}

/** Lines to release in base units. Errors: RESERVATION_INVALID with a finding for each unknown line or unit. */
function releaseLines(
  lines: NonNullable<ReleaseReservationRequest['lines']>,
  view: ReservationView,
  items: Awaited<ReturnType<typeof lookUpItems>>,
): ReleaseLine[] {
  const findings: Finding[] = [];
  const result = lines.map(({ line, quantity }, index): ReleaseLine => {
    const at = `/lines/${index}`;
    const held = view.lines.find((each) => each.line === line);
    const item = held && items.get(held.item);
    if (held === undefined) {
      const detail = `the reservation has no line ${line}`;
      findings.push({ code: 'LINE_UNKNOWN', detail, pointer: `${at}/line`, seen: String(line) });
    }
    if (held === undefined || quantity === undefined) return { line };
    if (item === undefined) {
      findings.push({ code: 'ITEM_UNKNOWN', detail: `item ${held.item} is not known`, pointer: `${at}/quantity/unit` });
      return { line };
    }
    const { base, faults } = baseOf(item, quantity, `${at}/quantity`);
    findings.push(...faults);
    return { line, ...(base === undefined ? {} : { quantity: base }) };
  });
  refuse(findings, 'the release names what the reservation does not have');
  return result;
}
