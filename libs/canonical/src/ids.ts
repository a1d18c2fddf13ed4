import { randomFillSync } from 'node:crypto';

/** One call for random bytes costs as much as 4 kB of them: ids are cut from a pool that is filled again when used up. */
const pool = Buffer.alloc(4096);
let used = pool.length;

function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}

/** The 32 digits of a UUID version 7. */
function uuidv7Digits(now: number): string {
  const random = randomHex(10);
  const variant = (0x8 | (Number.parseInt(random.charAt(3), 16) & 0x3)).toString(16);
  return `${now.toString(16).padStart(12, '0')}7${random.slice(0, 3)}${variant}${random.slice(4, 19)}`;
}

/** UUID version 7 (RFC 9562): sorts by time, so indexes grow at one end. */
export function uuidv7(now: number = Date.now()): string {
  const digits = uuidv7Digits(now);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;
}

/** A public id: a readable prefix and a time-ordered random part, e.g. `ord_019a…`. */
export function newId(prefix: string): string {
  return `${prefix}_${uuidv7Digits(Date.now())}`;
}
