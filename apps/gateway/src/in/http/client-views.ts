import type { IssuedClient } from '../../oauth/clients.service';
import type { ClientSummary, SecretSummary } from '../../oauth/clients.store';
import type { ClientSecretView, ClientView, NewClientView } from './clients.dto';

export function clientView({ id, name, mode, scopes, plan, issuer, externalId, ...rest }: ClientSummary): ClientView {
  return {
    id,
    name,
    mode,
    scopes: [...scopes],
    plan,
    ...(issuer !== null && externalId !== null && { issuer, externalId }),
    secrets: rest.secrets.map(secretView),
    createdAt: rest.createdAt.toISOString(),
    ...(rest.revokedAt !== null && { revokedAt: rest.revokedAt.toISOString() }),
  };
}

export function newClientView(issued: IssuedClient): NewClientView {
  return { ...clientView(issued), ...(issued.secret !== undefined && { secret: issued.secret }) };
}

function secretView({ hint, createdAt, expiresAt }: SecretSummary): ClientSecretView {
  return {
    hint,
    createdAt: createdAt.toISOString(),
    ...(expiresAt !== null && { expiresAt: expiresAt.toISOString() }),
  };
}
