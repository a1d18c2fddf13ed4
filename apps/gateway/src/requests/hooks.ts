import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SESSION_KEY } from '../people/sessions';
import type { RequestState } from '../pipeline/state';
import type { RequestLog } from './request-log';

/** Every request made with a key that is known goes into the log of its partner; what people click does not. */
export function logRequests(fastify: FastifyInstance, log: RequestLog): void {
  fastify.addHook('onSend', (request, _reply, payload: unknown, done) => {
    if (request.gateway !== undefined) request.gateway.answer = textOf(payload);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { gateway, caller } = request;
    if (gateway !== undefined && caller !== undefined && !caller.keyId.startsWith(SESSION_KEY))
      log.note({
        partner: caller.partner,
        key: caller.keyId,
        mode: caller.mode,
        status: reply.statusCode,
        durationUs: Math.round(reply.elapsedTime * 1000),
        at: new Date(Date.now() - reply.elapsedTime),
        idempotency: markOf(reply, gateway),
        violatedPolicies: gateway.violatedPolicies ?? null,
        response: gateway.answer ?? '',
        ...whatOf(request, gateway),
      });
    done();
  });
}

function whatOf(request: FastifyRequest, { operation, date }: RequestState) {
  return {
    requestId: request.id,
    version: operation.version,
    // Refused before it was known: as if it had not been asked for.
    date: date ?? '',
    method: request.method,
    route: operation.route,
    target: request.url,
    request: request.body ?? undefined,
    requestBytes: bytesOf(request),
  };
}

function bytesOf({ headers, body }: FastifyRequest): number {
  if (body === undefined || body === null) return 0;
  return Number(headers['content-length'] ?? Buffer.byteLength(JSON.stringify(body)));
}

function markOf(reply: FastifyReply, { underKey }: RequestState): 'first' | 'replayed' | null {
  if (reply.hasHeader('idempotent-replayed')) return 'replayed';
  return underKey === true ? 'first' : null;
}

export function textOf(payload: unknown): string {
  if (typeof payload === 'string') return payload;
  return Buffer.isBuffer(payload) ? payload.toString('utf8') : '';
}
