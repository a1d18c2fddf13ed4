import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument, projectRoot } from '#service/documents';
import { styleFaults } from './lint';
import { STYLE_RULES } from './style-rules';

/** Holds every committed OpenAPI document to the rules of style-rules.ts and fails on the first set of faults. */
async function main(): Promise<void> {
  const layers = ['experience', 'gateway', 'process', 'system'];
  const names = layers.flatMap((layer) =>
    readdirSync(join(projectRoot(), 'openapi', layer)).map((file) => `${layer}/${file.replace(/\.json$/, '')}`),
  );
  const faults = (await Promise.all(names.map((name) => styleFaults(name, openApiDocument(name))))).flat();
  if (faults.length === 0) {
    process.stdout.write(
      `contracts: ${names.length} documents keep ${Object.keys(STYLE_RULES).length} rules of style\n`,
    );
    return;
  }
  process.stderr.write(`${faults.join('\n')}\n`);
  for (const rule of new Set(faults.map((fault) => fault.split(' ')[1] ?? '')))
    process.stderr.write(`${rule}: ${STYLE_RULES[rule]?.description ?? ''}\n`);
  process.exit(1);
}

void main();
