import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newAjv } from '#service/contract-check';
import { projectRoot } from '#service/documents';
import { World } from './support/world';

const NAME = 'events';
const document = JSON.parse(readFileSync(join(projectRoot(), 'openapi/events/events.v1.json'), 'utf8')) as {
  components: { messages: Record<string, { name: string; payload: object }>; schemas: Record<string, object> };
};

describe('events on the outbox', () => {
  const ajv = newAjv();
  ajv.addSchema({ $id: NAME, components: document.components });
  const checks = new Map(
    Object.entries(document.components.messages).map(([entry, { name }]) => [
      name,
      ajv.compile({ $ref: `${NAME}#/components/messages/${entry}/payload` }),
    ]),
  );

  it('are as the AsyncAPI document says, every one that an order leaves on its way', async () => {
    const world = await World.start('local');
    try {
      const headers = { authorization: `Bearer ${world.demo.keys.portal}`, 'content-type': 'application/json' };
      const lines = [{ line: 1, item: 'MUG-BLUE', quantity: { value: '2', unit: 'EA' } }];
      const body = JSON.stringify({ purchaseOrder: 'EVENTS-1', shipTo: 'BRISTOL', lines });
      const placed = await fetch(`${world.demo.url}/portal/v1/orders`, { method: 'POST', headers, body });
      expect(placed.status).toBe(201);
      const deadline = Date.now() + 90_000;
      let seen = new Set<string>();
      while (!seen.has('crossdock.shipments.progressed.v1') && Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        seen = new Set((await world.events()).map(({ type }) => type));
      }
      const faults = (await world.events()).flatMap(({ type, envelope }) => {
        const check = checks.get(type);
        if (check === undefined) return [`${type} is not in the document`];
        return check(envelope)
          ? []
          : (check.errors ?? []).map((error) => `${type} ${error.instancePath} ${error.message ?? ''}`);
      });
      expect([...new Set(faults)]).toEqual([]);
      expect([...seen]).toEqual(expect.arrayContaining(['crossdock.orders.changed.v1', 'crossdock.orders.released.v1', 'crossdock.wms.shipped.v1', 'crossdock.shipments.confirmed.v1'])); // prettier-ignore
    } finally {
      await world.close();
    }
  });
});
