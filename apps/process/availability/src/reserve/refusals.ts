import { CrossdockError, type Finding } from '#canonical/errors';
import type { ReserveRequest } from '#contracts/availability/reserve.dto';

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

export function conflict(code: string, message: string, findings: readonly Finding[] = []): CrossdockError {
  return new CrossdockError({ code, kind: 'conflict', message, findings });
}
