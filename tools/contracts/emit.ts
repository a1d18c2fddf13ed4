import 'reflect-metadata';
import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, getSchemaPath, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Routes } from '#contracts/api';
import { DATED_CHANGES } from '#contracts/changes/dated-changes';
import { webhooksContract } from '#contracts/webhooks/webhooks.api';
import type { AppDefinition } from '#service/app';
import { projectRoot } from '#service/documents';
import { InternalProblemDto } from '#service/problem.dto';
import { DOCUMENTED_APPS, PUBLIC_APPS } from '../../apps/all-in-one/src/apps';
import { constrain, constrainPaths, constrainQueries } from './constraints';
import { published } from './document';
import { contractsOf } from './contracts';
import { eventsDocument } from './events';
import { exemplify, unusedExamples } from './examples/examples';
import { sdkFiles } from './sdk';
import { webhooksOf } from './webhooks';

@Module({})
class DocumentModule {}

/** The major versions an app serves, by its paths: `portal/v2/orders` is of version 2. Our own apps call each other by one version alone. */
function versionsOf(app: AppDefinition): Map<number, Type[]> {
  const versions = new Map<number, Type[]>();
  for (const controller of app.controllers) {
    const path = String(Reflect.getMetadata('path', controller));
    const version = PUBLIC_APPS.includes(app) ? Number(/\/v(\d+)(\/|$)/.exec(path)?.[1] ?? 1) : 1;
    versions.set(version, [...(versions.get(version) ?? []), controller]);
  }
  return versions;
}

/** The OpenAPI document of one version of an app, from its controllers; nothing of the app is started. */
async function documentOf(app: AppDefinition, version: number, controllers: readonly Type[]): Promise<object> {
  const root: DynamicModule = {
    module: DocumentModule,
    controllers: [...controllers],
    providers: nothings(controllers),
  };
  const nest = await NestFactory.create<NestFastifyApplication>(root, new FastifyAdapter(), {
    logger: ['error'],
    abortOnError: false,
  });
  const routes = contractsOf(app).flatMap((contract) =>
    Object.values(contract.routes as Routes<Record<string, unknown>>),
  );
  const inputs = routes.map((route) => route.input);
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(`Crossdock ${app.name}`)
    .setDescription(descriptionOf(app))
    .setVersion(`${version}.0.0`)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0');
  const outside = PUBLIC_APPS.includes(app);
  if (outside) {
    config.addSecurity('key', {
      type: 'http',
      scheme: 'bearer',
      description: 'An API key: `Authorization: Bearer cdk_…`.',
    });
  }
  const emitted = SwaggerModule.createDocument(nest, config.build(), {
    extraModels: [...new Set(inputs), ...(outside ? [] : [InternalProblemDto])],
    operationIdFactory: operationId,
  });
  if (outside) nameDatedChanges(emitted);
  if (outside) addClientCredentials(emitted);
  if (!outside) documentProblems(emitted);
  if (version === 1 && app.needs?.includes(webhooksContract) === true)
    Object.assign(emitted, { webhooks: webhooksOf() });
  constrain(emitted.components?.schemas ?? {});
  constrainQueries(emitted, controllers, operationId);
  constrainPaths(emitted, routes);
  if (outside) exemplify(emitted);
  return published(
    emitted,
    inputs.map((input) => input.name),
  );
}

/** Between our own apps every operation fails the same way; audiences outside are told with `@Scope`. */
function documentProblems({ paths }: OpenAPIObject): void {
  const operations = Object.values(paths).flatMap(({ get, put, post, delete: remove }) => [get, put, post, remove]);
  for (const operation of operations) {
    if (operation === undefined) continue;
    operation.responses['default'] = {
      description: 'Any refusal or fault: RFC 9457 problem details with what a retry decides on.',
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(InternalProblemDto) } } },
    };
  }
}

/** Beside a key: a token of `POST /oauth/token`, for the scopes that the document's operations need. */
function addClientCredentials({ paths, components = {} }: OpenAPIObject): void {
  const operations = Object.values(paths).flatMap(({ get, put, post, delete: remove }) => [get, put, post, remove]);
  const needed = operations.flatMap((operation) =>
    (operation?.security ?? []).flatMap((each) => Object.values(each).flat()),
  );
  const scopes = Object.fromEntries([...new Set(needed)].sort().map((scope) => [scope, wordsOf(scope)]));
  components.securitySchemes = {
    ...components.securitySchemes,
    oauth2: {
      type: 'oauth2',
      description:
        'An OAuth client of the partner: `Authorization: Bearer <access token>` (RFC 9068). Tokens live for ten minutes.',
      flows: { clientCredentials: { tokenUrl: '/oauth/token', scopes } },
    },
  };
}

/** `portal:orders:read`: reads orders of the portal. */
function wordsOf(scope: string): string {
  const [audience = '', resource = '', right = ''] = scope.split(':');
  return `${right === 'read' ? 'reads' : 'changes'} ${resource.replaceAll('-', ' ')} (${audience})`;
}

/** An operation names the dates on which it changed: what is otherwise since then is served the old way to those who are pinned before. */
function nameDatedChanges({ paths }: OpenAPIObject): void {
  const operations = Object.values(paths).flatMap(({ get, put, post, delete: remove }) => [get, put, post, remove]);
  for (const operation of operations) {
    const dates = DATED_CHANGES.filter((change) => (operation?.operationId ?? '') in change.operations);
    if (operation !== undefined && dates.length > 0)
      Object.assign(operation, { 'x-dated-changes': dates.map(({ date }) => date) });
  }
}

/** What the controllers ask to be given: none of it is used, because no route is called. */
function nothings(controllers: readonly Type[]): Provider[] {
  const wanted = controllers.flatMap(
    (controller) => (Reflect.getMetadata('design:paramtypes', controller) ?? []) as Type[],
  );
  return [...new Set(wanted)].map((token) => ({ provide: token, useValue: {} }));
}

function descriptionOf(app: AppDefinition): string {
  const folder = app.layer === 'gateway' ? app.name : join(app.layer, app.name);
  const file = join(projectRoot(), 'apps', folder, 'README.md');
  if (!existsSync(file)) return `The ${app.name} API of Crossdock.`;
  const paragraphs = readFileSync(file, 'utf8').split(/\n\s*\n/);
  return (paragraphs.find((paragraph) => !paragraph.startsWith('#')) ?? '').replaceAll('\n', ' ').trim();
}

function operationId(controller: string, method: string): string {
  return `${lowerFirst(controller.replace(/Controller$/, ''))}.${method}`;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Everything that is written from the code: path in the repository → text. */
async function emitted(): Promise<Map<string, string>> {
  const documents = new Map<string, object>();
  for (const app of DOCUMENTED_APPS)
    for (const [version, controllers] of versionsOf(app))
      documents.set(`${app.layer}/${app.name}.v${version}`, await documentOf(app, version, controllers));
  const ids = JSON.stringify([...documents]).matchAll(/"operationId":"([^"]+)"/g);
  const unused = unusedExamples(new Set([...ids].map(([, id = '']) => id)));
  if (unused.length > 0) throw new Error(`tools/contracts/examples has no operation for ${unused.join(', ')}`);
  const texts = [...documents].map(([name, document]) => [`openapi/${name}.json`, jsonText(document)] as const);
  const events = ['openapi/events/events.v1.json', jsonText(eventsDocument())] as const;
  return new Map([...texts, events, ...(await sdkFiles(documents))]);
}

function jsonText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

async function main(): Promise<void> {
  const checking = process.argv.includes('--check');
  const stale: string[] = [];
  for (const [file, text] of await emitted()) {
    const path = join(projectRoot(), file);
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
    if (checking) {
      stale.push(file);
      continue;
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  if (stale.length > 0) {
    process.stderr.write(
      `not what the code emits (run "npm run contracts" and read the difference):\n  ${stale.join('\n  ')}\n`,
    );
    process.exit(1);
  }
}

void main();
