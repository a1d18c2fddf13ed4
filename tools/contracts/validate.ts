import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#service/documents';

/** Holds the AsyncAPI document to the structure of its specification. */
async function main(): Promise<void> {
  const { createConfig, lint } = await import('@redocly/openapi-core');
  const config = await createConfig({ rules: { struct: 'error', 'no-unresolved-refs': 'error' } });
  const folder = join(projectRoot(), 'openapi/events');
  const faults: string[] = [];
  for (const file of readdirSync(folder)) {
    const problems = await lint({ ref: join(folder, file), config });
    faults.push(...problems.map(({ message, location }) => `${file} ${location[0]?.pointer ?? ''}: ${message}`));
  }
  if (faults.length === 0) return;
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exit(1);
}

void main();
