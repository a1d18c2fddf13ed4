import { PROCESS_APPS, SYSTEM_APPS } from '../../apps/all-in-one/src/apps';
import { availabilitySuite } from './bindings/availability';
import { connectionsSuite } from './bindings/connections';
import { erpSuite } from './bindings/erp';
import { exceptionsSuite } from './bindings/exceptions';
import { ledgerSuite } from './bindings/ledger';
import { feedsSuite } from './bindings/feeds';
import { ordersSuite } from './bindings/orders';
import { policiesSuite } from './bindings/policies';
import { planningSuite } from './bindings/planning';
import { referenceSuite } from './bindings/reference';
import { shipmentsSuite } from './bindings/shipments';
import { tmsSuite } from './bindings/tms';
import { webhooksSuite } from './bindings/webhooks';
import { validationSuite } from './bindings/validation';
import { wmsSuite } from './bindings/wms';
import { Both } from './support/both';

describe('local and HTTP bindings answer alike, and as their documents say', () => {
  let both: Both;
  beforeAll(async () => {
    both = await Both.start();
  });
  afterAll(() => both.close());

  const running = (): Both => both;
  ordersSuite(running);
  validationSuite(running);
  shipmentsSuite(running);
  exceptionsSuite(running);
  availabilitySuite(running);
  ledgerSuite(running);
  policiesSuite(running);
  planningSuite(running);
  feedsSuite(running);
  referenceSuite(running);
  erpSuite(running);
  wmsSuite(running);
  tmsSuite(running);
  connectionsSuite(running);
  webhooksSuite(running);

  it('nothing that went between the apps was undocumented', () => {
    expect([...both.local.faults, ...both.http.faults]).toEqual([]);
  });

  it('every operation of every process and system app was called, through both', () => {
    const documents = [...PROCESS_APPS, ...SYSTEM_APPS].map(({ layer, name }) => `${layer}/${name}.v1`);
    for (const world of both.worlds) {
      const operations = documents.flatMap((name) => world.document(name).operations.map(({ id }) => id));
      expect(operations.filter((id) => !world.answered.has(id))).toEqual([]);
    }
  });
});
