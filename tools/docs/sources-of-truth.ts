import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#service/documents';
import { SOURCES_OF_TRUTH } from '../../apps/process/reference/src/map-codes/sources-of-truth';

export const SOURCES_PATH = join(projectRoot(), 'docs/sources-of-truth.md');

/** The register as a page: the same rows that `GET /operations/v1/sources-of-truth` answers. */
export function sourcesPage(): string {
  const rows = SOURCES_OF_TRUTH.map(
    ({ object, attributes, owner, keptIn, conflict, latency }) =>
      `| ${[object, attributes, owner, `\`${keptIn}\``, conflict, latency].join(' | ')} |`,
  );
  return `# Who owns which fact

Written by \`npm run docs:sources\` from \`apps/process/reference/src/map-codes/sources-of-truth.ts\`; a test holds both equal.

| What | Attributes | Owner | Kept in | When two differ | How late we may know |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

if (require.main === module) writeFileSync(SOURCES_PATH, sourcesPage());
