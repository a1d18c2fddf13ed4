import { createHash } from 'node:crypto';

/** SHA-256 over the JSON of a value with sorted keys: the same content gives the same hash, whatever its order. */
export function requestHash(value: unknown): string {
  return createHash('sha256').update(sorted(value)).digest('hex');
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
