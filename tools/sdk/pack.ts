import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { projectRoot } from '#service/documents';

/** Makes the package `@crossdock/sdk` in the folder, ready for `npm pack`: JavaScript, declarations, README, LICENSE. Throws what the compiler found. */
export function packSdk(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const from = join(projectRoot(), 'libs/sdk');
  compile([join(from, 'src/sdk.ts')], { rootDir: join(from, 'src'), outDir: folder, declaration: true });
  for (const file of ['package.json', 'README.md']) cpSync(join(from, file), join(folder, file));
  cpSync(join(projectRoot(), 'LICENSE'), join(folder, 'LICENSE'));
}

/** Compiles as a partner's own project would: strict, for Node. */
export function compile(files: readonly string[], options: ts.CompilerOptions): void {
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    types: ['node'],
    typeRoots: [join(projectRoot(), 'node_modules/@types')],
    ...options,
  });
  const faults = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  if (faults.length === 0) return;
  const host = {
    getCanonicalFileName: (name: string) => name,
    getCurrentDirectory: projectRoot,
    getNewLine: () => '\n',
  };
  throw new Error(ts.formatDiagnostics(faults, host));
}
