import { Inject, Injectable } from '@nestjs/common';
import { gatewayConfig, type GatewayConfig } from '../config';
import type { NowOrLater } from '../pipeline/at-once';
import { isKeyText, keyHash } from './key-text';
import { PartnersStore, type KeyRow } from './partners.store';

/** Keys remembered at most; above it the oldest go. Bounds what a flood of made-up keys can take. */
const REMEMBERED = 10_000;

interface Remembered {
  readonly key: NowOrLater<KeyRow | undefined>;
  readonly until: number;
}

/** Finds the owner of a key. A key, also an unknown one, is believed for a few seconds without asking again. */
@Injectable()
export class KeyRing {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly store: PartnersStore,
    @Inject(gatewayConfig.token) private readonly config: Pick<GatewayConfig, 'keyCacheMilliseconds'>,
  ) {}

  /** Undefined for a key that is malformed, unknown or revoked. */
  find(text: string): NowOrLater<KeyRow | undefined> {
    const hash = keyHash(text);
    const known = this.remembered.get(hash);
    if (known !== undefined && known.until > Date.now()) return known.key;
    return isKeyText(text) ? this.ask(hash) : undefined;
  }

  private async ask(hash: string): Promise<KeyRow | undefined> {
    // The time starts before the question: a key revoked while it is asked for is not believed longer than any other.
    const until = Date.now() + this.config.keyCacheMilliseconds;
    const asked = this.store.findKey(hash);
    this.remember(hash, { key: asked, until });
    try {
      const key = await asked;
      this.remember(hash, { key, until });
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
