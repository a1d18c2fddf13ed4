import type { Finding } from '#canonical/errors';
import type { ReservedLine, ReserveLine, ReserveRequest, ReserveResponse } from '#contracts/availability/reserve.dto';
import type { Slice } from '../out/slice.store';
import { candidatesOf } from '../promise/cover';
import type { Ground } from '../promise/ground';
import type { Offer } from '../promise/offer';
import { giveBackOffers, missingOf } from '../promise/offers';
import { text, type Micro } from '../promise/quantity';
import { openDay } from '../promise/shipping-node';
import { partSlice, shippingOf, substituteSlice } from '../read/slices';
import { convert, type Conversion } from './convert';
import { toWantedLine } from './lines';
import { preempt, type Loss } from './preempt';
import { shortLines } from './short-lines';
import { backorderOf, ownerOf, slicesOf, stateOf } from './slices';
import type { SoftStock } from './soft-stock';
import { coverInTime, type WantedLine } from './wanted';

export type ReserveDecision =
  | {
      readonly accepted: true;
      readonly slices: readonly Slice[];
      readonly lines: ReservedLine[];
      readonly conversion: Conversion | undefined;
      readonly losses: readonly Loss[];
    }
  | { readonly accepted: false; readonly findings: Finding[] };

/** Decides one reservation on the book, which keeps what it took; a refusal takes nothing. */
export function decide(request: ReserveRequest, ground: Ground, soft: SoftStock): ReserveDecision {
  const { sources, view } = ground;
  const lines = request.lines.map((line) => toWantedLine(line, request.channel));
  const excluded = new Set(request.excludeNodes ?? []);
  const conversion =
    request.converts === undefined ? undefined : convert(request.converts, lines, excluded, soft, ground);
  const open = lines.map((line, index) => ({
    ...line,
    quantity: line.quantity - coveredBy(conversion?.offers[index]),
    day: openDay(candidatesOf(sources, line, excluded), line.day),
  }));
  const first = coverInTime(ground, open, excluded);
  const urgency = ownerOf(request).priority;
  const preemption = request.preempt === true ? preempt(open, first, urgency, excluded, soft, ground) : undefined;
  const offers = preemption?.covered ?? first;
  if (request.mode === 'ALL_OR_NOTHING' && offers.some((offered) => missingOf(offered) > 0n)) {
    giveBackOffers(ground, open, offers);
    const findings = shortLines(request, open, offers, ground, excluded);
    preemption?.undo();
    conversion?.undo();
    return { accepted: false, findings };
  }
  const promised = offers.map((offered, index) => ({
    ...offered,
    parts: [...(conversion?.offers[index]?.parts ?? []), ...offered.parts],
    substitutes: [...(conversion?.offers[index]?.substitutes ?? []), ...offered.substitutes],
  }));
  const slices = request.lines.flatMap((line, index) => {
    const offered = promised[index];
    if (!offered) return [];
    const own = slicesOf(request, line, offered, view);
    const missing = missingOf(offered);
    if (missing === 0n || request.kind !== 'FIRM' || request.backorder !== true) return own;
    return [...own, backorderOf(request, line, missing, ground, excluded)];
  });
  const answers = request.lines.flatMap((line, index) => {
    const [wanted, offered] = [open[index], promised[index]];
    const converted = conversion && coveredBy(conversion.offers[index]);
    return wanted && offered ? [answerOf(request, line, wanted, offered, converted, ground)] : [];
  });
  return { accepted: true, slices, lines: answers, conversion, losses: preemption?.losses ?? [] };
}

function coveredBy(offered: Pick<Offer, 'parts' | 'substitutes'> = { parts: [], substitutes: [] }): Micro {
  const own = offered.parts.reduce((total, part) => total + part.quantity, 0n);
  return offered.substitutes.reduce((total, { covers }) => total + covers, own);
}

export function answer(request: ReserveRequest, lines: ReservedLine[], expiresAt: string | undefined): ReserveResponse {
  const { reservation } = request;
  return { reservation, outcome: 'created', lines, ...(expiresAt === undefined ? {} : { expiresAt }) };
}

function answerOf(
  request: ReserveRequest,
  { line, item }: ReserveLine,
  wanted: WantedLine,
  offered: Offer,
  converted: Micro | undefined,
  ground: Ground,
): ReservedLine {
  const { parts, substitutes, leadTime } = offered;
  const bought = leadTime && ground.bought(wanted, new Set(request.excludeNodes ?? []));
  return {
    line,
    item,
    slices: [
      ...parts.map((part) => ({ ...partSlice(ground, part), state: stateOf(request.kind, part) })),
      ...substitutes.map((each) => ({ ...substituteSlice(ground, each), state: stateOf(request.kind, each.part) })),
    ],
    uncovered: text(missingOf(offered)),
    ...(converted === undefined ? {} : { converted: text(converted) }),
    ...(leadTime && bought && { leadTime: { ...shippingOf(ground, bought.node, leadTime.day), quantity: text(leadTime.quantity) } }), // prettier-ignore
  };
}
