import type { IssuedKey } from '../../partners/partners.service';
import type { KeySummary } from '../../partners/partners.store';
import type { KeyView, NewKeyView } from './account.dto';

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
