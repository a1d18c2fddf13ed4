import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { KeyRow } from '../partners/partners.store';
import type { RequestState } from '../pipeline/state';
import { textOf } from '../requests/hooks';
import type { DatedVersions } from './dated-versions';
import { sayEnding } from './endings';
import type { Pins } from './pins';

const VERSION_HEADER = 'crossdock-version';

/** Settles which date the request is of, and says so. The first use of a credential pins it. Errors: VERSION_UNKNOWN, VERSION_RETIRED. */
export function settleDate(
  request: FastifyRequest,
  reply: FastifyReply,
  { state, key, versions, pins }: { state: RequestState; key: KeyRow; versions: DatedVersions; pins: Pins },
): void {
  const date = versions.of(request.headers[VERSION_HEADER], key.version);
  state.date = date;
  void reply.header(VERSION_HEADER, date);
  sayEnding(request, reply, state.operation.deprecation, versions.ending(date));
  if (key.version === null) pins.pin(key, versions.newest);
}

/** Before the contract is checked: it says what holds on the newest date. */
export function upgradeBody(request: FastifyRequest, versions: DatedVersions): void {
  const { gateway } = request;
  if (gateway?.date === undefined || gateway.date === versions.newest || request.body === undefined) return;
  request.body = versions.upgraded(gateway.operation.id, gateway.date, request.body);
}

/** After the answer was kept under its idempotency key: it is kept as of the newest date, and replayed as of whichever is asked for. */
export function downgradeAnswers(fastify: FastifyInstance, versions: DatedVersions): void {
  fastify.addHook('onSend', (request, reply, payload: unknown, done) => {
    const { date, operation } = request.gateway ?? {};
    const text = textOf(payload);
    if (
      date === undefined ||
      operation === undefined ||
      reply.statusCode >= 300 ||
      text === '' ||
      !versions.differs(operation.id, date)
    ) {
      done(null, payload);
      return;
    }
    const answer = versions.downgraded(operation.id, date, JSON.parse(text));
    void reply.removeHeader('content-length');
    done(null, JSON.stringify(answer));
  });
}
