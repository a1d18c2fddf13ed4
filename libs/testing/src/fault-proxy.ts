import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer, request as send } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a backend or the network between may do to a call. "After commit": the backend has done the work, the caller is not told. */
export type Fault =
  | 'reset-before' // the connection breaks before the backend sees anything
  | 'reset-after-commit'
  | '504-after-commit'
  | 'slow' // the backend's own answer, late by `delayMs`
  | '429' // refused with Retry-After; the backend sees nothing
  | '503' // refused; the backend sees nothing
  | 'late-commit' // the backend sees the call only after `delayMs`, even when the caller has given up by then
  | 'answer' // `status` and `body` instead of the backend's; the backend sees nothing
  | 'malformed'; // the backend does the work; its answer is cut in half

export interface ProxiedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

export interface FaultRule {
  readonly fault: Fault;
  /** Which requests; all when absent. */
  readonly when?: (request: ProxiedRequest) => boolean;
  /** How often before it wears off; for ever when absent. */
  readonly times?: number;
  /** For `slow` and `late-commit`; 1000 when absent. */
  readonly delayMs?: number;
  /** Seconds, for `429`; 1 when absent. */
  readonly retryAfter?: number;
  /** For `answer`; 200 when absent. */
  readonly status?: number;
  readonly body?: string;
}

interface ActiveRule extends FaultRule {
  left: number;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** An HTTP proxy in front of a backend that can go wrong in the ways that make duplicates. Point the product at `url`. */
export class FaultProxy {
  /** Every request that arrived, in order, faulted or not. */
  readonly seen: ProxiedRequest[] = [];
  /** Told every answer of the backend itself. */
  onAnswer: (body: string) => void = () => undefined;
  private rules: ActiveRule[] = [];
  private server: Server;

  private constructor(
    private target: URL,
    private port = 0,
  ) {
    this.server = this.create();
  }

  static async start(target: string): Promise<FaultProxy> {
    const proxy = new FaultProxy(new URL(target));
    await proxy.listen();
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The backend has come back at another address. */
  redirect(target: string): void {
    this.target = new URL(target);
  }

  /** The first rule that fits a request decides. */
  inject(...rules: readonly FaultRule[]): void {
    this.rules.push(...rules.map((rule) => ({ ...rule, left: rule.times ?? Number.POSITIVE_INFINITY })));
  }

  /** No more faults. */
  clear(): void {
    this.rules = [];
  }

  /** Connections are refused until `accept`. */
  async refuse(): Promise<void> {
    await this.stop();
  }

  async accept(): Promise<void> {
    if (this.server.listening) return;
    this.server = this.create();
    await this.listen();
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private create(): Server {
    return createServer((incoming, outgoing) => {
      this.pass(incoming, outgoing).catch(() => incoming.socket.destroy());
    });
  }

  private async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.port, '127.0.0.1', () => resolve());
    });
    const address = this.server.address();
    // The port stays the same after `refuse`, as a backend that comes back does.
    if (typeof address === 'object' && address !== null) this.port = address.port;
  }

  private ruleFor(request: ProxiedRequest): ActiveRule | undefined {
    const rule = this.rules.find((candidate) => candidate.left > 0 && (candidate.when?.(request) ?? true));
    if (rule !== undefined) rule.left -= 1;
    return rule;
  }

  private async pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await read(incoming);
    const request = { method: incoming.method ?? 'GET', path: incoming.url ?? '/', body: body.toString('utf8') };
    this.seen.push(request);
    const rule = this.ruleFor(request);
    if (rule?.fault === 'reset-before') return void incoming.socket.destroy();
    if (rule?.fault === '429')
      return void outgoing.writeHead(429, { 'retry-after': String(rule.retryAfter ?? 1) }).end();
    if (rule?.fault === '503') return void outgoing.writeHead(503).end();
    if (rule?.fault === 'answer') {
      const headers = { 'content-type': 'application/json' };
      return void outgoing.writeHead(rule.status ?? 200, headers).end(rule.body ?? '');
    }
    if (rule?.fault === 'late-commit') await sleep(rule.delayMs ?? 1000);
    const answer = await this.forward(incoming, body);
    this.onAnswer(answer.body.toString('utf8'));
    if (rule?.fault === 'reset-after-commit') return void incoming.socket.destroy();
    if (rule?.fault === '504-after-commit') return void outgoing.writeHead(504).end('gateway timeout');
    if (rule?.fault === 'slow') await sleep(rule.delayMs ?? 1000);
    const headers = { ...answer.headers };
    delete headers['transfer-encoding'];
    delete headers['content-length'];
    const shown =
      rule?.fault === 'malformed' ? answer.body.subarray(0, Math.floor(answer.body.length / 2)) : answer.body;
    outgoing.writeHead(answer.status, headers).end(shown);
  }

  private forward(incoming: IncomingMessage, body: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const headers = { ...incoming.headers, host: this.target.host, connection: 'close' };
      const path = this.target.pathname.replace(/\/$/, '') + (incoming.url ?? '/');
      const options = { host: this.target.hostname, port: this.target.port, method: incoming.method, path, headers };
      const forwarded = send(options, (response) => {
        read(response).then(
          (bytes) => resolve({ status: response.statusCode ?? 502, headers: response.headers, body: bytes }),
          reject,
        );
      });
      forwarded.once('error', reject);
      forwarded.end(body);
    });
  }
}

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
