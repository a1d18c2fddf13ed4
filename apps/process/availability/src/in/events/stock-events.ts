import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CrossdockEvent } from '#canonical/event';
import type { ReserveResponse } from '#contracts/availability/reserve.dto';
import type { InventoryRecordResult } from '#contracts/availability/stock.dto';
import { GOODS_ISSUED, SHIPMENT_CONFIRMED, WMS_INVENTORY_CHANGED, type GoodsIssued, type ShipmentConfirmed, type WmsInventoryChanged } from '#contracts/events/catalogue'; // prettier-ignore
import { SHIPMENT_CORRECTED, type ShipmentCorrected } from '#contracts/events/shipments';
import { Outbox, type NewEvent } from '#messaging/outbox';
import { Subscriptions } from '#messaging/subscriptions';
import type { Transaction } from '#persistence/database';
import type { StockRecord } from '../../ledger/facts';
import { correctionsOf } from '../../ledger/corrected-issues';
import { StockLedger } from '../../ledger/stock-ledger';
import { untaken } from '../../ledger/untaken';
import { open } from '../../out/exception.store';
import { issuesOf } from '../../out/reversal.store';
import { PolicyDirectory } from '../../out/policy-directory';
import { responses } from '../../out/reservation.store';
import type { Kits } from '../../promise/kits';
import { micro, text, type Micro } from '../../promise/quantity';

const SUBSCRIBER = 'availability';
const ONE = 1_000_000n;
/** Goods issues come from shipments; a record id is `<shipment>-<line>-<reservation>`, with `-<lot>` or `-<component>` behind it. */
export const GOODS_ISSUE_SOURCE = 'process/shipments';

/** Stock facts that arrive as events. The ledger takes each once, however often it arrives. */
@Injectable()
export class StockEvents implements OnModuleInit {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly ledger: StockLedger,
    private readonly outbox: Outbox,
    private readonly policies: PolicyDirectory,
  ) {}

  onModuleInit(): void {
    this.subscriptions.batch<ShipmentConfirmed>(SUBSCRIBER, SHIPMENT_CONFIRMED, (events, tx) => this.issue(events, tx));
    this.subscriptions.batch<ShipmentCorrected>(SUBSCRIBER, SHIPMENT_CORRECTED, (events, tx) =>
      this.correct(events, tx),
    );
    this.subscriptions.batch<WmsInventoryChanged>(SUBSCRIBER, WMS_INVENTORY_CHANGED, (events, tx) =>
      this.post(events, tx),
    );
  }

  private async issue(events: readonly CrossdockEvent<ShipmentConfirmed>[], tx: Transaction): Promise<void> {
    const ids = events.flatMap(({ data }) => data.lines.map(({ reservation }) => reservation));
    const kits = await this.kitsOf(tx, ids, events);
    await this.append(tx, GOODS_ISSUE_SOURCE, events.flatMap((event) => recordsOf(event, kits))); // prettier-ignore
    await this.outbox.publish(tx, events.map(goodsIssued));
  }

  /** One after the other: each looks at what the one before has left. */
  private async correct(events: readonly CrossdockEvent<ShipmentCorrected>[], tx: Transaction): Promise<void> {
    const ids = events.flatMap(({ data }) => data.lines.map(({ reservation }) => reservation));
    const kits = await this.kitsOf(tx, ids, events);
    for (const event of events) {
      const { shipment } = event.data;
      const lines = stockedLinesOf(event.data.lines, kits);
      const items = [...new Set(lines.map(({ item }) => item))].sort();
      const standing = await issuesOf(tx, GOODS_ISSUE_SOURCE, shipment, items);
      const { taken, issued } = correctionsOf({ ...event.data, lines }, standing, event.causationid ?? event.id);
      // First what is taken back: the stock must be there before it leaves anew.
      await this.append(tx, GOODS_ISSUE_SOURCE, taken);
      await this.append(tx, GOODS_ISSUE_SOURCE, issued);
    }
    await this.outbox.publish(tx, events.map(goodsIssued));
  }

  private async kitsOf(
    tx: Transaction,
    reservations: readonly string[],
    events: readonly CrossdockEvent<ShipmentConfirmed | ShipmentCorrected>[],
  ): Promise<ComponentsOf> {
    const answers = await responses(tx, [...new Set(reservations)]);
    const items = events.flatMap(({ data }) => data.lines.map(({ item }) => item));
    return kitsOf(answers, (await this.policies.termsIn(tx, [...new Set(items)])).kits);
  }

  private async post(events: readonly CrossdockEvent<WmsInventoryChanged>[], tx: Transaction): Promise<void> {
    const sources = new Map<string, StockRecord[]>();
    for (const { data, causationid } of events) {
      const records = data.records.map((record) => withMessage(record, causationid));
      sources.set(data.source, [...(sources.get(data.source) ?? []), ...records]);
    }
    // Positions are locked by item in key order within a post; more sources in one batch are rare and PostgreSQL undoes
    // the ring they could make, after which the batch is repeated.
    for (const [source, records] of [...sources].sort()) await this.append(tx, source, records);
  }

  /** Nobody reads the answer to an event: what the ledger did not take becomes an exception. */
  private async append(tx: Transaction, source: string, records: readonly StockRecord[]): Promise<void> {
    if (records.length === 0) return;
    const results = await this.ledger.post(tx, source, records);
    for (const [index, result] of results.entries()) {
      const kind = exceptionKind(result);
      const record = records[index];
      if (kind && record)
        await open(tx, kind, record.item, record.node, `${source} ${record.id}: ${result.detail ?? ''}`);
    }
    const judged = results.flatMap((result, index) => (records[index] ? [{ record: records[index], result }] : []));
    await this.outbox.publish(tx, untaken(source, judged));
  }
}

function exceptionKind({ outcome }: InventoryRecordResult): string | undefined {
  if (outcome === 'conflict') return 'DuplicateIdConflict';
  return outcome === 'rejected' ? 'RecordRejected' : undefined;
}

/** The raw message is what led to the event that told us. */
function withMessage(record: StockRecord, messageId: string | undefined): StockRecord {
  return messageId === undefined ? record : { ...record, messageId };
}

function recordsOf(
  { id, data, causationid = id }: CrossdockEvent<ShipmentConfirmed>,
  kits: ComponentsOf,
): StockRecord[] {
  const { shipment, node, shippedAt, lines } = data;
  return lines.flatMap((shipped) => {
    const { item, quantity, reservation, reservedLine: line = shipped.line } = shipped;
    const issue = {
      node,
      fact: 'SHIPPED' as const,
      occurredAt: shippedAt,
      reference: shipment,
      reservation,
      line,
      messageId: causationid,
    };
    const record = `${shipment}-${shipped.line}-${reservation}`;
    const components = kits(reservation, line, item);
    if (components.length === 0)
      return lotsOf(shipped).map(({ lot, quantity: of }) =>
        lot === undefined
          ? { ...issue, id: record, item, quantity: of }
          : { ...issue, id: `${record}-${lot}`, item, lot, quantity: of },
      );
    return components.map((part) => ({
      ...issue,
      id: `${record}-${part.item}`,
      item: part.item,
      quantity: text((micro(quantity) * part.ratio) / ONE),
    }));
  });
}

type ComponentsOf = (reservation: string, line: number, item: string) => readonly { item: string; ratio: Micro }[];

/**
 * Kits have no stock of their own: what leaves is what they were reserved as, which the first answer says for ever. One of which
 * nothing was there at first was put together later, by its policy.
 */
function kitsOf(answers: ReadonlyMap<string, ReserveResponse>, policies: Kits): ComponentsOf {
  return (reservation, line, item) => {
    const answered = answers.get(reservation)?.lines.find((each) => each.line === line && each.item === item);
    if (answered?.slices.length === 0)
      return (policies.get(item) ?? []).map((part) => ({ item: part.item, ratio: part.quantity }));
    const { components = [], quantity: kits = '1' } = answered?.slices.find((slice) => slice.components) ?? {};
    const sums = new Map<string, Micro>();
    for (const part of components) sums.set(part.item, (sums.get(part.item) ?? 0n) + micro(part.quantity));
    return [...sums].map(([component, quantity]) => ({ item: component, ratio: (quantity * ONE) / micro(kits) }));
  };
}

/** As the ledger counts: in place of a kit each of its components, by what it was reserved as. */
function stockedLinesOf(lines: ShipmentCorrected['lines'], kits: ComponentsOf): ShipmentCorrected['lines'] {
  return lines.flatMap((corrected) => {
    const { line, item, before, quantity, reservation, reservedLine = line } = corrected;
    const components = kits(reservation, reservedLine, item);
    if (components.length === 0) return [corrected];
    const of = (kitsLeft: string, ratio: Micro): string => text((micro(kitsLeft) * ratio) / ONE);
    return components.map((part) => ({
      ...{ line, reservedLine, reservation, item: part.item },
      ...{ before: of(before, part.ratio), quantity: of(quantity, part.ratio) },
    }));
  });
}

/** Each lot consumes its own; what the lots do not sum up to left without one. */
function lotsOf({ quantity, lots = [] }: ShipmentConfirmed['lines'][number]): { lot?: string; quantity: string }[] {
  const named = lots.reduce((sum, each) => sum + micro(each.quantity), 0n);
  const rest = micro(quantity) - named;
  return rest > 0n ? [...lots, { quantity: text(rest) }] : [...lots];
}

function goodsIssued(event: CrossdockEvent<ShipmentConfirmed | ShipmentCorrected>): NewEvent<GoodsIssued> {
  const { shipment } = event.data;
  return {
    type: GOODS_ISSUED,
    source: 'process/availability',
    subject: event.data.shipment,
    partitionKey: event.data.order,
    correlationId: event.correlationid,
    causationId: event.id,
    data: { shipment, ...('revision' in event.data && { revision: event.data.revision }) },
  };
}
