import { problemError } from './problem';

export interface ClientCredentials {
  /** Where Crossdock is, e.g. `https://api.example.com`. */
  readonly url: string;
  readonly clientId: string;
  /** Or a function that gives the present one: secrets can be replaced without a restart. */
  readonly clientSecret: string | (() => string | Promise<string>);
  /** Less than all that the client may. */
  readonly scopes?: readonly string[];
  /** Instead of the `fetch` of the runtime. */
  readonly fetch?: typeof fetch;
}

/** A token is exchanged when so much of its life is left, so that none ends on its way. */
const SPARE_MS = 60_000;

/**
 * Access tokens of an OAuth client, for the `key` of `crossdock(…)`: one is asked for when it is needed and kept while it lives, however many
 * calls want it at once. Errors: ProblemError when the client is refused.
 */
export function clientCredentials(options: ClientCredentials): () => Promise<string> {
  let current: { token: ReturnType<typeof asked>; until: number } | undefined;
  return async () => {
    if (current === undefined || current.until <= Date.now()) {
      const next = { token: asked(options), until: Number.POSITIVE_INFINITY };
      current = next;
      next.token.then(
        ({ until }) => (next.until = until),
        // Whoever asks after a refusal asks anew.
        () => (next.until = 0),
      );
    }
    return (await current.token).text;
  };
}

async function asked({ url, clientId, clientSecret, scopes, fetch: ask = fetch }: ClientCredentials) {
  const secret = typeof clientSecret === 'string' ? clientSecret : await clientSecret();
  const response = await ask(new URL('/oauth/token', url), {
    method: 'POST',
    redirect: 'error',
    headers: { accept: 'application/json', authorization: `Basic ${btoa(`${clientId}:${secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...(scopes && { scope: scopes.join(' ') }) }),
  });
  if (!response.ok) throw await problemError(response, response.headers.get('request-id') ?? '');
  const { access_token: text, expires_in: seconds } = (await response.json()) as {
    access_token: string;
    expires_in: number;
  };
  return { text, until: Date.now() + seconds * 1000 - SPARE_MS };
}
