import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument, projectRoot } from '#service/documents';
import type { NamedDocument } from './operations';

/** The document of what the gateway itself answers: keys, partners, plans, the audit log. */
export const OWN_DOCUMENT = 'gateway/gateway.v1';

/** The committed documents of every audience, as they lie under openapi/experience, and the gateway's own. */
export function publicDocuments(): NamedDocument[] {
  const files = readdirSync(join(projectRoot(), 'openapi', 'experience')).filter((file) => file.endsWith('.json'));
  const names = files.sort().map((file) => `experience/${file.slice(0, -'.json'.length)}`);
  return [...names, OWN_DOCUMENT].map((name) => ({ name, document: openApiDocument(name) }));
}
