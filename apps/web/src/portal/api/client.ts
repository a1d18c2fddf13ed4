/** A refusal as the gateway says it (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly requestId: string,
    /** What is wrong where, a line each. */
    readonly faults: readonly string[] = [],
  ) {
    super(detail);
    this.name = 'Problem';
  }
}

interface Call {
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: object;
  /** Of the session: every change carries it. */
  readonly csrf?: string;
  /** The version that is to be changed: its ETag. */
  readonly ifMatch?: string;
  readonly signal?: AbortSignal;
}

/** Asks the gateway as the person who is signed in. Throws `Problem`. */
export async function ask<T>(method: string, path: string, call: Call = {}): Promise<T> {
  const { query = {}, body, csrf, ifMatch, signal } = call;
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const search = given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
  const response = await fetch(`${path}${search}`, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(csrf !== undefined && { 'x-csrf-token': csrf }),
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal !== undefined && { signal }),
  });
  const text = await response.text();
  const answer: unknown = text === '' ? undefined : JSON.parse(text);
  if (!response.ok) throw problemOf(response, answer);
  return answer as T;
}

interface ProblemBody {
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer?: string; readonly detail: string }[];
}

function problemOf(response: Response, answer: unknown): Problem {
  const { code = 'UNKNOWN', detail = response.statusText, errors = [] } = (answer ?? {}) as ProblemBody;
  const faults = errors.map(({ pointer = '', detail: fault }) => `${pointer} ${fault}`.trim());
  return new Problem(response.status, code, detail, response.headers.get('request-id') ?? '', faults);
}
