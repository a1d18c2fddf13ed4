import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#service/documents';
import { errorRows } from './pages';

/** Simulated backends speak their own codes, tests invent some. */
const OUTSIDE = /\.(spec|conformance)\.ts$|\/(test|fixtures|testing|sandbox)\//;

function sources(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.name === 'node_modules') return [];
    return entry.isDirectory() ? sources(path) : path.endsWith('.ts') && !OUTSIDE.test(path) ? [path] : [];
  });
}

describe('the registry of error codes', () => {
  const root = projectRoot();
  const registered = errorRows(readFileSync(join(root, 'docs', 'errors.md'), 'utf8')).map(({ code }) => code);

  it('lists every code the product gives, in docs/errors.md', () => {
    const given = ['apps', 'libs'].flatMap((folder) =>
      sources(join(root, folder)).flatMap((path) =>
        [...readFileSync(path, 'utf8').matchAll(/(?:\bcode: |\brefusal\(\s*\d+, )'([A-Z][A-Z0-9]*_[A-Z0-9_]+)'/g)].map(
          (match) => match[1] ?? '',
        ),
      ),
    );
    expect(given.length).toBeGreaterThan(50);
    expect([...new Set(given)].filter((code) => !registered.includes(code))).toEqual([]);
  });

  it('lists no code twice', () => {
    expect(new Set(registered).size).toBe(registered.length);
  });
});
