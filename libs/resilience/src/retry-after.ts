const LONGEST_SECONDS = 3600;

/** Seconds of a Retry-After header (RFC 9110 §10.2.3: a number or a date), at most `longest`; undefined when there is none to read. */
export function retryAfterSeconds(
  header: string | undefined,
  now: number,
  longest = LONGEST_SECONDS,
): number | undefined {
  if (header === undefined) return undefined;
  const trimmed = header.trim();
  if (/^\d+(\.\d+)?$/.test(trimmed)) return bounded(Number(trimmed), longest);
  const date = Date.parse(trimmed);
  return Number.isNaN(date) ? undefined : bounded((date - now) / 1000, longest);
}

function bounded(seconds: number, longest: number): number {
  return Math.min(longest, Math.max(0, Math.ceil(seconds)));
}
