import { CrossdockError } from '#canonical/errors';

/** Classes and codes of PostgreSQL: connection lost, shutting down, starting, crashed, no connection left. */
const SQL_STATE = /^(08...|57P0[1-5]|53300)$/;
const SOCKET_CODES: readonly unknown[] = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'ENOTFOUND'];
/** pg has no code for these. */
const MESSAGE = /connection terminated|not queryable|timeout exceeded when trying to connect|client was closed/i;

/**
 * Throws the error of a query again; one that says that PostgreSQL is away as DATABASE_UNAVAILABLE, which is ours to retry and tells
 * a caller to come back. What was asked may or may not have been committed.
 */
export function explained(error: unknown): never {
  if (!isConnectionLost(error)) throw error;
  throw new CrossdockError({
    code: 'DATABASE_UNAVAILABLE',
    kind: 'unavailable',
    message: 'the database is away for a moment',
    retryAfter: 1,
    cause: error,
  });
}

function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code: unknown = 'code' in error ? error.code : undefined;
  return (
    SOCKET_CODES.includes(code) || (typeof code === 'string' && SQL_STATE.test(code)) || MESSAGE.test(error.message)
  );
}
