import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { newId } from '#canonical/ids';
import { CrossdockError } from '#canonical/errors';
import { PROBLEM_CONTENT_TYPE, problemOf } from './problem';

/** Seconds in which a request has come in whole, head and body: who sends a byte a minute holds a connection no longer. */
export const REQUEST_SECONDS = 30;
/** How often connections are looked at for it. */
export const LOOK_EVERY_MS = 2_000;

/**
 * Answers what never became a request: a head that is no HTTP, is too large, or did not come in time. There is no route, hook or
 * filter for it; it leaves as a problem all the same, and the connection with it, because nobody knows where the next request begins.
 */
export function refuseBroken(error: NodeJS.ErrnoException, socket: Pick<Socket, 'writable' | 'end' | 'destroy'>): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = newId('req');
  const problem = problemOf(refusalOf(error.code), { requestId });
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    `Content-Type: ${PROBLEM_CONTENT_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Request-Id: ${requestId}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function refusalOf(cause: string | undefined): CrossdockError {
  if (cause === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new CrossdockError({
      code: 'REQUEST_TOO_SLOW',
      kind: 'invalid',
      message: `the request did not come in whole within ${REQUEST_SECONDS} seconds`,
      details: { status: 408 },
    });
  if (cause === 'HPE_HEADER_OVERFLOW')
    return new CrossdockError({
      code: 'HEADERS_TOO_LARGE',
      kind: 'invalid',
      message: 'the head of the request is larger than 16 KB',
      details: { status: 431 },
    });
  return new CrossdockError({ code: 'REQUEST_MALFORMED', kind: 'invalid', message: 'this is not HTTP' });
}
