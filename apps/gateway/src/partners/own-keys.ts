import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { Caller } from '#service/caller';
import { grants } from '../pipeline/authenticate';
import type { KeyMode } from './key-text';
import { PartnersService, type IssuedKey } from './partners.service';
import { PartnersStore, type KeySummary, type PlanRow } from './partners.store';

/** What a partner's key or person may do to its keys: never more than the one who calls may do. */
@Injectable()
export class OwnKeys {
  constructor(
    private readonly partners: PartnersService,
    private readonly store: PartnersStore,
  ) {}

  list({ partner }: Caller): Promise<KeySummary[]> {
    return this.store.listKeys(partner);
  }

  /** The key that calls, who it belongs to and what its plan gives. */
  async self(caller: Caller): Promise<{ name: string; key: KeySummary; plans: PlanRow[] }> {
    const [partner, key, plans] = await Promise.all([
      this.store.partner(caller.partner),
      this.partners.key(caller.partner, caller.keyId),
      this.store.plans(),
    ]);
    return { name: partner?.name ?? caller.partner, key, plans };
  }

  /** On the plan of the key that calls, or for a person on that of the newest key that works. Errors: SCOPE_INVALID, SCOPE_NOT_HELD, MODE_NOT_HELD, KEYS_TOO_MANY. */
  async issue(
    caller: Caller,
    key: { name: string; mode: KeyMode; scopes: string[]; reason?: string },
  ): Promise<IssuedKey> {
    within(caller, key);
    const plan = await this.planOf(caller);
    return this.partners.issueKey({ ...key, partner: caller.partner, plan }, actOf(caller, key.reason));
  }

  private async planOf({ partner, keyId }: Caller): Promise<string> {
    const keys = await this.store.listKeys(partner);
    const key = keys.find(({ id }) => id === keyId) ?? keys.findLast(({ living }) => living);
    return key?.plan ?? 'standard';
  }

  /** Errors: KEY_UNKNOWN, KEY_DEAD, ROTATION_RUNNING, SCOPE_NOT_HELD, MODE_NOT_HELD. */
  async rotate(caller: Caller, id: string, overlapHours: number, reason?: string): Promise<IssuedKey> {
    within(caller, await this.partners.key(caller.partner, id));
    return this.partners.rotateKey(caller.partner, id, overlapHours, actOf(caller, reason));
  }

  /** Also a key that may do more than the one that calls: a leaked key must be stopped by whoever notices. */
  async revoke(caller: Caller, id: string, reason: string): Promise<KeySummary> {
    await this.partners.revokeKey(caller.partner, id, actOf(caller, reason));
    return this.partners.key(caller.partner, id);
  }
}

function within(caller: Caller, { mode, scopes }: { mode: KeyMode; scopes: readonly string[] }): void {
  if (caller.mode === 'test' && mode === 'live')
    throw new CrossdockError({
      code: 'MODE_NOT_HELD',
      kind: 'forbidden',
      message: 'a test key, or a person who is no admin, cannot make a key for live traffic',
    });
  const more = scopes.filter((scope) => !grants(caller.scopes, scope));
  if (more.length > 0)
    throw new CrossdockError({
      code: 'SCOPE_NOT_HELD',
      kind: 'forbidden',
      message: `who calls does not have ${more.join(', ')} itself`,
    });
}

function actOf({ keyId }: Caller, reason: string | undefined): { actor: string; reason?: string } {
  return { actor: keyId, ...(reason !== undefined && { reason }) };
}
