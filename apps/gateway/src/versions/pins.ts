import { Injectable } from '@nestjs/common';
import { Log } from '#service/logging';
import type { KeyRow } from '../partners/partners.store';
import { SESSION_KEY } from '../people/sessions';
import { VersionStore } from './version.store';

/** Credentials remembered as pinned: a key that is believed for some seconds still looks as if it were not. */
const REMEMBERED = 10_000;

/** A key or client goes on being served as on the date of its first use, whatever comes after. */
@Injectable()
export class Pins {
  private readonly pinned = new Set<string>();

  constructor(
    private readonly store: VersionStore,
    private readonly log: Log,
  ) {}

  /** Nobody waits for it: until it is written down every use is a first one, and of the newest date. */
  pin({ id }: Pick<KeyRow, 'id'>, date: string): void {
    if (id.startsWith(SESSION_KEY) || this.pinned.has(id)) return;
    if (this.pinned.size >= REMEMBERED) this.pinned.clear();
    this.pinned.add(id);
    this.store.pin(id, date).catch((error: unknown) => {
      this.pinned.delete(id);
      this.log.warn({ error, key: id }, 'could not pin the version of a key');
    });
  }
}
