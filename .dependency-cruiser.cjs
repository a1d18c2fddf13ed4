'use strict';
// The directions of docs/map.md. Each rule has a fixture under test/directions/fixtures that must fail (test/directions/*.spec.ts).
// Directions hold for types too: `import type` counts (tsPreCompilationDeps).
const app = '^apps/(gateway|sandbox|web|experience/[^/]+|process/[^/]+|system/[^/]+)/';
const tests = '\\.(spec|e2e|acceptance|chaos|fault|conformance)\\.ts$|^test/|^libs/testing/|/test/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle is a design question.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { pathNot: 'node_modules' } },
    },
    {
      name: 'apps-never-import-apps',
      comment: 'Apps meet in libs/contracts. Only all-in-one and tools compose them.',
      severity: 'error',
      from: { path: app, pathNot: tests },
      to: { path: app, pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-never-import-apps',
      severity: 'error',
      from: { path: '^libs/', pathNot: tests },
      to: { path: '^apps/' },
    },
    {
      name: 'canonical-is-the-floor',
      severity: 'error',
      from: { path: '^libs/canonical/' },
      to: { path: '^(libs/(?!canonical/)|apps/)' },
    },
    {
      name: 'canonical-knows-no-framework',
      severity: 'error',
      from: { path: '^libs/canonical/', pathNot: tests },
      to: { path: '(node_modules/|^)(@nestjs|typeorm|pg|fastify|axios|class-validator)' },
    },
    {
      name: 'experience-calls-processes-only',
      comment: 'experience → contracts of process (operations also administers connections).',
      severity: 'error',
      from: { path: '^apps/experience/', pathNot: tests },
      to: {
        path: '^libs/contracts/src/(erp|wms|tms|edi|commerce)/|^libs/(persistence|messaging|resilience|connections|egress)/',
      },
    },
    {
      name: 'only-operations-administers-connections',
      severity: 'error',
      from: { path: '^apps/experience/(?!operations/)', pathNot: tests },
      to: { path: '^libs/contracts/src/connections/' },
    },
    {
      name: 'systems-know-no-other-app',
      severity: 'error',
      from: { path: '^apps/system/([^/]+)/', pathNot: tests },
      to: {
        path: '^libs/contracts/src/(?!(api|values\\.dto|events/|connections/|$1/))',
        pathNot: '^libs/contracts/src/(api|values\\.dto|events/|connections/|reference/reference\\.dto)',
      },
    },
    {
      name: 'processes-meet-by-events',
      comment: 'Only orders asks availability and reference, and availability asks reference (docs/adr/0003).',
      severity: 'error',
      from: { path: '^apps/process/([^/]+)/', pathNot: tests },
      to: {
        path: '^libs/contracts/src/[^/]+/[^/]+\\.api\\.ts$',
        pathNot: '^libs/contracts/src/($1|erp|wms|tms|availability|reference)/',
      },
    },
    {
      name: 'backends-never-import-backends',
      severity: 'error',
      from: { path: '^apps/system/[^/]+/src/backends/([^/]+)/', pathNot: tests },
      to: { path: '/backends/(?!$1/)[^/]+/' },
    },
    {
      name: 'only-the-adapter-is-seen',
      comment: 'Outside its folder a backend is its adapter.ts and manifest.ts.',
      severity: 'error',
      from: { path: '^apps/system/([^/]+)/src/(?!backends/[^/]+/)', pathNot: tests },
      to: { path: '/backends/[^/]+/(?!adapter\\.ts$|manifest\\.ts$)' },
    },
    {
      name: 'tests-stay-out',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: tests },
      to: { path: '^(libs/testing|test)/' },
    },
    {
      name: 'the-gateway-knows-no-business-word',
      comment: 'Documents and dated changes it carries out without knowing what is in them; partners are its own word.',
      severity: 'error',
      from: { path: '^apps/gateway/', pathNot: tests },
      to: { path: '^libs/contracts/src/(?!api|changes/|events/partners)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/|^test/directions/fixtures/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: require('node:path').join(__dirname, 'tsconfig.json') },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'require', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
