import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { CrossdockError } from '#canonical/errors';
import { projectRoot } from '#service/documents';
import type { NamedDocument } from '../documents/operations';
import { documentPage, errorRows, errorsPage, pageOf, startPage, type WorkflowFile } from './pages';
import { STYLE } from './style';

/** Nothing but our own: no script at all, no other host (docs of the web surfaces, rule 12). */
export const CONTENT_SECURITY_POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
  "connect-src 'self'; worker-src 'self' blob:; frame-ancestors 'none'";

const JSON_TYPE = 'application/json; charset=utf-8';
/** RFC 9512. */
const YAML = 'application/yaml; charset=utf-8';

/** The committed documents as they are, and as pages to read. Open to all: they hold no secret. */
export function registerDocsPage(fastify: FastifyInstance, documents: readonly NamedDocument[]): void {
  const workflows = workflowFiles();
  const files = new Map(documents.map((named) => [`${pageOf(named)}.json`, JSON.stringify(named.document, null, 2)]));
  for (const { file, text } of workflows) files.set(file, text);
  const pages = new Map(documents.map((named) => [pageOf(named), documentPage(documents, named)]));
  pages.set('errors', errorsPage(documents, errorRows(registry())));
  const start = startPage(documents, workflows);

  fastify.get<{ Params: { file: string } }>('/openapi/:file', (request, reply) =>
    send(reply, files.get(request.params.file), request.params.file.endsWith('.yaml') ? YAML : JSON_TYPE),
  );
  fastify.get('/docs', (_request, reply) => send(reply, start, 'text/html; charset=utf-8'));
  fastify.get('/docs/style.css', (_request, reply) => send(reply, STYLE, 'text/css; charset=utf-8'));
  fastify.get<{ Params: { page: string } }>('/docs/:page', (request, reply) =>
    send(reply, pages.get(request.params.page), 'text/html; charset=utf-8'),
  );
}

async function send(reply: FastifyReply, text: string | undefined, type: string): Promise<FastifyReply> {
  if (text === undefined)
    throw new CrossdockError({ code: 'ROUTE_UNKNOWN', kind: 'not-found', message: 'there is no such document' });
  return reply
    .header('content-security-policy', CONTENT_SECURITY_POLICY)
    .header('cache-control', 'public, max-age=60')
    .type(type)
    .send(text);
}

/** The Arazzo workflows, as they lie under openapi/arazzo. */
function workflowFiles(): WorkflowFile[] {
  const folder = join(projectRoot(), 'openapi', 'arazzo');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
}

function registry(): string {
  const path = join(projectRoot(), 'docs', 'errors.md');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
