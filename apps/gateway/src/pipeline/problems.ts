import type { FastifyReply, FastifyRequest } from 'fastify';
import { CrossdockError } from '#canonical/errors';
import { PROBLEM_CONTENT_TYPE, problemOf } from '#service/problem';

/** Sends any error as RFC 9457 problem details. Never a stack trace. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, { requestId: request.id, instance: request.url.split('?')[0] });
  const known = error instanceof CrossdockError ? error : undefined;
  if (known?.retryAfter !== undefined) void reply.header('retry-after', String(known.retryAfter));
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer realm="crossdock"');
  const violated = known?.details['violatedPolicies'];
  const body = violated === undefined ? problem : { ...problem, 'violated-policies': violated };
  return reply.code(problem.status).header('content-type', PROBLEM_CONTENT_TYPE).send(JSON.stringify(body));
}

/** An error with an HTTP status that its kind alone does not give. */
export function refusal(
  status: number,
  code: string,
  message: string,
  more: { retryAfter?: number } = {},
): CrossdockError {
  return new CrossdockError({ code, kind: 'invalid', message, details: { status }, ...more });
}
