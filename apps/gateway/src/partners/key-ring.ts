import { Inject, Injectable } from '@nestjs/common';
import { gatewayConfig, type GatewayConfig } from '../config';
import type { NowOrLater } from '../pipeline/at-once';
import { AccessTokens, type Bearer } from '../oauth/access-tokens';
import { isKeyText, keyHash } from './key-text';
import { PartnersStore, type KeyRow } from './partners.store';

/** Keys remembered at most; above it the oldest go. Bounds what a flood of made-up keys can take. */
const REMEMBERED = 10_000;

interface Remembered {
  readonly key: NowOrLater<KeyRow | undefined>;
  readonly until: number;
}

/** Finds the owner of a key or an access token. One of them, also an unknown one, is believed for a few seconds without asking again. */
@Injectable()
export class KeyRing {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly store: PartnersStore,
    private readonly tokens: AccessTokens,
    @Inject(gatewayConfig.token) private readonly config: Pick<GatewayConfig, 'keyCacheMilliseconds'>,
  ) {}

  /** Undefined for a key or token that is malformed, unknown, revoked or past its time. */
  find(text: string): NowOrLater<KeyRow | undefined> {
    const hash = keyHash(text);
    const known = this.remembered.get(hash);
    if (known !== undefined && known.until > Date.now()) return known.key;
    if (isKeyText(text)) return this.ask(hash, () => this.readKey(hash));
    return AccessTokens.isTokenText(text) ? this.ask(hash, () => this.tokens.read(text)) : undefined;
  }

  private async readKey(hash: string): Promise<Bearer | undefined> {
    const key = await this.store.findKey(hash);
    return key && { key, until: Number.POSITIVE_INFINITY };
  }

  private async ask(hash: string, read: () => Promise<Bearer | undefined>): Promise<KeyRow | undefined> {
    // The time starts before the question: a key revoked while it is asked for is not believed longer than any other.
    const soon = Date.now() + this.config.keyCacheMilliseconds;
    const bearer = read();
    const asked = bearer.then((found) => found?.key);
    this.remember(hash, { key: asked, until: soon });
    try {
      const key = await asked;
      this.remember(hash, { key, until: Math.min(soon, (await bearer)?.until ?? soon) });
      return key;
    } catch (error) {
      this.remembered.delete(hash);
      throw error;
    }
  }

  private remember(hash: string, entry: Remembered): void {
    this.remembered.delete(hash);
    this.remembered.set(hash, entry);
    if (this.remembered.size <= REMEMBERED) return;
    const [oldest] = this.remembered.keys();
    if (oldest !== undefined) this.remembered.delete(oldest);
  }
}
