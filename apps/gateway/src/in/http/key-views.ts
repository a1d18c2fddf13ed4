import type { IssuedKey } from '../../partners/partners.service';
import type { KeySummary } from '../../partners/partners.store';
import type { KeyUseRow } from '../../requests/figures.store';
import type { CredentialUse, KeyView, NewKeyView } from './account.dto';

export function keyView({ id, name, mode, scopes, plan, version, hint, living, ...times }: KeySummary): KeyView {
  const { createdAt, replaces, expiresAt, revokedAt } = times;
  return {
    id,
    name,
    mode,
    scopes,
    plan,
    ...(version !== null && { version }),
    hint,
    living,
    createdAt: createdAt.toISOString(),
    ...(replaces !== null && { replaces }),
    ...(expiresAt !== null && { expiresAt: expiresAt.toISOString() }),
    ...(revokedAt !== null && { revokedAt: revokedAt.toISOString() }),
  };
}

export function newKeyView(issued: IssuedKey): NewKeyView {
  return { ...keyView(issued), key: issued.key };
}

/** What a key or client has called, for lists of them. */
export function useOf(id: string, uses: ReadonlyMap<string, KeyUseRow>): { use?: CredentialUse } {
  const use = uses.get(id);
  return use === undefined ? {} : { use: { lastCalledAt: use.lastAt.toISOString(), days: [...use.days] } };
}
