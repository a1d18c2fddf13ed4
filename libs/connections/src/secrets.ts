import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const FORMAT = 1;
const KEY_FILE = 'secret.key';

/** Encrypts credentials at rest: AES-256-GCM with a random nonce, bound to the row they belong to. */
export class Secrets {
  private readonly key: Buffer;

  constructor(key: Buffer) {
    if (key.length !== KEY_BYTES)
      throw new Error(`the secret key has ${String(key.length)} bytes, not ${String(KEY_BYTES)}`);
    this.key = key;
  }

  /** CROSSDOCK_SECRET_KEY (32 bytes in base64), or without it the key file of the data directory, made on first use. */
  static load(options: {
    readonly secretKey?: string | undefined;
    readonly dataDirectory?: string | undefined;
  }): Secrets {
    if (options.secretKey !== undefined && options.secretKey !== '')
      return new Secrets(decoded(options.secretKey, 'CROSSDOCK_SECRET_KEY'));
    if (options.dataDirectory === undefined) {
      throw new Error(
        'CROSSDOCK_SECRET_KEY is missing: set it to 32 random bytes in base64, the same in every process',
      );
    }
    return new Secrets(keyOf(options.dataDirectory));
  }

  /** `context` names the row; what is sealed for one row cannot be opened in another. */
  seal(clear: string, context: string): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from([FORMAT]), iv, cipher.getAuthTag(), sealed]);
  }

  /** Throws when the key is another one, or the bytes were changed or moved. */
  open(sealed: Buffer, context: string): string {
    if (sealed[0] !== FORMAT) throw new Error('sealed with an unknown format');
    const iv = sealed.subarray(1, 1 + IV_BYTES);
    const tag = sealed.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(context)).setAuthTag(tag);
    try {
      return Buffer.concat([decipher.update(sealed.subarray(1 + IV_BYTES + TAG_BYTES)), decipher.final()]).toString(
        'utf8',
      );
    } catch (cause) {
      throw new Error(`cannot decrypt ${context}: CROSSDOCK_SECRET_KEY is not the key it was stored with`, { cause });
    }
  }
}

function decoded(text: string, source: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES) throw new Error(`${source} is not ${String(KEY_BYTES)} bytes in base64`);
  return key;
}

/** Processes that start together agree on one key: whoever links its file first wins, and a link is never half written. */
function keyOf(dataDirectory: string): Buffer {
  const path = join(dataDirectory, KEY_FILE);
  mkdirSync(dataDirectory, { recursive: true });
  const known = readIfThere(path);
  if (known !== undefined) return decoded(known, path);
  const mine = `${path}.${String(process.pid)}.${randomBytes(4).toString('hex')}`;
  writeFileSync(mine, randomBytes(KEY_BYTES).toString('base64'), { mode: 0o600 });
  try {
    linkSync(mine, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(mine, { force: true });
  }
  return decoded(readFileSync(path, 'utf8'), path);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
