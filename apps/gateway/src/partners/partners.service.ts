import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { newId } from '#canonical/ids';
import { PARTNER_PUT, type PartnerPut } from '#contracts/events/partners';
import { Outbox, type NewEvent } from '#messaging/outbox';
import { Database, type Transaction } from '#persistence/database';
import { AuditStore, INSTALLATION, type Act, type AuditRecord } from '../audit/audit.store';
import type { Policy } from '../limits/gcra';
import { keyHash, keyHint, newKeyText, type KeyMode } from './key-text';
import { PartnersStore, type KeySummary, type PartnerRow, type PlanRow } from './partners.store';

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
/** The only place where the key itself is ever seen. */
export interface IssuedKey extends KeySummary {
  readonly key: string;
}

export const SCOPE_PATTERN = /^[a-z][a-z-]*:(\*|[a-z-]+:(\*|[a-z-]+))$/;
const POLICY_NAME = /^[a-z][a-z0-9-]{0,30}$/;
/** Living keys of one partner. Who needs more than this needs fewer scopes in each, not more keys. */
const KEYS_AT_MOST = 50;

/** Partners, their keys and plans. Every change is in the audit log, in the same transaction. */
@Injectable()
export class PartnersService {
  constructor(
    private readonly database: Database,
    private readonly store: PartnersStore,
    private readonly audit: AuditStore,
    private readonly outbox: Outbox,
  ) {}

  /** Creates the partner, or changes its name; one that is not `active` has no key that works. */
  putPartner(
    partner: { id: string; name: string; active?: boolean },
    act: Act = INSTALLATION,
  ): Promise<{ partner: PartnerRow; created: boolean }> {
    return this.database.transaction(async (tx) => {
      const before = await this.store.partnerForUpdate(tx, partner.id);
      const after = await this.store.putPartner(tx, { active: true, ...partner });
      const change = { action: 'partner.put', object: objectOf(partner.id), before: said(before), after: said(after) };
      await this.record(tx, act, change);
      await this.outbox.publish(tx, [putEvent(after)]);
      return { partner: after, created: before === undefined };
    });
  }

  /** Creates or changes a plan; its keys follow within seconds. Errors: PLAN_INVALID. */
  async putPlan(id: string, policies: readonly Policy[], act: Act = INSTALLATION): Promise<PlanRow> {
    const names = new Set(policies.map(({ name }) => name));
    const wrong = policies.find(
      ({ name, quota, windowSeconds }) =>
        !POLICY_NAME.test(name) || !Number.isInteger(quota) || quota < 1 || !(windowSeconds > 0),
    );
    if (wrong !== undefined || policies.length === 0 || names.size < policies.length) {
      throw new CrossdockError({
        code: 'PLAN_INVALID',
        kind: 'invalid',
        message: `plan ${id} needs policies with a name of its own each, a quota of 1 or more and a window`,
      });
    }
    await this.database.transaction(async (tx) => {
      const before = await this.store.plan(tx, id);
      await this.store.putPlan(tx, id, policies);
      await this.record(tx, act, { action: 'plan.put', object: `plan/${id}`, before, after: { id, policies } });
    });
    return { id, policies: [...policies] };
  }

  /** The key itself is in this answer and nowhere else. Errors: SCOPE_INVALID, PARTNER_UNKNOWN, PLAN_UNKNOWN, KEYS_TOO_MANY. */
  issueKey(key: NewKey, act: Act = INSTALLATION): Promise<IssuedKey> {
    assertScopes(key.scopes);
    return this.database.transaction(async (tx) => {
      await this.lock(tx, key.partner);
      if ((await this.store.plan(tx, key.plan ?? 'standard')) === undefined) throw unknownPlan(key.plan);
      return this.insert(tx, key, act, 'key.issued');
    });
  }

  /**
   * A key with the same rights; the old one works `overlapHours` longer, so that two are active while it is exchanged. Errors:
   * KEY_UNKNOWN, KEY_DEAD, ROTATION_RUNNING when it is being replaced already.
   */
  rotateKey(partner: string, id: string, overlapHours: number, act: Act): Promise<IssuedKey> {
    return this.database.transaction(async (tx) => {
      const old = await this.living(tx, partner, id);
      if (old.expiresAt !== null) throw rotating(old);
      await this.store.expireKey(tx, id, overlapHours);
      return this.insert(tx, old, act, 'key.rotated', old);
    });
  }

  /** Dead within five seconds everywhere. Errors: KEY_UNKNOWN, KEY_DEAD. */
  revokeKey(partner: string, id: string, act: Act): Promise<void> {
    return this.database.transaction(async (tx) => {
      const before = await this.living(tx, partner, id);
      await this.store.revokeKey(tx, id);
      await this.record(tx, act, { action: 'key.revoked', object: objectOf(partner, id), before: saidOfKey(before) });
    });
  }

  /** Errors: PARTNER_UNKNOWN. */
  async partner(id: string): Promise<PartnerRow> {
    const row = await this.store.partner(id);
    if (row === undefined) throw unknownPartner(id);
    return row;
  }

  /** Errors: KEY_UNKNOWN. */
  async key(partner: string, id: string): Promise<KeySummary> {
    const keys = await this.store.listKeys(partner);
    return known(keys, id);
  }

  private async living(tx: Transaction, partner: string, id: string): Promise<KeySummary> {
    await this.lock(tx, partner);
    const key = known(await this.store.keys(tx, partner), id);
    if (!key.living)
      throw new CrossdockError({ code: 'KEY_DEAD', kind: 'conflict', message: 'the key works no longer' });
    return key;
  }

  private async lock(tx: Transaction, partner: string): Promise<void> {
    if ((await this.store.partnerForUpdate(tx, partner)) === undefined) throw unknownPartner(partner);
  }

  /** A successor is served as the key that it `replaces` was. */
  private async insert(
    tx: Transaction,
    key: NewKey,
    act: Act,
    action: string,
    replaces?: KeySummary,
  ): Promise<IssuedKey> {
    const { partner, mode, name } = key;
    const alive = (await this.store.keys(tx, partner)).filter(({ living }) => living);
    if (alive.length >= KEYS_AT_MOST)
      throw new CrossdockError({
        code: 'KEYS_TOO_MANY',
        kind: 'conflict',
        message: `${partner} has ${alive.length} keys that work; revoke one first`,
      });
    const text = newKeyText(mode);
    const row = {
      id: newId('key'),
      partner,
      mode,
      name,
      scopes: [...key.scopes],
      plan: key.plan ?? 'standard',
      version: replaces?.version ?? null,
    };
    const stored = await this.store.insertKey(tx, {
      ...row,
      hash: keyHash(text),
      hint: keyHint(text),
      ...(replaces !== undefined && { replaces: replaces.id }),
    });
    await this.record(tx, act, { action, object: objectOf(partner, stored.id), after: saidOfKey(stored) });
    return { ...stored, key: text };
  }

  /** What changed nothing is not worth an entry. */
  private async record(tx: Transaction, act: Act, record: Omit<AuditRecord, keyof Act>): Promise<void> {
    if (JSON.stringify(record.before) === JSON.stringify(record.after)) return;
    await this.audit.append(tx, { ...record, ...act });
  }
}

/** Errors: SCOPE_INVALID. */
export function assertScopes(scopes: readonly string[]): void {
  const wrong = scopes.find((scope) => !SCOPE_PATTERN.test(scope));
  if (wrong !== undefined)
    throw new CrossdockError({ code: 'SCOPE_INVALID', kind: 'invalid', message: `${wrong} is no scope` });
}

function objectOf(partner: string, key?: string): string {
  return key === undefined ? `partner/${partner}` : `partner/${partner}/key/${key}`;
}

/** Also of one that is as it was: whoever has missed it before hears it now. */
function putEvent({ id, active }: PartnerRow): NewEvent<PartnerPut> {
  return { type: PARTNER_PUT, source: 'gateway', subject: id, partitionKey: id, data: { partner: id, active } };
}

function said(row: PartnerRow | undefined): object | undefined {
  return row && { name: row.name, active: row.active };
}

function saidOfKey({ name, mode, scopes, plan, hint, replaces }: KeySummary): object {
  return { name, mode, scopes, plan, hint, ...(replaces !== null && { replaces }) };
}

function known(keys: readonly KeySummary[], id: string): KeySummary {
  const key = keys.find((each) => each.id === id);
  if (key === undefined) throw new CrossdockError({ code: 'KEY_UNKNOWN', kind: 'not-found', message: `no key ${id}` });
  return key;
}

function rotating({ id, expiresAt }: KeySummary): CrossdockError {
  const until = expiresAt?.toISOString() ?? 'now';
  return new CrossdockError({
    code: 'ROTATION_RUNNING',
    kind: 'conflict',
    message: `${id} has a successor already and works until ${until}`,
  });
}

export function unknownPartner(id: string): CrossdockError {
  return new CrossdockError({ code: 'PARTNER_UNKNOWN', kind: 'not-found', message: `no partner ${id}` });
}

export function unknownPlan(id = 'standard'): CrossdockError {
  return new CrossdockError({ code: 'PLAN_UNKNOWN', kind: 'invalid', message: `no plan ${id}` });
}
