import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Deprecation } from '../documents/operations';
import type { Ending } from './dated-versions';

/** Where a partner reads what a deprecation means for it. */
const EXPLAINED = '</developers/changelog>; rel="deprecation"; type="text/html"';

/** `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and links: an operation that ends says so on every answer, and so does a date. */
export function sayEnding(
  { params }: FastifyRequest,
  reply: FastifyReply,
  operation: Deprecation | undefined,
  date: Ending | undefined,
): void {
  const ending = operation ?? date;
  if (ending === undefined) return;
  const successor =
    operation === undefined
      ? ''
      : `, <${filled(operation.successor, params as Record<string, string>)}>; rel="successor-version"`;
  void reply
    .header('deprecation', `@${Date.parse(ending.since) / 1000}`)
    .header('sunset', new Date(ending.sunset).toUTCString())
    .header('link', `${EXPLAINED}${successor}`);
}

/** The path with the ids of the request in it. */
function filled(path: string, ids: Readonly<Record<string, string>>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name] ?? ''));
}
