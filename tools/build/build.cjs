'use strict';
// Compiles the whole repository with the TypeScript compiler and the Swagger plugin named in nest-cli.json.
// One program for every app and lib: they are one package, and the plugin must see the types of all of them.
// `--if-stale` returns at once when no source is newer than the last build. The pages of apps/web are built beside it (web.cjs).
const { spawn } = require('node:child_process');
const { readFileSync, existsSync, statSync, readdirSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '../..');
const stamp = join(root, 'dist/.built');
/** Has a build of its own, which runs beside this one. */
const web = join(root, 'apps/web');

function newestSource(directory) {
  let newest = 0;
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name.startsWith('.')) continue;
    const path = join(directory, entry.name);
    if (path === web) continue;
    if (entry.isDirectory()) newest = Math.max(newest, newestSource(path));
    else if (/\.(ts|json|cjs)$/.test(entry.name)) newest = Math.max(newest, statSync(path).mtimeMs);
  }
  return newest;
}

function isFresh() {
  if (!existsSync(stamp)) return false;
  const built = statSync(stamp).mtimeMs;
  const sources = ['apps', 'libs', 'tools', 'test'].filter((d) => existsSync(join(root, d)));
  const files = ['tsconfig.json', 'nest-cli.json', 'package.json'].map((f) => statSync(join(root, f)).mtimeMs);
  return Math.max(...files, ...sources.map((d) => newestSource(join(root, d)))) <= built;
}

function build() {
  const ts = require('typescript');
  const { options } = JSON.parse(readFileSync(join(root, 'nest-cli.json'), 'utf8')).compilerOptions.plugins[0];
  const plugin = require('@nestjs/swagger/plugin');
  const configPath = join(root, 'tsconfig.json');
  const { config } = ts.readConfigFile(configPath, ts.sys.readFile);
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const fileNames = parsed.fileNames.filter((f) => !/\.(spec|e2e|acceptance|chaos|fault|conformance)\.ts$/.test(f));
  // Built beside and swapped at the end: whoever starts in between finds a whole build, the old one or the new.
  const next = join(root, `dist.next-${process.pid}`);
  const program = ts.createProgram(fileNames, {
    ...parsed.options,
    outDir: next,
    incremental: false,
    tsBuildInfoFile: undefined,
  });
  const emitted = program.emit(undefined, undefined, undefined, false, { before: [plugin.before(options, program)] });
  const diagnostics = ts.getPreEmitDiagnostics(program).concat(emitted.diagnostics);
  if (diagnostics.length > 0) {
    const host = { getCanonicalFileName: (f) => f, getCurrentDirectory: () => root, getNewLine: () => '\n' };
    process.stderr.write(ts.formatDiagnosticsWithColorAndContext(diagnostics, host));
    rmSync(next, { recursive: true, force: true });
    process.exit(1);
  }
  writeFileSync(join(next, '.built'), '');
  const last = join(root, `dist.last-${process.pid}`);
  if (existsSync(join(root, 'dist'))) renameSync(join(root, 'dist'), last);
  renameSync(next, join(root, 'dist'));
  rmSync(last, { recursive: true, force: true });
}

const pages = spawn(process.execPath, [join(__dirname, 'web.cjs')], { stdio: 'inherit' });
pages.on('exit', (code) => (process.exitCode ||= code ?? 1));
if (!(process.argv.includes('--if-stale') && isFresh())) build();
