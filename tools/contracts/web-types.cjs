'use strict';
// Writes the types that the pages of apps/web have of the gateway's answers, from its contract. `--check`: fails when they differ.
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');

const root = resolve(__dirname, '../..');
const target = join(root, 'apps/web/src/portal/api/gateway.d.ts');

async function main() {
  const { default: openapiTypescript, astToString, COMMENT_HEADER } = await import('openapi-typescript');
  const types = await openapiTypescript(pathToFileURL(join(root, 'openapi/gateway/gateway.v1.json')));
  const text = `${COMMENT_HEADER}${astToString(types)}`;
  if (existsSync(target) && readFileSync(target, 'utf8') === text) return;
  if (process.argv.includes('--check')) throw new Error(`${target} is not what the contract says: run "npm run contracts"`);
  writeFileSync(target, text);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
