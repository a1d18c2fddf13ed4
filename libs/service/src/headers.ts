import { CrossdockError } from '#canonical/errors';

const LONGEST_KEY = 255;

/**
 * The value of an Idempotency-Key header: a structured-field string, also accepted without quotes. Errors:
 * IDEMPOTENCY_KEY_INVALID (status 400) when empty, longer than 255 characters or not printable ASCII.
 */
export function idempotencyKeyOf(header: string | readonly string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const text = typeof header === 'string' ? header.trim() : '';
  const quoted = /^"((?:[^"\\]|\\["\\])*)"$/.exec(text);
  const key = quoted?.[1] === undefined ? text : quoted[1].replaceAll(/\\(["\\])/g, '$1');
  if (!/^[\x20-\x7e]+$/.test(key) || key.length > LONGEST_KEY || (quoted === null && key.includes('"'))) {
    throw new CrossdockError({
      code: 'IDEMPOTENCY_KEY_INVALID',
      kind: 'invalid',
      message: `Idempotency-Key is 1 to ${LONGEST_KEY} printable characters, in quotes or without`,
      details: { status: 400 },
    });
  }
  return key;
}

/** The strong ETag of a version: `"7"`. */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/**
 * The version an If-Match header names; undefined when absent or `*`. Errors: VERSION_STALE (precondition) when it is
 * no ETag of ours: nothing we have can match it.
 */
export function versionOf(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const version = /^"([1-9]\d{0,8})"$/.exec(ifMatch.trim())?.[1];
  if (version === undefined) {
    throw new CrossdockError({
      code: 'VERSION_STALE',
      kind: 'precondition',
      message: `If-Match ${ifMatch} is no ETag of this resource`,
    });
  }
  return Number(version);
}
