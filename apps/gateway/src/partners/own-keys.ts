import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { Caller } from '#service/caller';
import { grants } from './scopes';
import { ClientsStore } from '../oauth/clients.store';
import type { KeyMode } from './key-text';
import { PartnersService, type IssuedKey } from './partners.service';
import { PartnersStore, type KeySummary, type PlanRow } from './partners.store';

/** What a partner's key or person may do to its keys: never more than the one who calls may do. */
@Injectable()
export class OwnKeys {
  constructor(
    private readonly partners: PartnersService,
    private readonly store: PartnersStore,
    private readonly clients: ClientsStore,
  ) {}

  list({ partner }: Caller): Promise<KeySummary[]> {
    return this.store.listKeys(partner);
  }

  /** The key that calls, who it belongs to and what its plan gives. */
  async self(caller: Caller): Promise<{ name: string; key: KeySummary; plans: PlanRow[] }> {
    const [partner, key, plans] = await Promise.all([
      this.store.partner(caller.partner),
      this.caller(caller),
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

  /** A client is shown as the key that its token stands for. */
  private async caller({ partner, keyId }: Caller): Promise<KeySummary> {
    const client = (await this.clients.list(partner)).find(({ id }) => id === keyId);
    if (client === undefined) return this.partners.key(partner, keyId);
    const { secrets, revokedAt, scopes, ...rest } = client;
    const hint = secrets.at(-1)?.hint ?? client.externalId ?? '';
    return {
      ...rest,
      scopes: [...scopes],
      hint,
      replaces: null,
      expiresAt: null,
      revokedAt,
      living: revokedAt === null,
    };
  }

  /** The plan of the key that calls, or of the newest key that works. */
  async planOf({ partner, keyId }: Caller): Promise<string> {
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

/** Errors: SCOPE_NOT_HELD, MODE_NOT_HELD. */
export function within(caller: Caller, { mode, scopes }: { mode: KeyMode; scopes: readonly string[] }): void {
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

export function actOf({ keyId }: Caller, reason: string | undefined): { actor: string; reason?: string } {
  return { actor: keyId, ...(reason !== undefined && { reason }) };
}
