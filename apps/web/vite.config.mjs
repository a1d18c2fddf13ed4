// The pages for people: built to files that the gateway serves under /developers. Nothing of them comes from another host.
import { cpSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

const here = import.meta.dirname;
const scalar = resolve(here, '../../node_modules/@scalar/api-reference');
const scalarFolder = `scalar-${JSON.parse(readFileSync(join(scalar, 'package.json'), 'utf8')).version}`;

/** The reference comes as finished browser modules: they are served as they are, which costs the build nothing. */
const copyReference = () => {
  let outDir;
  return {
    name: 'copy-reference',
    configResolved: (config) => (outDir = resolve(config.root, config.build.outDir)),
    closeBundle: () =>
      cpSync(join(scalar, 'dist/browser'), join(outDir, 'assets', scalarFolder), {
        recursive: true,
        filter: (path) => !path.endsWith('.map') && !path.endsWith('standalone.js'),
      }),
  };
};

export default defineConfig({
  root: here,
  base: '/developers/',
  plugins: [tailwindcss(), copyReference()],
  define: { SCALAR_FOLDER: JSON.stringify(scalarFolder) },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows no script in the page, and no data as a script.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 5000,
    rolldownOptions: {
      input: resolve(here, 'portal.html'),
      // "use client" says something to servers that render; here nothing does.
      onLog: (level, log, report) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && report(level, log),
    },
  },
});
