'use strict';
// Builds the pages for people (apps/web) to apps/web/dist, from where the gateway serves them. Needs no network.
// Built beside and swapped at the end, like the rest; nothing is done when no source is newer than the last build.
const { existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '../..');
const web = join(root, 'apps/web');
const stamp = join(web, 'dist/.built');

function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  const inside = readdirSync(path).filter((name) => name !== 'dist' && !name.startsWith('dist.'));
  return Math.max(0, ...inside.map((name) => newest(join(path, name))));
}

function isFresh() {
  if (!existsSync(stamp)) return false;
  return Math.max(newest(web), newest(join(root, 'package.json'))) <= statSync(stamp).mtimeMs;
}

async function buildWeb() {
  if (isFresh()) return;
  const next = join(web, `dist.next-${process.pid}`);
  const last = join(web, `dist.last-${process.pid}`);
  const { build } = await import('vite');
  await build({
    configFile: join(web, 'vite.config.mjs'),
    logLevel: 'warn',
    mode: 'production',
    build: { outDir: next },
  });
  writeFileSync(join(next, '.built'), '');
  if (existsSync(join(web, 'dist'))) renameSync(join(web, 'dist'), last);
  renameSync(next, join(web, 'dist'));
  rmSync(last, { recursive: true, force: true });
}

buildWeb().catch((error) => {
  console.error(error);
  process.exit(1);
});
