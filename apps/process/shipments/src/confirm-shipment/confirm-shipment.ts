import { Injectable } from '@nestjs/common';
import { add } from '#canonical/decimal';
import type { ConfirmShipmentRequest } from '#contracts/shipments/shipments.dto';
import { crashPoint } from '#persistence/crash-point';
import type { Transaction } from '#persistence/database';
import { Outbox } from '#messaging/outbox';
import { tolerances } from '../out/tolerance.store';
import { contradicts, saidTwoThings, waits, waitsNoLonger } from '../troubles';
import { EffectRunner } from '../effects/effect-runner';
import { GoodsIssue } from '../effects/goods-issue';
import { Notices } from '../effects/notice';
import { addEffects, firstEffectsOf } from '../out/effect.store';
import { lockSubjects } from '../out/locks';
import * as store from '../out/shipment.store';
import { TrackShipment } from '../track-shipment/track-shipment';
import { contentHash } from './content-hash';
import { decideConfirmation, lineKey, wrongUnit } from './decide';
import type { ConfirmedShipment, FirstEffect, FulfilmentOrder, Shipment } from './shipment';
import { noSurplus, surplusOf } from './tolerance';
import type { SurplusOf } from './tolerance';

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
    private readonly outbox: Outbox,
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
    const isNew = fresh.size === arrived.length;
    const stored = isNew ? new Map<string, store.StoredHash>() : await store.hashesOf(tx, arrived.map(({ id }) => id)); // prettier-ignore
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

  /** A parked shipment of this fulfilment order was said anew. */
  async again(tx: Transaction, fulfilmentOrder: string): Promise<void> {
    await this.applyParked(tx, [fulfilmentOrder]);
  }

  /** Confirms every parked shipment of these fulfilment orders that are known. The caller holds their locks. */
  private async applyParked(tx: Transaction, ids: readonly string[]): Promise<Set<string>> {
    const known = ids.length > 0 ? await store.fulfilmentOrders(tx, ids) : new Map<string, FulfilmentOrder>();
    const parked = known.size > 0 ? await store.parkedShipments(tx, [...known.keys()]) : [];
    const countable = await this.setAside(tx, parked, known);
    if (countable.length === 0) return new Set();
    const before = await store.shippedQuantities(tx, [...known.keys()]);
    const strict = decideAll(countable, known, before, () => noSurplus);
    // Tolerances are read only when something left beyond its release.
    const over = strict.some(({ findings }) => findings.some(({ code }) => code === 'OVER_SHIPPED'));
    const shipments = over ? await this.tolerant(tx, countable, known, before) : strict;
    await Promise.all([
      store.confirm(tx, shipments),
      addEffects(tx, firstEffectsOf(shipments)),
      lockSubjects(tx, 'order', [...new Set(shipments.map(({ order }) => order))]),
    ]);
    await this.startEffects(tx, shipments);
    await this.tell(tx, countable, shipments);
    crashPoint('shipment.confirming');
    return new Set(shipments.map(({ id }) => id));
  }

  private async tolerant(
    tx: Transaction,
    parked: readonly store.ParkedShipment[],
    known: ReadonlyMap<string, FulfilmentOrder>,
    before: readonly store.ShippedQuantity[],
  ): Promise<ConfirmedShipment[]> {
    const all = await tolerances(tx, [...new Set([...known.values()].map(({ partner }) => partner))]);
    return decideAll(parked, known, before, ({ partner }) => surplusOf(all, partner));
  }

  /** Those that are counted in the units of their release. Of the others nobody knows how much left: they wait for a correction. */
  private async setAside(
    tx: Transaction,
    parked: readonly store.ParkedShipment[],
    known: ReadonlyMap<string, FulfilmentOrder>,
  ): Promise<store.ParkedShipment[]> {
    const isOther = ({ request }: store.ParkedShipment): boolean => {
      const fulfilmentOrder = known.get(request.fulfilmentOrder);
      return fulfilmentOrder !== undefined && wrongUnit(request, fulfilmentOrder) !== undefined;
    };
    const fresh = parked.filter((each) => isOther(each) && each.parkedReason !== 'UNIT_MISMATCH');
    await store.parkForWrongUnit(tx, fresh.map(({ id }) => id)); // prettier-ignore
    const troubles = fresh.flatMap(({ id, correlationId, alerted, request: { fulfilmentOrder } }) => [
      waits({ id, correlationId, fulfilmentOrder, reason: 'UNIT_MISMATCH' }),
      ...(alerted ? [waitsNoLonger({ id, correlationId, reason: 'ORDER_UNKNOWN' })] : []),
    ]);
    await this.outbox.publish(tx, troubles);
    return parked.filter((each) => !isOther(each));
  }

  /** The caller holds the locks of the orders. */
  private async startEffects(tx: Transaction, shipments: readonly ConfirmedShipment[]): Promise<void> {
    await this.tracking.attach(
      tx,
      shipments.flatMap(({ id, trackingNumbers }) =>
        trackingNumbers.map((number) => ({ shipment: id, trackingNumber: number })),
      ),
    );
    const ids = shipments.map(({ id }) => id);
    const stored = await store.shipmentsOf(tx, ids);
    const of = (each: readonly string[]): Shipment[] => each.flatMap((id) => stored.get(id) ?? []);
    // In the order of the decisions, so that shipments of one order are told in the order in which they were decided.
    await Promise.all([
      this.goodsIssue.request(tx, of(ids)),
      this.notices.issueAsn(tx, of(ids)),
      this.runner.followUp(tx, ids),
    ]);
    await this.notices.send(tx, idsWith(shipments, 'NOTICE', 'DONE'));
    await this.notices.fulfilChannel(tx, of(idsWith(shipments, 'CHANNEL_FULFILMENT', 'DONE')));
  }

  /** What contradicts the release, and what no longer waits. */
  private async tell(
    tx: Transaction,
    parked: readonly store.ParkedShipment[],
    shipments: readonly ConfirmedShipment[],
  ): Promise<void> {
    const correlations = new Map(parked.map(({ id, correlationId }) => [id, correlationId]));
    await this.outbox.publish(tx, [
      ...shipments.flatMap(({ id, order, partner, findings }) =>
        findings.map((finding) =>
          contradicts({ id, order, partner, correlationId: correlations.get(id) ?? id }, finding),
        ),
      ),
      ...parked
        .filter(({ alerted }) => alerted)
        .map(({ id, correlationId, parkedReason: reason }) => waitsNoLonger({ id, correlationId, reason })),
    ]);
  }

  private async keepConflicts(tx: Transaction, conflicts: readonly store.ArrivedShipment[]): Promise<void> {
    await store.keepConflicts(tx, conflicts);
    await this.outbox.publish(tx, conflicts.map(({ id, correlationId }) => saidTwoThings(id, correlationId))); // prettier-ignore
  }
}

/** In arrival order: what one shipment takes is shipped before the next. */
function decideAll(
  parked: readonly store.ParkedShipment[],
  known: ReadonlyMap<string, FulfilmentOrder>,
  before: readonly store.ShippedQuantity[],
  surplus: (fulfilmentOrder: FulfilmentOrder) => SurplusOf,
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
    const decided = decideConfirmation(request, fulfilmentOrder, lines, surplus(fulfilmentOrder));
    for (const line of decided.lines) lines.set(lineKey(line), add(lines.get(lineKey(line)) ?? 0, line.quantity));
    return [decided];
  });
}

function idsWith(shipments: readonly ConfirmedShipment[], effect: FirstEffect, state: string): string[] {
  return shipments.filter(({ effects }) => effects[effect] === state).map(({ id }) => id);
}
