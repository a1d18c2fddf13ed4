import { hash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

export type KeyMode = 'live' | 'test';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 32 of 62 characters: 190 bits. */
const SECRET_LENGTH = 32;
const CHECKSUM_LENGTH = 6;
const KEY = /^cdk_(live|test)_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;

/**
 * `cdk_live_` or `cdk_test_` (`cds_…` for a client's secret), 32 random characters, and a checksum that finds typing errors and
 * leaked look-alikes offline.
 */
export function newKeyText(mode: KeyMode, kind: 'cdk' | 'cds' = 'cdk'): string {
  const secret = Array.from({ length: SECRET_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  const body = `${kind}_${mode}_${secret}`;
  return body + checksum(body);
}

/** True for a well-formed key with the right checksum; whether it exists is the store's to say. */
export function isKeyText(text: string): boolean {
  return KEY.test(text) && checksum(text.slice(0, -CHECKSUM_LENGTH)) === text.slice(-CHECKSUM_LENGTH);
}

/** What is stored instead of the key. The key is random, so a plain hash is as good as a slow one. */
export function keyHash(text: string): string {
  return hash('sha256', text, 'hex');
}

/** What may be shown of a key afterwards. */
export function keyHint(text: string): string {
  return `${text.slice(0, 13)}…${text.slice(-4)}`;
}

function checksum(body: string): string {
  let rest = crc32(body);
  let digits = '';
  for (let place = 0; place < CHECKSUM_LENGTH; place += 1) {
    digits = (ALPHABET[rest % 62] ?? '') + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}
