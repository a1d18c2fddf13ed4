import { Decimal, plain } from '#canonical/decimal';
import type { CrossdockError } from '#canonical/errors';
import { refused } from '#resilience/outbound-errors';
import type { Cancellation, ErpDocument } from '../../erp.port';
import type { TrytonClient } from './client';
import type { Deliveries } from './deliveries';
import { busyWith, isOpen, isUnderWay, timestamp } from './deliveries';
import { byLine, orderLine, quantityText } from './mapping';
import type { OutgoingMoveRow, SaleRow, ShipmentRow, ShipmentState, Values } from './native';
import type { Sales } from './sales';
import { furthest } from './sales';

/** States of a shipment that a delivery has claimed and not finished; a cancellation's own is a draft until it is cancelled. */
const DELIVERING: readonly ShipmentState[] = ['waiting', 'assigned', 'picked', 'packed'];

/**
 * Tryton 6.0 cannot take quantity off a sale that is being processed. What it can do: cancel moves and then be told to ignore
 * them. So the cancelled quantities become a shipment of their own, with the cancellation's key as reference; the open shipment
 * is lowered by as much; the new one is cancelled, and the sale's exception is answered with "ignore". Every step is decided
 * from what is there, so that an interrupted cancellation goes on where it stopped.
 */
export class Cancellations {
  constructor(
    private readonly client: TrytonClient,
    private readonly sales: Sales,
    private readonly deliveries: Deliveries,
    private readonly connection: string,
  ) {}

  async find(cancellation: Cancellation): Promise<ErpDocument | undefined> {
    const shipment = await this.deliveries.claimed(cancellation.businessKey);
    if (shipment !== undefined) {
      const sale = furthest(await this.sales.withKey(cancellation.salesOrder));
      const halfway = sale !== undefined && (await this.deliveries.open(sale.id)).some((row) => row.state === 'draft');
      return isSettled(shipment) && !halfway ? { documentNumber: shipment.number } : undefined;
    }
    const sale = furthest(await this.sales.withKey(cancellation.salesOrder));
    return sale?.state === 'cancelled' ? cancelledSale(sale) : undefined;
  }

  async cancel(cancellation: Cancellation): Promise<ErpDocument> {
    const sale = furthest(await this.sales.withKey(cancellation.salesOrder));
    if (sale === undefined) throw this.no(`Tryton has no sale for ${cancellation.salesOrder}`);
    if (sale.state === 'cancelled') return cancelledSale(sale);
    if (cancellation.lines === undefined && (sale.state === 'draft' || sale.state === 'quotation')) {
      await this.client.change('sale.sale.cancel', [sale.id]);
      return cancelledSale(sale);
    }
    const processed = await this.sales.processed(cancellation.salesOrder);
    const shipment =
      (await this.deliveries.claimed(cancellation.businessKey)) ?? (await this.separate(cancellation, processed));
    await this.lower(processed, shipment);
    if (shipment.state !== 'cancelled') await this.client.change('stock.shipment.out.cancel', [shipment.id]);
    await this.ignore(processed, shipment);
    return { documentNumber: shipment.number };
  }

  /** A shipment that holds what is cancelled. Until `lower` the moves of a line add up to more than was sold; that is harmless. */
  private async separate(cancellation: Cancellation, sale: SaleRow): Promise<ShipmentRow> {
    const shipments = await this.deliveries.ofSale(sale.id);
    const open = shipments.filter(isOpen);
    const available = open.flatMap((row) => row['outgoing_moves.']).filter((move) => orderLine(move) !== undefined);
    const [source] = open;
    const { moves, excess } = cancelledMoves(cancellation, available, source?.company);
    if (source === undefined || moves.length === 0 || excess.length > 0)
      this.assertNoneUnderWay(shipments, ['draft', ...DELIVERING]);
    if (excess.length > 0) throw this.no(`it is too late to cancel that much: ${excess.join('; ')}`);
    if (source === undefined || moves.length === 0)
      throw this.no(
        `nothing of sale ${sale.number ?? sale.id} is left to cancel: it was delivered or is being delivered`,
      );
    await this.client.change('stock.shipment.out.create', [
      {
        customer: source.customer,
        delivery_address: source.delivery_address,
        warehouse: source.warehouse,
        company: source.company,
        reference: cancellation.businessKey,
        moves: [['create', moves]],
      },
    ]);
    const made = await this.deliveries.claimed(cancellation.businessKey);
    if (made === undefined) throw this.no('Tryton did not keep the shipment that was just made');
    return made;
  }

  /** What a delivery leaves over becomes a shipment of its own when it is done: until then nobody can say what is left. */
  private assertNoneUnderWay(shipments: readonly ShipmentRow[], states = DELIVERING): void {
    const underWay = shipments.find((row) => isUnderWay(row) && states.includes(row.state));
    if (underWay !== undefined) throw busyWith(this.connection, underWay);
  }

  /** Brings the open shipments down to what is still to be delivered: sold − everything in other shipments. */
  private async lower(sale: SaleRow, cancelled: ShipmentRow): Promise<void> {
    if (isSettled(cancelled) && !(await this.deliveries.open(sale.id)).some((row) => row.state === 'draft')) return;
    const sold = await this.client.search<{ sequence: number | null; quantity: number | null }>('sale.line', [['sale', '=', sale.id]], ['sequence', 'quantity']); // prettier-ignore
    const shipments = await this.deliveries.ofSale(sale.id);
    // A delivery that was nearly done before the cancelled shipment was there leaves more over than is left.
    this.assertNoneUnderWay(shipments);
    const elsewhere = byLine(shipments.filter((row) => !isOpen(row)).flatMap(movesByLine));
    const left = byLine(sold.map((line) => ({ line: line.sequence ?? undefined, quantity: line.quantity ?? 0 })));
    for (const [line, quantity] of elsewhere) left.set(line, (left.get(line) ?? new Decimal(0)).minus(quantity));
    for (const shipment of shipments.filter(isOpen)) await this.lowerTo(shipment, left);
  }

  private async lowerTo(shipment: ShipmentRow, left: Map<number, Decimal>): Promise<void> {
    const commands: unknown[] = [];
    const unwanted: number[] = [];
    for (const move of shipment['outgoing_moves.']) {
      const line = orderLine(move);
      if (line === undefined) continue;
      const rest = left.get(line) ?? new Decimal(0);
      const kept = Decimal.max(0, Decimal.min(rest, move.quantity));
      left.set(line, rest.minus(kept));
      if (kept.lte(0)) unwanted.push(move.id);
      else if (!kept.eq(move.quantity)) commands.push(['write', [move.id], { quantity: kept.toNumber() }]);
    }
    if (unwanted.length > 0) commands.push(['delete', unwanted]);
    if (commands.length === 0 && shipment.state !== 'draft') return;
    const empty = unwanted.length === shipment['outgoing_moves.'].length;
    // Going to draft notices a delivery that claimed the shipment meanwhile.
    if (shipment.state !== 'draft')
      await this.client.changeUnchanged(timestamp(shipment), 'stock.shipment.out.draft', [shipment.id]);
    if (empty) {
      await this.client.change('stock.shipment.out.delete', [shipment.id]);
      return;
    }
    if (commands.length > 0) await this.client.change('stock.shipment.out.write', [shipment.id], { moves: commands });
    await this.client.change('stock.shipment.out.wait', [shipment.id]);
  }

  private async ignore(sale: SaleRow, shipment: ShipmentRow): Promise<void> {
    const moves = shipment['outgoing_moves.'].filter((move) => move.sale_exception_state === '').map((move) => move.id);
    if (moves.length === 0) return;
    const forms = { ask: { recreate_moves: [], domain_moves: moves } };
    await this.client.wizard('sale.handle.shipment.exception', 'sale.sale', sale.id, 'handle', forms);
  }

  private no(message: string): CrossdockError {
    return refused({ connection: this.connection, operation: 'cancel' }, message);
  }
}

function isSettled(shipment: ShipmentRow): boolean {
  return (
    shipment.state === 'cancelled' && shipment['outgoing_moves.'].every((move) => move.sale_exception_state !== '')
  );
}

function cancelledSale(sale: SaleRow): ErpDocument {
  return { documentNumber: sale.number ?? `sale ${sale.id}` };
}

function movesByLine(shipment: ShipmentRow): { line: number | undefined; quantity: string }[] {
  return shipment['outgoing_moves.'].map((move) => ({ line: orderLine(move), quantity: quantityText(move.quantity) }));
}

/** What is taken of each open move; `excess` names what is wanted beyond them. */
function cancelledMoves(
  cancellation: Cancellation,
  available: readonly OutgoingMoveRow[],
  company: number | undefined,
): { moves: Values[]; excess: string[] } {
  const left = cancellation.lines === undefined ? undefined : byLine(cancellation.lines);
  const moves: Values[] = [];
  for (const move of available) {
    const line = orderLine(move) ?? 0;
    const wanted = left === undefined ? new Decimal(move.quantity) : (left.get(line) ?? new Decimal(0));
    const taken = Decimal.min(wanted, move.quantity);
    if (taken.lte(0)) continue;
    left?.set(line, wanted.minus(taken));
    const { product, uom, unit_price, currency, from_location, to_location, origin } = move;
    moves.push({
      product,
      uom,
      unit_price,
      currency,
      from_location,
      to_location,
      origin,
      company,
      quantity: taken.toNumber(),
    });
  }
  const excess = [...(left ?? [])]
    .filter(([, rest]) => rest.gt(0))
    .map(([line, rest]) => `line ${line}: ${plain(rest)} more than is open`);
  return { moves, excess };
}
