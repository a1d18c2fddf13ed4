import { Injectable } from '@nestjs/common';
import { add } from '#canonical/decimal';
import type { ConfirmShipmentRequest } from '#contracts/shipments/shipments.dto';
import type { Transaction } from '#persistence/database';
import { Log } from '#service/logging';
import { EffectRunner } from '../effects/effect-runner';
import { GoodsIssue } from '../effects/goods-issue';
import { Notices } from '../effects/notice';
import { addEffects } from '../out/effect.store';
import { lockSubjects } from '../out/locks';
import * as store from '../out/shipment.store';
import { TrackShipment } from '../track-shipment/track-shipment';
import { decideConfirmation, lineKey } from './decide';
import type { ConfirmedShipment, EffectName, FulfilmentOrder } from './shipment';
import { contentHash } from './shipment';

export interface Arrival {
  readonly request: ConfirmShipmentRequest;
  readonly correlationId: string;
}
export type ConfirmationOutcome = 'confirmed' | 'replayed' | 'parked' | 'conflict';

/** Records what warehouses say has left, many at once, each exactly once. */
@Injectable()
export class ConfirmShipment {
  constructor(
    private readonly runner: EffectRunner,
    private readonly goodsIssue: GoodsIssue,
    private readonly tracking: TrackShipment,
    private readonly notices: Notices,
    private readonly log: Log,
  ) {}

  /** Answers one outcome per arrival, in their order. A conflict is kept as evidence and changes nothing. */
  async confirm(tx: Transaction, arrivals: readonly Arrival[]): Promise<ConfirmationOutcome[]> {
    const arrived = arrivals.map(({ request, correlationId }) => ({
      ...{ id: request.shipmentId, fulfilmentOrder: request.fulfilmentOrder, request, correlationId },
      contentHash: contentHash(request),
    }));
    await lockSubjects(tx, 'fulfilmentOrder', arrived.map(({ fulfilmentOrder }) => fulfilmentOrder)); // prettier-ignore
    const fresh = await store.insertArrived(tx, arrived);
    const orders = [
      ...new Set(arrived.filter(({ id }) => fresh.has(id)).map(({ fulfilmentOrder }) => fulfilmentOrder)),
    ];
    const confirmed = await this.applyParked(tx, orders);
    const stored = await store.hashesOf(tx, arrived.map(({ id }) => id)); // prettier-ignore
    const seen = new Set<string>();
    const outcomes = arrived.map(({ id, contentHash: hash }): ConfirmationOutcome => {
      const first = fresh.has(id) && !seen.has(id);
      seen.add(id);
      if (first) return confirmed.has(id) ? 'confirmed' : 'parked';
      return stored.get(id)?.contentHash === hash ? 'replayed' : 'conflict';
    });
    await this.keepConflicts(tx, arrived.filter((_, index) => outcomes[index] === 'conflict')); // prettier-ignore
    return outcomes;
  }

  /** Fulfilment orders became known: shipments that waited for them are confirmed now. */
  async released(tx: Transaction, fulfilmentOrders: readonly FulfilmentOrder[]): Promise<void> {
    const ids = fulfilmentOrders.map(({ id }) => id);
    await lockSubjects(tx, 'fulfilmentOrder', ids);
    await store.addFulfilmentOrders(tx, fulfilmentOrders);
    await this.applyParked(tx, ids);
  }

  /** Confirms every parked shipment of these fulfilment orders that are known. The caller holds their locks. */
  private async applyParked(tx: Transaction, ids: readonly string[]): Promise<Set<string>> {
    const known = ids.length > 0 ? await store.fulfilmentOrders(tx, ids) : new Map<string, FulfilmentOrder>();
    const parked = known.size > 0 ? await store.parkedShipments(tx, [...known.keys()]) : [];
    if (parked.length === 0) return new Set();
    const shipments = decideAll(parked, known, await store.shippedQuantities(tx, [...known.keys()]));
    await store.confirm(tx, shipments);
    await addEffects(tx, shipments);
    await this.startEffects(tx, shipments);
    return new Set(shipments.map(({ id }) => id));
  }

  private async startEffects(tx: Transaction, shipments: readonly ConfirmedShipment[]): Promise<void> {
    const orders = [...new Set(shipments.map(({ order }) => order))];
    await lockSubjects(tx, 'order', orders);
    const inErp = await store.inErp(tx, orders);
    await this.tracking.attach(
      tx,
      shipments.flatMap(({ id, trackingNumbers }) =>
        trackingNumbers.map((number) => ({ shipment: id, trackingNumber: number })),
      ),
    );
    const stored = await store.shipmentsOf(tx, shipments.map(({ id }) => id)); // prettier-ignore
    // In the order of the decisions, so that shipments of one order are told in the order in which they were decided.
    await this.goodsIssue.request(tx, shipments.flatMap(({ id }) => stored.get(id) ?? [])); // prettier-ignore
    await this.notices.send(tx, idsWith(shipments, 'NOTICE', 'DONE'));
    await this.runner.enqueue(tx, 'LABEL', idsWith(shipments, 'LABEL', 'PENDING'));
    await this.runner.enqueue(tx, 'ERP_DELIVERY', idsWith(shipments.filter(({ order }) => inErp.has(order)), 'ERP_DELIVERY', 'PENDING')); // prettier-ignore
    for (const { id, findings } of shipments)
      if (findings.length > 0) this.log.warn({ shipment: id, findings }, 'a shipment contradicts its release');
  }

  private async keepConflicts(tx: Transaction, conflicts: readonly store.ArrivedShipment[]): Promise<void> {
    await store.keepConflicts(tx, conflicts);
    for (const { id } of conflicts) this.log.warn({ shipment: id }, 'a shipment id came again with other content');
  }
}

/** In arrival order: what one shipment takes is shipped before the next. */
function decideAll(
  parked: readonly store.ParkedShipment[],
  known: ReadonlyMap<string, FulfilmentOrder>,
  before: readonly store.ShippedQuantity[],
): ConfirmedShipment[] {
  const shipped = new Map<string, Map<string, string>>();
  const shippedOf = (id: string): Map<string, string> => {
    const lines = shipped.get(id) ?? new Map<string, string>();
    shipped.set(id, lines);
    return lines;
  };
  for (const row of before) shippedOf(row.fulfilmentOrder).set(lineKey(row), row.quantity);
  return parked.flatMap(({ request }) => {
    const fulfilmentOrder = known.get(request.fulfilmentOrder);
    if (!fulfilmentOrder) return [];
    const lines = shippedOf(fulfilmentOrder.id);
    const decided = decideConfirmation(request, fulfilmentOrder, lines);
    for (const line of decided.lines) lines.set(lineKey(line), add(lines.get(lineKey(line)) ?? 0, line.quantity));
    return [decided];
  });
}

function idsWith(shipments: readonly ConfirmedShipment[], effect: EffectName, state: string): string[] {
  return shipments.filter(({ effects }) => effects[effect] === state).map(({ id }) => id);
}
