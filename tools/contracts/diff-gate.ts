import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument, projectRoot, type OpenApiDocument } from '#service/documents';
import { breakingChanges } from './breaking-changes';

/**
 * Compares every committed document of those outside with the one of the last release (the newest tag, else CROSSDOCK_CONTRACT_BASE) and
 * fails on a change that breaks a client. Without a base there is nothing that could be broken.
 */
function main(): void {
  const base = process.env['CROSSDOCK_CONTRACT_BASE'] ?? newestTag();
  if (base === undefined) {
    process.stdout.write('contracts: nothing released yet, nothing to break\n');
    return;
  }
  const files = ['experience', 'gateway'].flatMap((layer) =>
    readdirSync(join(projectRoot(), 'openapi', layer)).flatMap((file) =>
      file.endsWith('.json') ? [`${layer}/${file}`] : [],
    ),
  );
  const faults = files.flatMap((file) => {
    const before = documentAt(base, `openapi/${file}`);
    const after = openApiDocument(file.replace(/\.json$/, ''));
    return before === undefined ? [] : breakingChanges(before, after).map((fault) => `${file}: ${fault}`);
  });
  if (faults.length === 0) return;
  process.stderr.write(
    `breaking changes since ${base} need a new version of the document:\n  ${faults.join('\n  ')}\n`,
  );
  process.exit(1);
}

function newestTag(): string | undefined {
  try {
    return execFileSync('git', ['describe', '--tags', '--abbrev=0'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}

function documentAt(revision: string, path: string): OpenApiDocument | undefined {
  try {
    const text = execFileSync('git', ['show', `${revision}:${path}`], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(text) as OpenApiDocument;
  } catch {
    return undefined;
  }
}

main();
