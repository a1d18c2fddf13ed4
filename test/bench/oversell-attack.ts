import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { percentile } from './bench';

/** Where a client reserves: one app process. */
export interface Door {
  readonly url: string;
  readonly key: string;
}

export interface Attack {
  /** Clients take turns among them. */
  readonly doors: readonly Door[];
  readonly item: string;
  readonly unit: string;
  readonly clients: number;
  readonly attempts: number;
  /** Only what can leave by then is good enough. */
  readonly latestDate: string;
}

/** What the clients saw. */
export interface Tally {
  readonly attempts: number;
  /** Answered 201. */
  readonly accepted: number;
  readonly acceptedUnits: number;
  /** Answered 409, saying that there is not enough. */
  readonly refused: number;
  /** Of those: with the next day on which the same would work. */
  readonly withNextDate: number;
  /** Answers that are neither, and calls without an answer, by kind; `example` is one of them. */
  readonly others: Readonly<Record<string, number>>;
  readonly example: string | undefined;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
}

const SIZES = [1, 2, 1, 3, 1];

/** Every client asks again as soon as it is answered, each time with a key of its own, until all attempts are made. Nothing is tried again. */
export async function attack({ doors, item, unit, clients, attempts, latestDate }: Attack): Promise<Tally> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const seen = { accepted: 0, acceptedUnits: 0, refused: 0, withNextDate: 0 };
  const others: Record<string, number> = {};
  const times: number[] = [];
  let [next, example] = [0, undefined as string | undefined];
  const note = (kind: string, what: string): void => {
    others[kind] = (others[kind] ?? 0) + 1;
    example ??= what.slice(0, 400);
  };
  const client = async (door: Door): Promise<void> => {
    for (let turn = next++; turn < attempts; turn = next++) {
      const value = String(SIZES[turn % SIZES.length]);
      const body = { lines: [{ line: 1, item, quantity: { value, unit }, latestDate }], ttlSeconds: 3600 };
      const began = performance.now();
      const answer = await post(agent, door, JSON.stringify(body)).catch((error: unknown) => String(error));
      times.push(performance.now() - began);
      if (typeof answer === 'string') note('no answer', answer);
      else if (answer.status === 201) {
        seen.accepted += 1;
        seen.acceptedUnits += Number(value);
      } else if (answer.status === 409 && answer.text.includes('"INSUFFICIENT_AVAILABILITY"')) {
        seen.refused += 1;
        if (/"nextDate":"\d{4}-\d\d-\d\d"/.test(answer.text)) seen.withNextDate += 1;
      } else note(String(answer.status), answer.text);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: clients }, (_, index) => client(doors[index % doors.length]!)));
  agent.destroy();
  const seconds = (performance.now() - began) / 1000;
  return { attempts, ...seen, others, example, seconds, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

interface Answered {
  readonly status: number;
  readonly text: string;
}

function post(agent: Agent, { url, key }: Door, body: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'idempotency-key': randomUUID(),
      authorization: `Bearer ${key}`,
    };
    const call = request(
      `${url}/portal/v1/reservations`,
      { method: 'POST', agent, headers, timeout: 60_000 },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
        response.on('error', reject);
      },
    );
    call.on('timeout', () => call.destroy(new Error('no answer within a minute')));
    call.on('error', reject);
    call.end(body);
  });
}
