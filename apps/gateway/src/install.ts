import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { newId } from '#canonical/ids';
import { CrossdockError } from '#canonical/errors';
import { CALLER_HEADER } from '#service/caller';
import { withCorrelation } from '#service/correlation';
import { BODY_LIMIT_BYTES, operationsOf, type NamedDocument, type Operation } from './documents/operations';
import { registerDocsPage } from './docs-page/routes';
import type { GatewayServices } from './gateway-services';
import { andThen, settle, type NowOrLater } from './pipeline/at-once';
import { authenticate, authorise, keepTestsOut, takeQuota } from './pipeline/authenticate';
import { checkBody, checkHeaders, checkMediaType, checkParameters } from './pipeline/check-request';
import { askedUnderKey, beginAttempt, endAttempt } from './pipeline/idempotency';
import { EventLoopSensor, type LoadSensor } from './pipeline/event-loop';
import { boundInbound } from './pipeline/inbound';
import { LoadShedding } from './pipeline/load-shedding';
import { refusal, sendProblem } from './pipeline/problems';
import { Proxy, type Upstreams } from './pipeline/proxy';
import { RouteTable } from './pipeline/routes';
import { registerSignIn } from './people/routes';
import { logRequests, textOf } from './requests/hooks';
import { registerWebPages } from './web/routes';
import type { RequestState } from './pipeline/state';
import { DatedVersions } from './versions/dated-versions';
import { downgradeAnswers, settleDate, upgradeBody } from './versions/hooks';

export interface GatewayOptions {
  readonly services: GatewayServices;
  /** The contracts to hold callers to: normally `publicDocuments()`. */
  readonly documents: readonly NamedDocument[];
  /** Apps in other processes, by document name, and `inbound/<kind>` for webhooks. What is not named is served in this process. */
  readonly upstreams?: Upstreams;
  /** The versions that have a date: those of the product unless said. */
  readonly versions?: DatedVersions;
  /** How busy the process is: its event loop unless said. */
  readonly sensor?: LoadSensor;
  /** More paths, beside health and documents, that need no key. */
  readonly open?: readonly RegExp[];
}

const SANE_ID = /^[\x21-\x7e]{1,100}$/;

/**
 * Puts the front door before every route of this server. Call it before the routes are registered (for Nest: before `init`).
 * The boot stops when an operation has no scope, or documents and routes disagree.
 */
export function installGateway(
  fastify: FastifyInstance,
  {
    services,
    documents,
    upstreams,
    versions = new DatedVersions(),
    sensor = new EventLoopSensor(),
    open,
  }: GatewayOptions,
): void {
  const operations = operationsOf(documents);
  const routes = new RouteTable(operations, open);
  fastify.addHook('onRoute', (route) => {
    const operation = routes.add(route);
    route.bodyLimit = operation?.bodyLimit ?? route.bodyLimit ?? BODY_LIMIT_BYTES;
    route.errorHandler ??= (error, request, reply) => {
      const status = error instanceof CrossdockError || (error.statusCode ?? 500) < 500 ? undefined : error;
      if (status !== undefined)
        services.log.error({ error, path: request.url.split('?')[0] }, 'request failed at the gateway');
      void sendProblem(withLimit(error, request), request, reply);
    };
  });
  fastify.addHook('onReady', (done) => {
    settle(() => {
      routes.assertComplete();
      return services.retirement.check(operations, versions);
    }, done);
  });
  identify(fastify);
  admit(fastify, { routes, services, versions, load: shedding(sensor, services) });
  checkContract(fastify, versions);
  replay(fastify, services);
  downgradeAnswers(fastify, versions);
  logRequests(fastify, services.requests);
  registerDocsPage(fastify, documents);
  registerSignIn(fastify, services);
  registerWebPages(fastify);
  services.tokens.register(fastify, services.throttler);
  if (upstreams === undefined) return;
  const elsewhere = operations.filter(({ document }) => document in upstreams);
  new Proxy(upstreams, services.config.internalSecret).register(fastify, elsewhere);
}

/** A body that is too large is told how large it may be. */
function withLimit(error: Error, { routeOptions }: FastifyRequest): Error {
  if (!('code' in error) || error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') return error;
  const limit = routeOptions.bodyLimit.toLocaleString('en');
  return refusal(413, 'BODY_TOO_LARGE', `the body is larger than the ${limit} bytes the operation takes`);
}

/** Every request has an id, the partner's own when it is sane, and everything it leads to carries it. */
function identify(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const given = request.headers['request-id'];
    if (typeof given === 'string' && SANE_ID.test(given)) request.id = given;
    else if (!request.id.startsWith('req_')) request.id = newId('req');
    // Only we say who calls: what comes from outside under this name is forged.
    request.headers[CALLER_HEADER] = undefined;
    void reply.header('request-id', request.id).header('x-content-type-options', 'nosniff');
    withCorrelation(request.id, done);
  });
  // Reading a body leaves the asynchronous context of the request: enter it again.
  fastify.addHook('preValidation', (request, _reply, done) => withCorrelation(request.id, done));
}

interface Door {
  readonly routes: RouteTable;
  readonly services: GatewayServices;
  readonly versions: DatedVersions;
  readonly load: LoadShedding;
}

function shedding(sensor: LoadSensor, { config, log }: GatewayServices): LoadShedding {
  const marks = { delayMilliseconds: config.shedDelayMilliseconds, inFlight: config.shedInFlight };
  return new LoadShedding(sensor, marks, (report) => log.warn({ shed: report }, 'overloaded: calls were sent away'));
}

/** Cheap things first: nothing is read from the body of a request that may not be made. */
function admit(fastify: FastifyInstance, door: Door): void {
  const { routes, services } = door;
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.is404) {
      const allowed = routes.allowed(request.url.split('?')[0] ?? '/');
      if (allowed.length > 0) void reply.header('allow', allowed.join(', '));
      void sendProblem(nowhere(request, allowed), request, reply);
      return;
    }
    const operation = routes.find(request.method, request.routeOptions.url);
    if (operation !== undefined) settle(() => admitTo(operation, request, reply, door), done);
    else if (request.url.startsWith('/inbound/'))
      settle(() => {
        const shed = door.load.enter('write', reply.raw);
        if (shed !== undefined) throw shed;
        return boundInbound(request, reply, services.throttler, services.config.inboundPerMinute);
      }, done);
    else done();
  });
}

function admitTo(
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
  { services: { keys, sessions, limiter, pins, config }, versions, load }: Door,
): NowOrLater<void> {
  const state: RequestState = { operation };
  request.gateway = state;
  return andThen(authenticate(request, keys, sessions), (key) => {
    authorise(key, operation);
    keepTestsOut(key, operation, config.sandbox);
    settleDate(request, reply, { state, key, versions, pins });
    const shed = load.enter(operation.urgency, reply.raw);
    // Who is sent away is told where it stands, and pays nothing.
    return andThen(takeQuota(key, state, limiter, reply, shed === undefined ? operation.cost : 0), () => {
      if (shed !== undefined) throw shed;
      checkMediaType(request);
      checkHeaders(request, operation);
    });
  });
}

function nowhere(request: FastifyRequest, allowed: readonly string[]): CrossdockError {
  if (allowed.length > 0)
    return refusal(405, 'METHOD_NOT_ALLOWED', `${request.method} is not one of ${allowed.join(', ')}`);
  return new CrossdockError({ code: 'ROUTE_UNKNOWN', kind: 'not-found', message: 'there is nothing under this path' });
}

function checkContract(fastify: FastifyInstance, versions: DatedVersions): void {
  fastify.addHook('preValidation', (request, _reply, done) => {
    const operation = request.gateway?.operation;
    const check = (): void => {
      if (operation === undefined) return;
      upgradeBody(request, versions);
      checkParameters(request, operation);
      checkBody(request, operation);
    };
    settle(check, done);
  });
}

/** After the checks: a request that fails them does not bind its key. */
function replay(fastify: FastifyInstance, { idempotency, named, log }: GatewayServices): void {
  const begin = (request: FastifyRequest, reply: FastifyReply, state: RequestState): NowOrLater<boolean> => {
    const asked = askedUnderKey(request, state.operation);
    if (asked === undefined) return false;
    if (!state.operation.keyNamesResource) return beginAttempt(asked, reply, state, idempotency);
    named.begin(asked);
    state.named = asked;
    state.underKey = true;
    return false;
  };
  fastify.addHook('preHandler', (request, reply, done) => {
    const state = request.gateway;
    if (state === undefined || state.operation.idempotencyKey === 'none') {
      done();
      return;
    }
    let begun: NowOrLater<boolean>;
    try {
      begun = begin(request, reply, state);
    } catch (error) {
      done(error as Error);
      return;
    }
    if (begun instanceof Promise)
      begun.then((replayed) => {
        if (!replayed) done();
      }, done);
    else done();
  });
  fastify.addHook('onSend', (request, reply, payload: unknown, done) => {
    const state = request.gateway;
    if (state?.named !== undefined) {
      const { named: asked } = state;
      delete state.named;
      named.end(asked, request, reply, textOf(payload)).then((body) => done(null, body), done);
    } else if (state?.attempt === undefined) done();
    else endAttempt(reply, state, textOf(payload), idempotency, log).then(() => done(), done);
  });
}
