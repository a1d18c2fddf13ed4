import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CrossdockError } from '#canonical/errors';
import { projectRoot } from '#service/documents';
import { CONTENT_SECURITY_POLICY } from '../docs-page/routes';

/** Where the build puts the pages: `npm run build`. */
const BUILT = join('apps', 'web', 'dist');
const HOME = '/developers';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
};

interface PageFile {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
  /** Made when it is first asked for. */
  packed?: Buffer;
}

/** The developer portal: files that the build has made, read once. They are the same for everybody and hold no secret. */
export function registerWebPages(fastify: FastifyInstance): void {
  const files = filesUnder(join(projectRoot(), BUILT));
  const page = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    send(request, reply, files.get('portal.html'), 'no-cache');
  fastify.get(HOME, page);
  fastify.get<{ Params: { '*': string } }>(`${HOME}/*`, (request, reply) => {
    const name = request.params['*'];
    if (!name.startsWith('assets/')) return page(request, reply);
    return send(request, reply, files.get(name), 'public, max-age=31536000, immutable');
  });
}

function send(request: FastifyRequest, reply: FastifyReply, file: PageFile | undefined, caching: string): FastifyReply {
  if (file === undefined)
    throw new CrossdockError({ code: 'ROUTE_UNKNOWN', kind: 'not-found', message: 'there is no such page' });
  void reply.headers({ 'content-security-policy': CONTENT_SECURITY_POLICY, 'cache-control': caching, etag: file.etag });
  void reply.headers({ vary: 'accept-encoding', 'referrer-policy': 'same-origin' });
  if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
  void reply.type(file.type);
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(file.body);
  file.packed ??= gzipSync(file.body);
  return reply.header('content-encoding', 'gzip').send(file.packed);
}

function filesUnder(directory: string): Map<string, PageFile> {
  if (!existsSync(directory)) return new Map();
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const body = readFileSync(path);
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
      const type = TYPES[extname(entry.name)] ?? 'application/octet-stream';
      return [path.slice(directory.length + 1).replaceAll('\\', '/'), { body, type, etag }];
    }),
  );
}
