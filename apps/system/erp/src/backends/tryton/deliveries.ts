import { CrossdockError } from '#canonical/errors';
import { refused } from '#resilience/outbound-errors';
import type { Delivery, ErpDocument } from '../../erp.port';
import type { TrytonClient } from './client';
import type { Directory } from './directory';
import { date, orderLine, pickPlan } from './mapping';
import type { ShipmentRow, WarehouseRow } from './native';
import { SHIPMENT_FIELDS } from './native';
import type { Sales } from './sales';
import type { TrytonSettings } from './settings';

/** Tryton has processed the sale so long after a shipment was done, or never will. */
const PROCESSING_MS = 10_000;
const OPEN = ['draft', 'waiting', 'assigned'];

/**
 * Goods issue of a sale's `stock.shipment.out`. The open shipment is claimed by writing our key into its reference together with
 * the delivered quantities, in one call that fails when anyone changed it since it was read; then it goes through Tryton's own
 * states to done. Each step is found in the shipment's state, so that an interrupted delivery goes on where it stopped.
 */
export class Deliveries {
  constructor(
    private readonly client: TrytonClient,
    private readonly directory: Directory,
    private readonly sales: Sales,
    private readonly settings: TrytonSettings,
    private readonly connection: string,
  ) {}

  /** undefined when there is none, and when one is claimed but not done: `post` finishes that. */
  async find(businessKey: string): Promise<ErpDocument | undefined> {
    const shipment = await this.claimed(businessKey);
    return shipment?.state === 'done' ? { documentNumber: shipment.number } : undefined;
  }

  async post(delivery: Delivery): Promise<ErpDocument> {
    const warehouse = await this.directory.warehouseOf(delivery.node);
    let shipment = await this.claimed(delivery.businessKey);
    if (shipment === undefined || OPEN.includes(shipment.state)) {
      shipment = await this.claim(delivery, shipment ?? (await this.openShipment(delivery)), warehouse);
      await this.assign(shipment);
      shipment = { ...shipment, state: 'assigned' };
    }
    const steps = {
      assigned: ['pick', 'pack', 'done'],
      picked: ['pack', 'done'],
      packed: ['done'],
      done: [],
      cancelled: [],
    };
    if (shipment.state === 'cancelled')
      throw this.no(`shipment ${shipment.number} of ${delivery.businessKey} was cancelled in Tryton`);
    for (const step of steps[shipment.state as keyof typeof steps]) {
      await this.client.change(`stock.shipment.out.${step}`, [shipment.id]);
    }
    return { documentNumber: shipment.number };
  }

  async claimed(businessKey: string): Promise<ShipmentRow | undefined> {
    const [row] = await this.client.search<ShipmentRow>(
      'stock.shipment.out',
      [['reference', '=', businessKey]],
      SHIPMENT_FIELDS,
    );
    return row;
  }

  /** Shipments of a sale that nothing was done with yet and nobody claimed, oldest first. */
  async open(sale: number): Promise<ShipmentRow[]> {
    return (await this.ofSale(sale)).filter(isOpen);
  }

  async ofSale(sale: number): Promise<ShipmentRow[]> {
    const domain = [['moves.sale', '=', sale]];
    return this.client.search<ShipmentRow>('stock.shipment.out', domain, SHIPMENT_FIELDS, { order: [['id', 'ASC']] });
  }

  /**
   * Tryton makes the shipment and the invoice of what is left when it processes the sale after a delivery, in a transaction of its
   * own; that may have been interrupted. But two that process one sale at once do not see each other's moves and make the rest
   * twice: so nobody does while a delivery is under way, or Tryton may still be at it. Errors: BACKEND_UNAVAILABLE.
   */
  async processAgain(sale: number, shipments: readonly ShipmentRow[]): Promise<void> {
    const busyRow = shipments.find((row) => isUnderWay(row) || isJustDone(row));
    if (busyRow !== undefined) throw busyWith(this.connection, busyRow);
    await this.client.change('sale.sale.process', [sale]);
  }

  private async openShipment(delivery: Delivery): Promise<ShipmentRow> {
    const sale = await this.sales.processed(delivery.salesOrder);
    let all = await this.ofSale(sale.id);
    if (!all.some(isOpen)) {
      await this.processAgain(sale.id, all);
      all = await this.ofSale(sale.id);
    }
    const open = all.filter(isOpen);
    const wanted = new Set(delivery.lines.map((line) => line.line));
    const fitting = open.find((row) => {
      const lines = new Set(row['outgoing_moves.'].map(orderLine));
      return [...wanted].every((line) => lines.has(line));
    });
    if (fitting !== undefined) return fitting;
    const underWay = all.find(isUnderWay);
    if (underWay !== undefined) throw busyWith(this.connection, underWay);
    throw this.no(`sale ${sale.number ?? sale.id} has no open shipment with the lines ${[...wanted].join(', ')}`);
  }

  private async claim(delivery: Delivery, found: ShipmentRow, warehouse: WarehouseRow): Promise<ShipmentRow> {
    const shipment = await this.waitingAt(found, warehouse);
    const plan = pickPlan(delivery, shipment);
    if (plan.excess.length > 0) {
      await this.release(shipment);
      throw this.no(`more was delivered than shipment ${shipment.number} holds: ${plan.excess.join('; ')}`);
    }
    await this.client.changeUnchanged(timestamp(shipment), 'stock.shipment.out.write', [shipment.id], {
      reference: delivery.businessKey,
      effective_date: date(delivery.shippedAt),
      ...(plan.commands.length > 0 && { moves: plan.commands }),
    });
    return shipment;
  }

  /** In state waiting, with fresh inventory moves, in the warehouse that shipped. */
  private async waitingAt(shipment: ShipmentRow, warehouse: WarehouseRow): Promise<ShipmentRow> {
    if (shipment.warehouse === warehouse.id && shipment.state === 'waiting' && !shipment.reference) return shipment;
    if (shipment.warehouse !== warehouse.id) {
      if (shipment.state !== 'draft') await this.client.change('stock.shipment.out.draft', [shipment.id]);
      const inventory = shipment['inventory_moves.'].map((move) => move.id);
      const outgoing = shipment['outgoing_moves.'].map((move) => move.id);
      await this.client.change('stock.shipment.out.write', [shipment.id], {
        warehouse: warehouse.id,
        moves: [
          ...(inventory.length > 0 ? [['delete', inventory]] : []),
          ['write', outgoing, { from_location: warehouse.output_location }],
        ],
      });
    }
    await this.client.change('stock.shipment.out.wait', [shipment.id]);
    const [fresh] = await this.client.read<ShipmentRow>('stock.shipment.out', [shipment.id], SHIPMENT_FIELDS);
    return fresh ?? shipment;
  }

  private async assign(shipment: ShipmentRow): Promise<void> {
    if (await this.client.change<boolean>('stock.shipment.out.assign_try', [shipment.id])) return;
    if (this.settings.forceAssignment) {
      await this.client.change('stock.shipment.out.assign_force', [shipment.id]);
      return;
    }
    await this.release(shipment);
    throw this.no(`Tryton has too little stock in the warehouse for shipment ${shipment.number}`);
  }

  /** A refused delivery leaves the shipment as it was, for the next one. */
  private async release(shipment: ShipmentRow): Promise<void> {
    await this.client.change('stock.shipment.out.wait', [shipment.id]);
    await this.client.change('stock.shipment.out.write', [shipment.id], { reference: null, effective_date: null });
  }

  private no(message: string): CrossdockError {
    return refused({ connection: this.connection, operation: 'stock.shipment.out' }, message);
  }
}

/** Nothing was done with it yet, and nobody claimed it. */
export function isOpen(row: ShipmentRow): boolean {
  return OPEN.includes(row.state) && !row.reference;
}

export function timestamp(shipment: ShipmentRow): Record<string, string> {
  return { [`stock.shipment.out,${shipment.id}`]: shipment._timestamp };
}

/** Claimed for a delivery or a cancellation that has not come to its end. */
export function isUnderWay(row: ShipmentRow): boolean {
  return Boolean(row.reference) && row.state !== 'done' && row.state !== 'cancelled';
}

/** By Tryton's clock, in the time zone of its database: hours away from ours where that is not UTC. A cancelled one leaves nothing over. */
function isJustDone(row: ShipmentRow): boolean {
  return row.state === 'done' && Math.abs(Date.now() - Number(row._timestamp) * 1000) < PROCESSING_MS;
}

export function busyWith(connection: string, { number, reference }: ShipmentRow): CrossdockError {
  return busy(connection, `shipment ${number} of the sale is being posted for ${String(reference)}`);
}

/** Somebody is at work on the same shipment; a moment later the answer is another one. */
function busy(connection: string, message: string): CrossdockError {
  return new CrossdockError({
    code: 'BACKEND_UNAVAILABLE',
    kind: 'unavailable',
    message: `${connection}: ${message}`,
    source: connection,
    details: { operation: 'stock.shipment.out' },
    retryAfter: 2,
  });
}
