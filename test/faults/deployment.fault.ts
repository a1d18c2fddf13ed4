import { freePort } from '../support/running';
import { FaultWorld, orderDuring, pause, toldOf } from './world';

const ORDERS = 80;
const DEPLOYMENTS = 3;

describe('a deployment while orders are half-way', () => {
  it('F21 the old process is told to end, the next one takes over what it left, three times', async () => {
    const world = await FaultWorld.start({ environment: { PORT: String(await freePort()) } });
    const { crossdock } = world;
    try {
      const halfway: number[] = [];
      await orderDuring(world, 'DEPLOY', ORDERS, async () => {
        for (let deployment = 0; deployment < DEPLOYMENTS; deployment += 1) {
          halfway.push(await underWay(world));
          // It ends in order, also in the middle of everything: nobody has to kill it.
          expect(await crossdock.end()).toBe(0);
          await crossdock.restart();
          await pause(500);
        }
      });
      // A deployment that met nothing under way has shown nothing.
      expect(Math.min(...halfway)).toBeGreaterThan(0);
      await world.settled();
      await toldOf('F21', world, ORDERS, { deployments: DEPLOYMENTS, halfway });
    } finally {
      await world.stop();
    }
  });
});

/** Orders that the ERP has and has not billed yet. */
async function underWay(world: FaultWorld): Promise<number> {
  const { salesOrders = 0, invoices = 0 } = await world.counts('erp/main');
  return salesOrders - invoices;
}
