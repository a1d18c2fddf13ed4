import { CrossdockError, type Finding } from '#canonical/errors';
import type { ReserveRequest } from '#contracts/availability/reserve.dto';
import type { Kits } from '../promise/kits';
import { text } from '../promise/quantity';

export function unknown(reservation: string): CrossdockError {
  const message = `there is no reservation ${reservation}`;
  return new CrossdockError({ code: 'RESERVATION_UNKNOWN', kind: 'not-found', message });
}

export function contradiction({ reservation }: ReserveRequest): CrossdockError {
  return conflict('RESERVATION_CONFLICT', `reservation ${reservation} exists with other content`);
}

/** A finding per short line. */
export function insufficient({ reservation }: ReserveRequest, findings: readonly Finding[]): CrossdockError {
  return conflict('INSUFFICIENT_AVAILABILITY', `reservation ${reservation} cannot be covered in full`, findings);
}

/** A finding per line that goes beyond. */
export function overCap({ partner = '' }: ReserveRequest, findings: readonly Finding[]): CrossdockError {
  return conflict('RESERVATION_CAP_EXCEEDED', `more than ${partner} may hold in soft reservations`, findings);
}

export function preemptionNotAllowed(priority: number): CrossdockError {
  const message = `policy lets no reservation of priority ${priority} take from others`;
  return new CrossdockError({ code: 'PREEMPTION_NOT_ALLOWED', kind: 'forbidden', message });
}

/** A kit has no stock of its own to hold: a finding per line says what to reserve instead. Undefined when there is none. */
export function kitsNotReservable({ lines }: ReserveRequest, kits: Kits): CrossdockError | undefined {
  const findings = lines.flatMap(({ item }, index) => {
    const components = kits.get(item);
    if (!components) return [];
    const parts = components.map((part) => `${text(part.quantity)} ${part.item}`).join(', ');
    const detail = `${item} is a kit of ${parts}: reserve those`;
    return [{ code: 'KIT_NOT_RESERVABLE', detail, pointer: `/lines/${index}/item`, seen: item, expected: parts }];
  });
  if (findings.length === 0) return undefined;
  const message = findings[0]?.detail ?? '';
  return new CrossdockError({ code: 'KIT_NOT_RESERVABLE', kind: 'invalid', message, findings });
}

export function conflict(code: string, message: string, findings: readonly Finding[] = []): CrossdockError {
  return new CrossdockError({ code, kind: 'conflict', message, findings });
}
