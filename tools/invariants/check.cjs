'use strict';
// Asks a running Crossdock to check its invariants (docs/reliability.md) and fails when one is broken.
// It finds the server by CROSSDOCK_URL and CROSSDOCK_OPERATIONS_KEY, or by demo.json in CROSSDOCK_DATA.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

async function main() {
  const demo = process.env.CROSSDOCK_URL
    ? undefined
    : JSON.parse(readFileSync(join(process.env.CROSSDOCK_DATA ?? '.crossdock', 'demo.json'), 'utf8'));
  const url = process.env.CROSSDOCK_URL ?? demo.url;
  const key = process.env.CROSSDOCK_OPERATIONS_KEY ?? demo?.keys.operations;
  const response = await fetch(`${url}/operations/v1/invariants`, { headers: { authorization: `Bearer ${key}` } });
  const report = await response.json();
  if (!response.ok) throw new Error(`${response.status} ${report.code ?? ''} ${report.detail ?? ''}`);
  for (const breach of report.breaches)
    process.stdout.write(`${breach.invariant}  ${breach.subject}  ${breach.detail}\n`);
  process.stdout.write(`${report.checked} checked, ${report.breaches.length} broken\n`);
  process.exit(report.breaches.length === 0 ? 0 : 1);
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
});
