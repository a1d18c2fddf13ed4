import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { Secrets } from '#connections/secrets';
import { signedHeaders } from '#connections/webhook-signature';
import type { PartnerEvent } from '#contracts/webhooks/webhooks.dto';
import { Egress } from '#egress/egress';
import { EgressHttp } from '#egress/egress-http';
import { retryAfterSeconds } from '#resilience/retry-after';
import { webhooksConfig, type WebhooksConfig } from '../config';
import type { StoredEndpoint } from '../out/endpoint.store';

/** What came of one attempt. */
export interface Sent {
  readonly milliseconds: number;
  /** Absent when there was no whole answer in time. */
  readonly status?: number;
  /** First bytes of the answer. */
  readonly answer?: string;
  readonly error?: string;
  /** Seconds the receiver asked to be left alone. */
  readonly retryAfter?: number;
}

/** Attempts at once to one endpoint. */
export const AT_ONCE = 16;
const ANSWER_BYTES = 1_024;
const LONGEST_QUIET_SECONDS = 86_400;

/** One attempt: signed as Standard Webhooks says, to an address that is checked, with nothing of ours but the event. */
@Injectable()
export class Sender implements OnApplicationShutdown {
  private readonly http: EgressHttp;

  constructor(
    private readonly secrets: Secrets,
    egress: Egress,
    @Inject(webhooksConfig.token) private readonly config: WebhooksConfig,
  ) {
    this.http = new EgressHttp(egress, AT_ONCE);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.http.close();
  }

  /** Secrets in clear, the one that signs first. */
  secretsOf({ id, secret, previousSecret }: StoredEndpoint): string[] {
    return [secret, ...(previousSecret ? [previousSecret] : [])].map((each) =>
      this.secrets.open(each, secretContext(id)),
    );
  }

  /** Never throws: whatever goes wrong is the outcome of the attempt. */
  async send(url: string, secrets: readonly string[], event: PartnerEvent): Promise<Sent> {
    const body = Buffer.from(JSON.stringify(event));
    const timestamp = String(Math.floor(Date.now() / 1000));
    const headers = {
      ...{ 'content-type': 'application/json', 'user-agent': 'Crossdock-Webhooks/1' },
      ...signedHeaders(secrets, event.id, timestamp, body),
    };
    const started = performance.now();
    const took = (): number => Math.round(performance.now() - started);
    try {
      const deadlineMs = this.config.timeoutMilliseconds;
      const answer = await this.http.post({ url, headers, body, deadlineMs, answerBytes: ANSWER_BYTES });
      const retryAfter = retryAfterSeconds(answer.retryAfter, Date.now(), LONGEST_QUIET_SECONDS);
      return {
        ...{ milliseconds: took(), status: answer.status, answer: storable(answer.body.toString('utf8')) },
        ...(retryAfter !== undefined && { retryAfter }),
        ...(answer.status >= 300 && answer.status < 400 && { error: 'redirects are not followed' }),
      };
    } catch (error) {
      return { milliseconds: took(), error: storable(this.reason(error)) };
    }
  }

  private reason(error: unknown): string {
    if (error instanceof CrossdockError) return `${error.code}: ${error.message}`;
    const { name, message } = error as Partial<Error>;
    if (name === 'TimeoutError') return `no whole answer within ${this.config.timeoutMilliseconds} ms`;
    return (message ?? String(error)).slice(0, 300);
  }
}

/** A secret that is stored for one endpoint cannot be opened for another. */
export function secretContext(endpoint: string): string {
  return `webhooks/endpoint/${endpoint}`;
}

/** PostgreSQL takes no NUL in a text. */
function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd');
}
