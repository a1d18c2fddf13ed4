// One jest project per tier; the tier is in the file name. `npm test` runs those that need no server and no network.
// The product's own log says little that a failed expectation does not: ask for it with LOG_LEVEL=warn.
process.env.LOG_LEVEL ??= 'silent';
const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json'],
  transform: {
    '\\.(ts|js|mjs)$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          target: 'es2022',
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  // Nest 12 and some of its friends ship as ES modules only.
  transformIgnorePatterns: [
    '/node_modules/(?!(@nestjs|@fastify|uuid|axios|fast-check|pure-rand|jose|file-type|strtok3|token-types|uint8array-extras|@tokenizer|@borewit|@lukeed|typeorm|openid-client|oauth4webapi|oidc-provider|koa|@koa|nanoid|quick-lru|eta|jsesc|raw-body|oidc-token-hash|debug|object-hash|cookies|keygrip)/)',
  ],
  moduleNameMapper: {
    '^#(canonical|contracts|service|persistence|messaging|resilience|connections|egress|sdk|testing)/(.*)$':
      '<rootDir>/libs/$1/src/$2',
  },
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test', '<rootDir>/tools'],
  setupFiles: ['reflect-metadata', '<rootDir>/test/support/property-seed.ts'],
};
const project = (displayName, testMatch, extra = {}) => ({ ...base, displayName, testMatch, ...extra });
module.exports = {
  maxWorkers: 2,
  // A test that waits fails with what it saw last; this only ends one that hangs, also on a slow machine.
  testTimeout: 300_000,
  projects: [
    project('unit', ['**/*.unit.spec.ts']),
    project('int', ['**/*.int.spec.ts']),
    project('contract', ['**/*.contract.spec.ts']),
    project('conformance', ['**/*.conformance.spec.ts']),
    project('e2e', ['<rootDir>/test/e2e/**/*.e2e.ts']),
    project('acceptance', ['<rootDir>/test/acceptance/**/*.acceptance.ts']),
    project('chaos', ['<rootDir>/test/chaos/**/*.chaos.ts']),
    project('fuzz', ['<rootDir>/test/fuzz/**/*.fuzz.ts']),
    project('faults', ['<rootDir>/test/faults/**/*.fault.ts']),
    project('production', ['**/*.redis.spec.ts']),
    project('web', ['<rootDir>/test/web/**/*.web.ts']),
  ],
};
