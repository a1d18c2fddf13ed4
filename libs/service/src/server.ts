import 'reflect-metadata';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { newId } from '#canonical/ids';
import { LOOK_EVERY_MS, refuseBroken, REQUEST_SECONDS } from './broken-requests';
import { CORRELATION_HEADER } from './internal';
import { enterCorrelation } from './correlation';
import { Log } from './logging';
import { PROBLEM_CONTENT_TYPE, problemOf } from './problem';
import { ProblemFilter } from './problem.filter';

/** Bodies of our own apps' calls to each other; what partners may send is the gateway's matter. */
const BODY_LIMIT_BYTES = 16 * 1024 * 1024;

export interface ServerOptions {
  readonly modules: readonly (Type | DynamicModule)[];
  readonly controllers: readonly Type[];
  /** True for an app that only our own apps call: its errors carry what a retry decides on. */
  readonly internal: boolean;
  /** True for an app that is called by our own apps: it goes on under the correlation id it is given. */
  readonly behindOurs?: boolean;
}

@Module({})
class ServerModule {}

/** A Nest application on Fastify with what every process of ours has: request ids, correlation, problem details, a log. */
export async function createServer(options: ServerOptions): Promise<NestFastifyApplication> {
  const log = new Log();
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: () => newId('req'),
    requestIdHeader: false,
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    requestTimeout: REQUEST_SECONDS * 1000,
    http: { connectionsCheckingInterval: LOOK_EVERY_MS },
    clientErrorHandler: refuseBroken,
    // A server that stops answers what it has accepted and closes idle connections at once.
    forceCloseConnections: 'idle',
    // A path that cannot be decoded meets no route and no filter: it still leaves as a problem.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      const problem = problemOf(error, { requestId: request.id });
      void reply.code(problem.status).header('content-type', PROBLEM_CONTENT_TYPE).send(JSON.stringify(problem));
    },
  });
  const root: DynamicModule = {
    module: ServerModule,
    imports: [...options.modules],
    controllers: [...options.controllers],
  };
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger: log,
    rawBody: true,
    abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter(log, options.internal));
  if (options.behindOurs === true) adoptCorrelation(app);
  return app;
}

function adoptCorrelation(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, _reply, done) => {
      const correlation = request.headers[CORRELATION_HEADER];
      if (typeof correlation === 'string') enterCorrelation(correlation);
      done();
    });
}
