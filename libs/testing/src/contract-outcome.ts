import { CrossdockError } from '#canonical/errors';

/** What a call came to: the answer, or the error as every layer sees it. */
export type Outcome<T> = { readonly answer: T } | { readonly error: ComparableError };
export type ComparableError = Pick<
  CrossdockError,
  'code' | 'kind' | 'retryable' | 'findings' | 'details' | 'retryAfter' | 'message'
>;

/** Errors that are not CrossdockErrors are thrown on: no contract knows them. */
export async function outcomeOf<T>(call: Promise<T>): Promise<Outcome<T>> {
  try {
    return { answer: await call };
  } catch (error) {
    if (!(error instanceof CrossdockError)) throw error;
    const { code, kind, retryable, findings, details, retryAfter, message } = error;
    return { error: { code, kind, retryable, findings, details, retryAfter, message } };
  }
}

/** Fields whose value belongs to one installation or one moment, never to the contract. */
const OWN =
  /^(version|next|asOf|at|.*At|milliseconds|documentNumber|erpDocument|reference|label|tracking|.*[tT]rackingNumbers?|correlationId|calls|failures|inFlight|lastFailure|directory|baseUrl|source)$/;
const IN_TEXT: readonly (readonly [RegExp, string])[] = [
  [/\b([a-z]{2,5})_[0-9a-f]{32}\b/g, '$1_*'],
  [/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)/g, 'time'],
  [/version \d+/g, 'version *'],
  [/127\.0\.0\.1:\d+/g, 'host'],
  [/"(?=[^"]*\d)[A-Z]{2,4}-?\d{3,}"/g, '"number"'],
];

/** The same value with what differs between two installations blanked out. */
export function comparable(value: unknown, key = ''): unknown {
  if (OWN.test(key)) return value === undefined || value === null ? value : '*';
  if (typeof value === 'string') return IN_TEXT.reduce((text, [pattern, blank]) => text.replace(pattern, blank), value);
  if (Array.isArray(value)) return value.map((each) => comparable(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => [name, comparable(inner, name)]),
  );
}
