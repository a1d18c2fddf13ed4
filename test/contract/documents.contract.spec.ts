import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { newAjv } from '#service/contract-check';
import { openApiDocument, projectRoot } from '#service/documents';
import { styleFaults } from '../../tools/contracts/lint';

const LAYERS = ['experience', 'gateway', 'process', 'system'];
const names = LAYERS.flatMap((layer) =>
  readdirSync(join(projectRoot(), 'openapi', layer)).map((file) => `${layer}/${file.replace(/\.json$/, '')}`),
);
const operationsOf = (name: string) =>
  Object.entries(openApiDocument(name).paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ where: `${method} ${path}`, operation })),
  );

describe.each(names)('%s', (name) => {
  const document = openApiDocument(name);

  it('is valid under the meta-schema of OpenAPI 3.1', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const path = require.resolve('@seriousme/openapi-schema-validator/schemas/v3.1/schema.json');
    const ajv = newAjv();
    // The dialect of schemas inside is OpenAPI's own; Ajv compiles them below.
    ajv.addFormat('media-range', true);
    const check = ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object);
    check(document);
    expect(check.errors ?? []).toEqual([]);
  });

  it('keeps our rules of style', async () => {
    expect(await styleFaults(name, document)).toEqual([]);
  });

  it('has schemas that all compile, and references that all lead somewhere', () => {
    const ajv = newAjv();
    ajv.addSchema({ $id: name, components: document.components });
    for (const schema of Object.keys(document.components.schemas ?? {}))
      expect(() => ajv.compile({ $ref: `${name}#/components/schemas/${schema}` })).not.toThrow();
    const inline = JSON.stringify(document.paths).matchAll(/"#\/components\/schemas\/([^"]+)"/g);
    const known = Object.keys(document.components.schemas ?? {});
    for (const [, schema] of inline) expect(known).toContain(schema);
  });

  it('has examples that are right under their own schemas', () => {
    const ajv = newAjv();
    for (const [schema, { properties }] of Object.entries(document.components.schemas ?? {}) as [string, { properties?: Record<string, { example?: unknown }> }][]) {
      for (const [field, property] of Object.entries(properties ?? {})) {
        if (!('example' in property) || JSON.stringify(property).includes('$ref')) continue;
        expect([`${schema}.${field}`, property.example, ajv.validate(property, property.example)]).toEqual([`${schema}.${field}`, property.example, true]); // prettier-ignore
      }
    }
  }); // prettier-ignore

  it('gives every operation an id of its own and a documented way to fail', () => {
    const operations = operationsOf(name);
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { where, operation } of operations) {
      expect([where, operation.operationId]).toEqual([
        where,
        expect.stringMatching(/^[a-zA-Z][a-zA-Z0-9]*\.[a-zA-Z]+$/),
      ]);
      expect([where, operation.responses['default']]).toEqual([
        where,
        expect.objectContaining({ content: { 'application/problem+json': expect.anything() } }),
      ]);
    }
  });
});

describe.each(names.filter((name) => /^(experience|gateway)\//.test(name)))('%s, for those outside', (name) => {
  it('gives every operation a summary, a scope and a path of its audience', () => {
    for (const { where, operation } of operationsOf(name)) {
      expect([where, operation.summary]).toEqual([where, expect.stringMatching(/\w/)]);
      const ways = (operation.security ?? []).map((alternative) => Object.keys(alternative).join());
      expect([where, ways]).toEqual([where, ['key', 'oauth2']]);
      const scopes = [
        ...new Set((operation.security ?? []).flatMap((alternative) => Object.values(alternative).flat())),
      ];
      expect([where, scopes.length]).toEqual([where, 1]);
      const [, audience = ''] = /^\w+ \/(\w+)\/v\d+\//.exec(where) ?? [];
      expect([where, scopes[0]]).toEqual([
        where,
        expect.stringMatching(new RegExp(`^${audience}:[a-z-]+:(read|write)$`)),
      ]);
    }
  });

  it('takes nothing by wildcard: request schemas are closed', () => {
    const schemas = openApiDocument(name).components.schemas ?? {};
    for (const { where, operation } of operationsOf(name)) {
      const schema = operation.requestBody?.content['application/json']?.schema as { $ref?: string } | undefined;
      if (schema?.$ref === undefined) continue;
      const body = schemas[schema.$ref.replace('#/components/schemas/', '')] as Record<string, unknown>;
      expect([where, body['additionalProperties']]).toEqual([where, false]);
    }
  });
});
