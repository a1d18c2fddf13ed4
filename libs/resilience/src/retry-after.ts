const LONGEST_SECONDS = 3600;

/** Seconds of a Retry-After header (RFC 9110 §10.2.3: a number or a date), at most an hour; undefined when there is none to read. */
export function retryAfterSeconds(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const trimmed = header.trim();
  if (/^\d+(\.\d+)?$/.test(trimmed)) return bounded(Number(trimmed));
  const date = Date.parse(trimmed);
  return Number.isNaN(date) ? undefined : bounded((date - now) / 1000);
}

function bounded(seconds: number): number {
  return Math.min(LONGEST_SECONDS, Math.max(0, Math.ceil(seconds)));
}
