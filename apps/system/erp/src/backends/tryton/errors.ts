import { CrossdockError } from '#canonical/errors';
import type { FailedCall } from '#resilience/outbound-errors';
import { brokenOff, limited, refused, unavailable } from '#resilience/outbound-errors';

/** Tryton rolled its transaction back and would have liked to go on: the same call may work a moment later. */
const LOCKED = /could not obtain lock|could not serialize|deadlock detected|lock timeout|database is locked/i;
/** The database went away below Tryton, perhaps during its commit. */
const DATABASE_LOST =
  /server closed the connection|connection already closed|terminating connection|could not connect|connection refused|starting up|recovery mode|too many clients|connection pool/i;

/** Name of the warning when Tryton wants a "yes, really"; undefined for any other error. */
export function warningName(error: readonly unknown[]): string | undefined {
  const [name, details] = error;
  return name === 'UserWarning' && Array.isArray(details) && typeof details[0] === 'string' ? details[0] : undefined;
}

/** True when the transaction was rolled back for a lock: nothing happened, trying again does no harm. */
export function isLock(error: readonly unknown[]): boolean {
  return error[0] === 'ConcurrencyException' || LOCKED.test(String(error[0]));
}

/**
 * The arguments of a Python exception, which Tryton sends with HTTP 200. All are raised before the commit, so that only a lost
 * database leaves the outcome open. A traceback in it is never passed on.
 */
export function fromTryton(call: FailedCall, error: readonly unknown[]): CrossdockError {
  const [name, details] = error;
  const parts = Array.isArray(details) ? details : [details];
  if (isLock(error))
    return unavailable(call, `Tryton is busy with the same records (${firstLine(String(details || name))})`, {
      retryAfter: 1,
    });
  if (name === 'UserError') return refused(call, sentence(parts[0], parts[1]), { exception: 'UserError' });
  if (name === 'UserWarning')
    return refused(call, sentence(parts[1], parts[2]), { exception: 'UserWarning', warning: parts[0] });
  if (name === 'LoginException') return loginRejected(call);
  if (name === 'RateLimitException') return limited(call, 60, 'Tryton refuses more logins for now');
  if (DATABASE_LOST.test(String(name))) return brokenOff(call, `Tryton lost its database: ${firstLine(String(name))}`);
  return refused(call, `Tryton failed: ${firstLine(String(name))}`, { exception: firstLine(String(name)) });
}

export function loginRejected(call: FailedCall): CrossdockError {
  return new CrossdockError({
    code: 'BACKEND_CREDENTIALS_REJECTED',
    // Not the caller's fault: work waits until an operator has mended the connection.
    kind: 'unavailable',
    message: `${call.connection}: Tryton does not accept the user and password of the connection`,
    source: call.connection,
    details: { operation: call.operation },
  });
}

function sentence(message: unknown, description: unknown): string {
  return [message, description].filter((part) => typeof part === 'string' && part !== '').join(' ');
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 300);
}
