import { Agent } from 'undici';
import type { Egress } from './egress';

export interface EgressPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Milliseconds in all: name, connection, answer and its body. */
  readonly deadlineMs: number;
  /** Bytes of the answer that are read; the rest is cut off with its connection. */
  readonly answerBytes: number;
}

export interface EgressAnswer {
  readonly status: number;
  readonly retryAfter?: string;
  /** What was read of the body. */
  readonly body: Buffer;
}

const IDLE_MS = 10_000;
/** Of the rest of a body, what is read to keep its connection. */
const DISCARD_BYTES = 64 * 1024;

/**
 * POSTs to addresses that somebody outside has named. No redirect is followed, no proxy and no credential of ours is used, nothing of
 * the environment goes with it.
 */
export class EgressHttp {
  private readonly agent: Agent;

  /** `connections`: at once to one host. */
  constructor(
    private readonly egress: Egress,
    connections: number,
  ) {
    this.agent = new Agent({
      connections,
      keepAliveTimeout: IDLE_MS,
      connect: { lookup: egress.lookup },
      // The deadline of the call is the only clock.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** Throws when there was no whole answer in time: an error of `Egress`, of the network, or a TimeoutError. */
  async post({ url, headers, body, deadlineMs, answerBytes }: EgressPost): Promise<EgressAnswer> {
    const { origin, pathname, search } = this.egress.checked(url);
    const signal = AbortSignal.timeout(deadlineMs);
    const path = `${pathname}${search}`;
    const answer = await this.agent.request({ origin, path, method: 'POST', headers, body, signal });
    const retryAfter = answer.headers['retry-after'];
    const first = await firstBytes(answer.body, answerBytes);
    return { status: answer.statusCode, body: first, ...(typeof retryAfter === 'string' && { retryAfter }) };
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }
}

/** A body that never ends is left alone once it has been read long enough; leaving the loop ends its connection. */
async function firstBytes(body: AsyncIterable<Buffer>, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let read = 0;
  for await (const chunk of body) {
    if (read < bytes) chunks.push(chunk.subarray(0, bytes - read));
    read += chunk.length;
    if (read > bytes + DISCARD_BYTES) break;
  }
  return Buffer.concat(chunks);
}
