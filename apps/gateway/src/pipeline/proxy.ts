import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Pool, type Dispatcher } from 'undici';
import { CrossdockError } from '#canonical/errors';
import { CALLER_HEADER, signCaller } from '#service/caller';
import { currentCorrelation } from '#service/correlation';
import { CORRELATION_HEADER, INTERNAL_SECRET_HEADER } from '#service/internal';
import type { Operation } from '../documents/operations';

/** Where each document's app, and each kind's webhooks (`inbound/wms`), are served. */
export type Upstreams = Readonly<Record<string, string>>;

const ANSWER_HEADERS = ['content-type', 'etag', 'location', 'retry-after'];
const REQUEST_HEADERS = ['if-match', 'idempotency-key', 'accept-language'];
/** A webhook's signature covers its body and headers, so all of them go on, but those of the hop. */
const HOP_HEADERS = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'upgrade',
  'expect',
]);

/** Passes requests on to apps in other processes over kept-alive connections. */
export class Proxy {
  private readonly pools = new Map<string, Pool>();

  constructor(
    private readonly upstreams: Upstreams,
    private readonly secret: string,
  ) {
    if (secret.length < 32)
      throw new Error('CROSSDOCK_INTERNAL_SECRET must have 32 characters or more when apps run apart');
  }

  /** Serves every documented operation, and the webhooks of every kind, by the app behind it. */
  register(fastify: FastifyInstance, operations: readonly Operation[]): void {
    for (const operation of operations) {
      const pool = this.pool(operation.document);
      fastify.route({
        method: operation.method,
        url: operation.path,
        handler: (request, reply) => this.forward(pool, request, reply),
      });
    }
    void fastify.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
      for (const name of Object.keys(this.upstreams).filter((upstream) => upstream.startsWith('inbound/'))) {
        const pool = this.pool(name);
        scope.all(`/${name}/*`, (request, reply) => this.forwardRaw(pool, request, reply));
      }
      done();
    });
    fastify.addHook('onClose', async () => {
      await Promise.all([...this.pools.values()].map((pool) => pool.close()));
    });
  }

  private async forward(pool: Pool, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { caller } = request;
    if (caller === undefined) throw new CrossdockError({ code: 'UNAUTHENTICATED', kind: 'unauthenticated' });
    const kept = REQUEST_HEADERS.flatMap((name) =>
      typeof request.headers[name] === 'string' ? [[name, request.headers[name]]] : [],
    );
    const body = request.body === undefined || request.body === null ? undefined : JSON.stringify(request.body);
    return this.send(pool, reply, request.id, {
      method: request.method === 'HEAD' ? 'GET' : request.method,
      path: pathOf(request),
      headers: {
        ...(Object.fromEntries(kept) as Record<string, string>),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        [CALLER_HEADER]: signCaller(caller, this.secret),
        ...this.internalHeaders(),
      },
      body,
    });
  }

  private async forwardRaw(pool: Pool, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const headers = Object.entries(request.headers).filter(
      ([name, value]) => !HOP_HEADERS.has(name) && value !== undefined,
    );
    return this.send(pool, reply, request.id, {
      method: request.method,
      path: request.url,
      headers: { ...(Object.fromEntries(headers) as Record<string, string>), ...this.internalHeaders() },
      body: Buffer.isBuffer(request.body) ? request.body : undefined,
    });
  }

  private internalHeaders(): Record<string, string> {
    const correlation = currentCorrelation();
    return {
      [INTERNAL_SECRET_HEADER]: this.secret,
      ...(correlation === undefined ? {} : { [CORRELATION_HEADER]: correlation }),
    };
  }

  private async send(
    pool: Pool,
    reply: FastifyReply,
    requestId: string,
    options: Dispatcher.RequestOptions,
  ): Promise<FastifyReply> {
    const { statusCode, headers, text } = await answered(pool, options);
    for (const name of ANSWER_HEADERS) {
      const value = headers[name];
      if (typeof value === 'string') void reply.header(name, value);
    }
    const isProblem = String(headers['content-type']).startsWith('application/problem+json');
    return reply.code(statusCode).send(isProblem ? withRequestId(text, requestId) : text);
  }

  private pool(name: string): Pool {
    const url = this.upstreams[name];
    if (url === undefined) throw new Error(`no upstream is configured for ${name}`);
    const known =
      this.pools.get(url) ??
      new Pool(url, { connections: 64, keepAliveTimeout: 30_000, headersTimeout: 30_000, bodyTimeout: 30_000 });
    this.pools.set(url, known);
    return known;
  }
}

async function answered(pool: Pool, options: Dispatcher.RequestOptions) {
  try {
    const { statusCode, headers, body } = await pool.request(options);
    return { statusCode, headers, text: await body.text() };
  } catch (error) {
    // What is behind is idempotent by business key: the caller may repeat it.
    throw new CrossdockError({
      code: 'APP_UNAVAILABLE',
      kind: 'unavailable',
      message: 'the service behind this path does not answer',
      retryAfter: 1,
      cause: error,
    });
  }
}

/** The query as it was checked: a clamped page size goes on clamped. */
function pathOf(request: FastifyRequest): string {
  const path = request.url.split('?')[0] ?? '/';
  const query = new URLSearchParams(
    Object.entries(request.query as Record<string, unknown>).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]),
  );
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

/** The partner knows one request id: ours. */
function withRequestId(problem: string, requestId: string): string {
  const parsed = JSON.parse(problem) as Record<string, unknown>;
  return JSON.stringify({ ...parsed, request_id: requestId });
}
