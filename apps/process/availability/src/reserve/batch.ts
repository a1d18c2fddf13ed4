import type { CrossdockError } from '#canonical/errors';
import type { ReserveRequest, ReserveResponse } from '#contracts/availability/reserve.dto';
import type { Outcome } from '#persistence/gather';
import type { NewReservationEvent } from '../out/reservation-event.store';
import type { NewReservation, Slice, SliceChanges } from '../out/slice.store';
import { text, type Micro } from '../promise/quantity';
import type { Caps } from './caps';
import type { Conversion } from './convert';
import type { Ground } from '../promise/ground';
import { answer, decide } from './decide';
import type { Loss } from './preempt';
import type { SoftStock } from './soft-stock';
import { ownerOf } from './slices';
import { insufficient, overCap, preemptionNotAllowed, unknown } from './refusals';

const DEFAULT_TTL_SECONDS = 900;

export interface Rules {
  readonly caps: Caps;
  /** Reservations up to this priority number may pre-empt; 0: none. */
  readonly preemptPriority: number;
}

/** A soft reservation that lost to a more urgent one. */
export interface Preempted {
  readonly by: string;
  readonly losses: readonly Loss[];
}

/** The reservations that are decided together, one after the other, and all that they change. */
export class Batch {
  readonly reservations: NewReservation[] = [];
  readonly slices: Slice[] = [];
  readonly timers: { id: string; ttlSeconds: number }[] = [];
  readonly conversions: NewReservationEvent[] = [];
  readonly preempted: Preempted[] = [];

  constructor(
    private readonly ground: Ground,
    private readonly soft: SoftStock,
    private readonly rules: Rules,
    private readonly asOf: string,
  ) {}

  /** Stored slices that were taken over, set free or pre-empted. */
  get changed(): SliceChanges['changed'] {
    return this.soft.changes();
  }

  /** Items it took of that also have promises for a day: what was taken may be what one of them counts on. */
  get dated(): string[] {
    const taken = [...new Set(this.slices.map(({ item }) => item))];
    return taken.filter((item) => this.ground.book.get(item)?.some((node) => node.flows().demands.length > 0));
  }

  decide(request: ReserveRequest, hash: string): Outcome<ReserveResponse> {
    const { reservation: id, kind, converts, ttlSeconds = DEFAULT_TTL_SECONDS } = request;
    const refusal = this.refusal(request);
    if (refusal) return { error: refusal };
    const decision = decide(this.withinCaps(request), this.ground, this.soft);
    if (!decision.accepted) return { error: insufficient(request, decision.findings) };
    const soft = kind === 'SOFT';
    const expiresAt = soft ? new Date(Date.parse(this.asOf) + ttlSeconds * 1000).toISOString() : undefined;
    const response = answer(request, decision.lines, expiresAt);
    this.reservations.push({ id, hash, kind, expiresAt, response, ...ownerOf(request) });
    this.slices.push(...decision.slices);
    if (soft) this.timers.push({ id, ttlSeconds });
    this.countHeld(decision.slices, decision.losses);
    if (decision.losses.length > 0) this.preempted.push({ by: id, losses: decision.losses });
    if (converts !== undefined && decision.conversion) this.told(converts, id, decision.conversion);
    return { value: response };
  }

  /** What no stock would change. */
  private refusal(request: ReserveRequest): CrossdockError | undefined {
    const { converts, partner, preempt } = request;
    const { soft } = this;
    const { priority } = ownerOf(request);
    if (converts !== undefined && !soft.knows(converts, partner)) return unknown(converts);
    if (preempt === true && priority > this.rules.preemptPriority) return preemptionNotAllowed(priority);
    const replaced = converts === undefined ? [] : soft.of(converts).filter((slice) => slice.partner === partner);
    const beyond = this.rules.caps.exceeded(request, (item) =>
      replaced.reduce((sum, slice) => (slice.item === item ? sum + soft.quantity(slice) : sum), 0n),
    );
    return beyond.length > 0 ? overCap(request, beyond) : undefined;
  }

  /** No substitute is held beyond its own cap: a line that could need more of one goes without any. */
  private withinCaps(request: ReserveRequest): ReserveRequest {
    const { kind, partner } = request;
    if (kind !== 'SOFT' || partner === undefined) return request;
    const lines = request.lines.map((line) => {
      if (line.substitutes !== true) return line;
      const approved = this.ground.terms.item(line.item)?.substitutes ?? [];
      const fits = approved.every((each) => this.rules.caps.hasRoomFor(partner, each, line.quantity));
      return fits ? line : { ...line, substitutes: false };
    });
    return { ...request, lines };
  }

  private countHeld(created: readonly Slice[], losses: readonly Loss[]): void {
    const { caps } = this.rules;
    for (const { state, partner, item, quantity } of created)
      if (state === 'RESERVED') caps.count(partner, item, quantity);
    for (const { slice, quantity } of losses) caps.count(slice.partner, slice.item, -quantity);
  }

  private told(reservation: string, by: string, { left }: Conversion): void {
    if (left.size === 0) return;
    this.conversions.push({ reservation, event: 'CONVERTED', detail: { by, lines: linesOf(left) } });
  }
}

function linesOf(left: ReadonlyMap<number, Micro>): { line: number; quantity: string }[] {
  return [...left].map(([line, quantity]) => ({ line, quantity: text(quantity) }));
}
