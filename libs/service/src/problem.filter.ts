import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CrossdockError } from '#canonical/errors';
import { Log } from './logging';
import { PROBLEM_CONTENT_TYPE, problemOf } from './problem';

/** Every error leaves as problem+json. Faults of ours are logged whole and shown as a request id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Log,
    private readonly internal: boolean,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(error, {
      requestId: request.id,
      instance: request.url.split('?')[0],
      internal: this.internal,
    });
    if (problem.status >= 500)
      this.log.error({ error, method: request.method, path: problem.instance }, 'request failed');
    if (reply.sent) return;
    if (error instanceof CrossdockError && error.retryAfter !== undefined)
      void reply.header('retry-after', String(Math.ceil(error.retryAfter)));
    void reply.code(problem.status).header('content-type', PROBLEM_CONTENT_TYPE).send(JSON.stringify(problem));
  }
}
