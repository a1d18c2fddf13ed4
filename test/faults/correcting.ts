import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, type Answer } from '../support/client';
import { PatientPartner } from '../support/partner';
import { ITEMS, type FaultWorld } from './world';

const WAREHOUSE = 'wms-north:';
/** Ordered, and what of it is said to have left after all: less each time, because what is then open ships anew at once. */
const ORDERED = '3';
const CORRECTED = ['2', '1'] as const;

/** Orders that ship, and what is then taken back of them: by a person or by the warehouse itself, until it is told to stop. */
export class Correcting {
  readonly partner = new PatientPartner(() => this.world.portal);
  /** Shipments that were said anew, by how. */
  readonly said = { corrections: 0, voids: 0, byWarehouse: 0 };
  private over = false;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly world: FaultWorld,
    private readonly name: string,
  ) {}

  start(workers: number): void {
    this.running = Promise.all(Array.from({ length: workers }, (_, worker) => this.work(worker)));
    this.running.catch(() => undefined);
  }

  /** Once what each worker is at is answered. */
  async stop(): Promise<void> {
    this.over = true;
    await this.running;
  }

  private async work(worker: number): Promise<void> {
    for (let number = 0; !this.over; number += 1) {
      const purchaseOrder = `${this.name}-${worker}-${number}`;
      const item = ITEMS[(number + worker) % ITEMS.length]!;
      const lines = [{ line: 1, item, quantity: { value: ORDERED, unit: 'EA' } }];
      const order = await this.partner.place(purchaseOrder, { shipTo: 'BRISTOL', lines }, `key-${purchaseOrder}`);
      const shipment = await this.shipmentOf([...order.ids][0]!);
      await this.takeBack(shipment, (number + worker) % 4);
    }
  }

  private async shipmentOf(order: string): Promise<any> {
    const ask = () => this.world.operations.get(`/operations/v1/shipments?order=${order}`).catch(() => undefined);
    const found = await eventually(ask, (answer) => answer?.body.shipments?.length > 0, 240);
    return found!.body.shipments[0];
  }

  /** Two ways to say two things; one that was corrected is sometimes corrected once more, or void after all. */
  private async takeBack(shipment: any, kind: number): Promise<void> {
    if (kind === 0) {
      await this.correct(shipment, 2, CORRECTED[0]);
      await this.correct(shipment, 3, CORRECTED[1]);
    } else if (kind === 1) await this.void(shipment, 2);
    else if (kind === 2) {
      await this.sayCorrected(shipment, 2, CORRECTED[0]);
      await this.sayVoided(shipment, 3);
    } else await this.sayVoided(shipment, 2);
  }

  private async correct(shipment: any, revision: number, quantity: string): Promise<void> {
    const { node, shippedAt, lines } = shipment.content;
    const body = { revision, reason: 'counted again', node, shippedAt, lines: [{ line: 1, item: lines[0].item, quantity }] }; // prettier-ignore
    await insist(() => this.world.operations.post(`${pathOf(shipment)}/corrections`, body));
    this.said.corrections += 1;
  }

  private async void(shipment: any, revision: number): Promise<void> {
    await insist(() => this.world.operations.post(`${pathOf(shipment)}/void`, { revision, reason: 'never left' }));
    this.said.voids += 1;
  }

  private async sayCorrected(shipment: any, revision: number, quantity: string): Promise<void> {
    const { shippedAt, lines } = shipment.content;
    await this.say('corrected', shipment, revision, { shippedAt, lines: [{ line: 1, item: lines[0].item, quantity }] });
    this.said.corrections += 1;
  }

  private async sayVoided(shipment: any, revision: number): Promise<void> {
    await this.say('voided', shipment, revision, {});
    this.said.voids += 1;
  }

  /** The same message until it is taken, as a warehouse does. */
  private async say(word: string, shipment: any, revision: number, more: object): Promise<void> {
    const id = `${word}-${shipment.id}-${revision}`;
    const event = {
      ...{ id, type: `shipment.${word}`, occurredAt: shipment.content.shippedAt, node: 'DC-NORTH' },
      ...{ externalId: shipment.fulfilmentOrder, shipmentId: shipment.id.slice(WAREHOUSE.length) },
      ...{ revision, reason: 'counted again', ...more },
    };
    await insist(() => this.world.say(event, `msg_${id}`));
    this.said.byWarehouse += 1;
  }
}

const pathOf = ({ id }: { id: string }): string => `/operations/v1/shipments/${encodeURIComponent(id)}`;

/** Whatever was not answered, or not for good, is said again as it was. A refusal is a fault of the test or of the product. */
async function insist(call: () => Promise<Answer>): Promise<void> {
  for (const deadline = Date.now() + 240_000; Date.now() < deadline;) {
    const answer = await call().catch(() => undefined);
    if (answer && answer.status < 300) return;
    if (answer && answer.status < 500 && answer.status !== 429)
      throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    await sleep(100);
  }
  throw new Error('no answer within four minutes');
}
