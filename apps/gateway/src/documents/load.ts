import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument, projectRoot } from '#service/documents';
import type { NamedDocument } from './operations';

/** The committed documents of every audience, as they lie under openapi/experience. */
export function experienceDocuments(): NamedDocument[] {
  const files = readdirSync(join(projectRoot(), 'openapi', 'experience')).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => {
    const name = `experience/${file.slice(0, -'.json'.length)}`;
    return { name, document: openApiDocument(name) };
  });
}
