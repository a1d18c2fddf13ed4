import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { newId } from '#canonical/ids';
import { sqlState } from '#persistence/database';
import type { Policy } from '../limits/gcra';
import { keyHash, keyHint, newKeyText, type KeyMode } from './key-text';
import { PartnersStore, type KeySummary } from './partners.store';

export interface NewKey {
  readonly partner: string;
  /** `test` keys are for trying things out; the two are told apart by their prefix. */
  readonly mode: KeyMode;
  /** `portal:orders:read`, or `portal:*` for all of an audience. */
  readonly scopes: readonly string[];
  /** A plan that exists: `standard` unless said. */
  readonly plan?: string;
  /** What the partner calls it. */
  readonly name: string;
}

const FOREIGN_KEY_VIOLATION = '23503';
const SCOPE = /^[a-z][a-z-]*:(\*|[a-z-]+:(\*|[a-z-]+))$/;
const POLICY_NAME = /^[a-z][a-z0-9-]{0,30}$/;

/** Partners, their keys and plans. */
@Injectable()
export class PartnersService {
  constructor(private readonly store: PartnersStore) {}

  /** Creates the partner, or changes its name. */
  async createPartner(partner: { id: string; name: string }): Promise<void> {
    await this.store.putPartner(partner.id, partner.name);
  }

  /** Creates or changes a plan; its keys follow within seconds. Errors: PLAN_INVALID. */
  async putPlan(id: string, policies: readonly Policy[]): Promise<void> {
    const wrong = policies.find(
      ({ name, quota, windowSeconds }) =>
        !POLICY_NAME.test(name) || !Number.isInteger(quota) || quota < 1 || !(windowSeconds > 0),
    );
    if (wrong !== undefined || policies.length === 0) {
      throw new CrossdockError({
        code: 'PLAN_INVALID',
        kind: 'invalid',
        message: `plan ${id} needs policies with a name, a quota of 1 or more and a window`,
      });
    }
    await this.store.putPlan(id, policies);
  }

  /** The key itself is in this answer and nowhere else. Errors: SCOPE_INVALID, PARTNER_OR_PLAN_UNKNOWN. */
  async issueKey(key: NewKey): Promise<{ id: string; key: string }> {
    const wrong = key.scopes.find((scope) => !SCOPE.test(scope));
    if (wrong !== undefined)
      throw new CrossdockError({ code: 'SCOPE_INVALID', kind: 'invalid', message: `${wrong} is no scope` });
    const text = newKeyText(key.mode);
    const id = newId('key');
    const row = {
      id,
      partner: key.partner,
      mode: key.mode,
      scopes: [...key.scopes],
      plan: key.plan ?? 'standard',
      name: key.name,
    };
    try {
      await this.store.insertKey({ ...row, hash: keyHash(text), hint: keyHint(text) });
    } catch (error) {
      if (sqlState(error) !== FOREIGN_KEY_VIOLATION) throw error;
      throw new CrossdockError({
        code: 'PARTNER_OR_PLAN_UNKNOWN',
        kind: 'not-found',
        message: `no partner ${key.partner} or no plan ${row.plan}`,
      });
    }
    return { id, key: text };
  }

  /** Dead within five seconds everywhere. False when the partner has no such living key. */
  revokeKey(partner: string, id: string): Promise<boolean> {
    return this.store.revokeKey(partner, id);
  }

  listKeys(partner: string): Promise<KeySummary[]> {
    return this.store.listKeys(partner);
  }
}
