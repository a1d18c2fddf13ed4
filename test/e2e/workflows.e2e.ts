import { randomUUID } from 'node:crypto';
import { ContractResponses } from '#testing/contract-responses';
import { TestReceiver } from '../../apps/process/webhooks/test/receiver';
import { arazzoDocuments } from '../../tools/arazzo/document';
import { run } from '../../tools/arazzo/runner';
import { Client } from '../support/client';
import { Running } from '../support/running';

const split = process.env['CROSSDOCK_E2E_SPLIT'] === '1';

/** The Arazzo workflows of openapi/arazzo, run as they are written, each with a key that has the scopes it names and no others. */
describe('the published workflows', () => {
  let crossdock: Running;
  let shop: TestReceiver;
  const portal = new ContractResponses('experience/portal.v1');
  beforeAll(async () => {
    crossdock = await Running.start({ split, environment: { CROSSDOCK_SANDBOX_SPEED: '50' } });
    shop = await TestReceiver.start();
  });
  afterAll(async () => {
    await shop.close();
    await crossdock.stop();
  });

  it.each([...arazzoDocuments()])('%s succeeds, and every answer on the way is documented', async (_, document) => {
    const { demo } = crossdock;
    const account = new Client(demo.url, demo.keys.portal);
    for (const workflow of document.workflows) {
      const issued = await account.post('/account/v1/keys', { name: workflow.workflowId, mode: 'test', scopes: workflow['x-scopes'] }); // prettier-ignore
      expect(issued.status).toBe(201);
      const faults: string[] = [];
      const { steps } = await run(document, workflow, {
        url: demo.url,
        key: issued.body.key as string,
        inputs: {
          purchaseOrder: `FLOW-${randomUUID()}`,
          item: workflow.workflowId === 'cancel-order' ? demo.sample.scarceItem : demo.sample.item,
          unit: demo.sample.unit,
          shipTo: demo.sample.shipTo,
          receiver: shop.url,
          since: '2026-01-01T00:00:00Z',
        },
        onAnswer: (id, { status, headers, body }) =>
          faults.push(...portal.faults(id, { status, headers: Object.fromEntries(headers), body })),
      });
      expect(new Set(steps)).toEqual(new Set(workflow.steps.map(({ stepId }) => stepId)));
      expect(faults).toEqual([]);
    }
  });

  it('reached the receiver: the test, the order, and what was sent again under the same id', async () => {
    await shop.until(() => shop.types().includes('order.shipped') && shop.types().includes('webhook.test'));
    const ids = shop.received.map(({ id }) => id);
    await shop.until(() => shop.received.length > new Set(ids).size);
  });
});
