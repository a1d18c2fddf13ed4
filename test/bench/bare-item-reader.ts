import { fastify } from 'fastify';
import { Outbox } from '#messaging/outbox';
import { Database } from '#persistence/database';
import { portalItem } from '../../apps/experience/portal/src/views/items';
import { ReferenceService } from '../../apps/process/reference/src/reference.service';

/**
 * The handler of `GET /portal/v1/items/{sku}` on bare Fastify, with nothing before it: no key, limit, contract or log. A process of its own, as ours
 * is: `node bare-item-reader.js <database url>`.
 */
async function serve(url: string): Promise<void> {
  const database = await Database.connect({ url, poolSize: 10 });
  // Reading an item publishes nothing.
  const reference = new ReferenceService(database, Object.create(Outbox.prototype) as Outbox);
  const server = fastify();
  server.get<{ Params: { sku: string } }>('/items/:sku', async ({ params }) =>
    portalItem(await reference.getItem({ sku: params.sku })),
  );
  process.send?.(await server.listen({ port: 0, host: '127.0.0.1' }));
  process.once('disconnect', () => process.exit(0));
}

const [, , url] = process.argv;
if (url === undefined) throw new Error('bare-item-reader <database url>');
void serve(url);
