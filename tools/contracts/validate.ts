import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#service/documents';
import { documentFaults } from '../arazzo/check';
import { ARAZZO_FOLDER, arazzoDocuments } from '../arazzo/document';

const EVENTS_FOLDER = 'openapi/events';
const EVENTS_RULES = ['struct', 'no-unresolved-refs'];
const ARAZZO_RULES = [
  ...['struct', 'no-unresolved-refs', 'sourceDescription-type', 'sourceDescriptions-name-unique', 'workflowId-unique'],
  ...['stepId-unique', 'workflow-dependsOn', 'parameters-unique', 'step-onSuccess-unique', 'step-onFailure-unique'],
  ...['requestBody-replacements-unique', 'criteria-unique', 'outputs-defined', 'spec-step-mutually-exclusive-fields'],
];

/** What is wrong with the structure of the files of a folder, by their specification. */
async function structureFaults(folder: string, rules: readonly string[]): Promise<string[]> {
  const { createConfig, lint } = await import('@redocly/openapi-core');
  const config = await createConfig({ rules: Object.fromEntries(rules.map((rule) => [rule, 'error'])) });
  const faults: string[] = [];
  for (const file of readdirSync(join(projectRoot(), folder))) {
    const problems = await lint({ ref: join(projectRoot(), folder, file), config });
    faults.push(...problems.map(({ message, location }) => `${file} ${location[0]?.pointer ?? ''}: ${message}`));
  }
  return faults;
}

/** Holds the AsyncAPI document and the Arazzo workflows to their specifications, and the workflows to the OpenAPI documents. */
async function main(): Promise<void> {
  const faults = [
    ...(await structureFaults(EVENTS_FOLDER, EVENTS_RULES)),
    ...(await structureFaults(ARAZZO_FOLDER, ARAZZO_RULES)),
    ...[...arazzoDocuments()].flatMap(([file, document]) => documentFaults(file, document)),
  ];
  if (faults.length === 0) return;
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exit(1);
}

void main();
