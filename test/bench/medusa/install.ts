import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The shop we measure ourselves beside. */
export const MEDUSA_VERSION = '2.21.2';
const PACKAGES = ['@medusajs/medusa', '@medusajs/framework', '@medusajs/cli'];
export const INSTALL_COMMAND = 'npm run bench:install-medusa';

/** Outside this repository: its packages are none of ours. */
export const MEDUSA_DIRECTORY = process.env['CROSSDOCK_MEDUSA'] ?? join(tmpdir(), `crossdock-medusa-${MEDUSA_VERSION}`);
const COMPLETE = join(MEDUSA_DIRECTORY, 'complete');

/** As its documentation has it, without the admin's pages. No Redis: events, locks and workflows stay in its process. */
const CONFIGURATION = `const { defineConfig } = require('@medusajs/framework/utils');
module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    databaseDriverOptions: { connection: { ssl: false } },
    http: { storeCors: '*', adminCors: '*', authCors: '*', jwtSecret: 'bench', cookieSecret: 'bench' },
  },
  admin: { disable: true },
});
`;

export function isMedusaInstalled(): boolean {
  return existsSync(COMPLETE);
}

/** From the npm registry, some 700 MB. */
async function install(): Promise<void> {
  mkdirSync(MEDUSA_DIRECTORY, { recursive: true });
  const dependencies = Object.fromEntries(PACKAGES.map((name) => [name, MEDUSA_VERSION]));
  const manifest = { name: 'crossdock-beside-medusa', private: true, dependencies };
  writeFileSync(join(MEDUSA_DIRECTORY, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(MEDUSA_DIRECTORY, 'medusa-config.js'), CONFIGURATION);
  await promisify(execFile)('npm', ['install', '--legacy-peer-deps', '--no-audit', '--no-fund', '--no-package-lock'], {
    cwd: MEDUSA_DIRECTORY,
    env: { ...process.env, NODE_ENV: '' },
    maxBuffer: 64 * 1024 * 1024,
  });
  writeFileSync(COMPLETE, `${MEDUSA_VERSION}\n`);
}

async function main(): Promise<void> {
  if (!isMedusaInstalled()) await install();
  process.stdout.write(`Medusa ${MEDUSA_VERSION} is in ${MEDUSA_DIRECTORY}\n`);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
