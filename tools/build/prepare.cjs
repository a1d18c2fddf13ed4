'use strict';
// Runs after `npm ci`: builds once, so that `npm start` only starts. A production install has no compiler and no need of it.
try {
  require.resolve('typescript');
} catch {
  process.exit(0);
}
require('./build.cjs');
