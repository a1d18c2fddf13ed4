import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM_CONTENT_TYPE, problemOf } from '#service/problem';
import { Log } from '#service/logging';
import { crashPoint } from '#persistence/crash-point';
import { gatewayConfig, type GatewayConfig } from '../config';
import type { IdempotencySlot } from '../idempotency/idempotency.store';
import { KeptAnswersStore, type AnsweredRequest } from '../idempotency/kept-answers.store';
import { alreadyRunning, keptHeaders, usedForAnother } from './idempotency';
import type { Asked } from './state';

const MADE = 201;

interface Running {
  readonly requestHash: string;
  readonly until: number;
}

/**
 * Operations whose Idempotency-Key names what they make, for ever (docs/adr/0029). The app behind makes it once, whoever asks and how
 * often, so nothing is written before it is asked: what was made is kept when it was made, and what was kept is looked for only when
 * nothing new was.
 */
@Injectable()
export class NamedByKey {
  private readonly running = new Map<string, Running>();

  constructor(
    private readonly kept: KeptAnswersStore,
    private readonly log: Log,
    @Inject(gatewayConfig.token) private readonly config: Pick<GatewayConfig, 'idempotencyLeaseSeconds'>,
  ) {}

  /** Errors: IDEMPOTENCY_RUNNING (409), IDEMPOTENCY_KEY_REUSED (422), as far as this process knows; another one's asks and waits behind. */
  begin({ slot, requestHash }: Asked): void {
    const name = nameOf(slot);
    const known = this.running.get(name);
    // An attempt that never ended, for whatever reason, is not in the way for longer than any other.
    if (known !== undefined && known.until > Date.now())
      throw known.requestHash === requestHash ? alreadyRunning(1) : usedForAnother();
    this.running.set(name, { requestHash, until: Date.now() + this.config.idempotencyLeaseSeconds * 1000 });
  }

  /**
   * Keeps the answer of a request that made something. To any other it answers what the first one with its key got, if there was one: returns
   * the body to send instead. When the database is away the answer goes out as it is: the key still names one thing.
   */
  async end(asked: Asked, request: FastifyRequest, reply: FastifyReply, body: string): Promise<string> {
    const { slot, requestHash } = asked;
    crashPoint('answer.keeping');
    try {
      if (reply.statusCode === MADE) {
        await this.kept.keep(slot, requestHash, { status: MADE, headers: keptHeaders(reply), body });
        return body;
      }
      const first = await this.kept.find(slot);
      return first === undefined ? body : instead(first, requestHash, request, reply);
    } catch (error) {
      this.log.warn(
        { error, operation: slot.operation },
        'could not keep or find the answer under its idempotency key',
      );
      return body;
    } finally {
      this.running.delete(nameOf(slot));
    }
  }
}

function instead(first: AnsweredRequest, asked: string, request: FastifyRequest, reply: FastifyReply): string {
  void reply.removeHeader('retry-after');
  if (first.requestHash === asked) {
    void reply.code(first.answer.status).headers({ ...first.answer.headers, 'idempotent-replayed': 'true' });
    return first.answer.body;
  }
  const problem = problemOf(usedForAnother(), { requestId: request.id, instance: request.url.split('?')[0] });
  void reply.removeHeader('location').code(problem.status).header('content-type', PROBLEM_CONTENT_TYPE);
  return JSON.stringify(problem);
}

function nameOf({ partner, operation, key }: IdempotencySlot): string {
  return `${partner}\u001f${operation}\u001f${key}`;
}
