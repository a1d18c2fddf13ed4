import { Injectable } from '@nestjs/common';
import type { AvailabilityDelta } from '#contracts/availability/deltas.dto';
import { edgeShipment } from '#contracts/edge/edge-shipments';
import type { EdgeShipmentFeed, EdgeShipmentFeedQuery } from '#contracts/edge/edge-shipments.dto';
import { lookUpItems } from '#contracts/edge/item-lookup';
import type { Caller } from '#service/caller';
import type { AvailabilityChange, AvailabilityFeed, AvailabilityFeedQuery } from '../in/http/availability-feed.dto';
import { MarketplaceProcesses } from '../out/processes';

/** Rows of a page when the channel names no limit. */
const DEFAULT_PAGE = 200;
const CHANNEL = 'MARKETPLACE';

@Injectable()
export class FeedsView {
  constructor(private readonly processes: MarketplaceProcesses) {}

  /** Items that are not, or no longer, in the item master are left out: no channel could list them. */
  async availability(query: AvailabilityFeedQuery): Promise<AvailabilityFeed> {
    const page = await this.processes.availability.deltas({ limit: DEFAULT_PAGE, ...query, channel: CHANNEL });
    const items = await lookUpItems(
      this.processes.reference,
      page.changes.map(({ item }) => item),
    );
    const changes = page.changes.flatMap((change) => {
      const unit = items.get(change.item)?.baseUnit;
      return unit === undefined ? [] : [inBaseUnit(change, unit)];
    });
    return { changes, next: page.next, more: page.more };
  }

  async shipments(caller: Caller, query: EdgeShipmentFeedQuery): Promise<EdgeShipmentFeed> {
    const page = await this.processes.shipments.list({ ...query, partner: caller.partner });
    const ids = page.shipments.flatMap(({ lines }) => lines.map(({ item }) => item));
    const items = await lookUpItems(this.processes.reference, ids);
    return {
      shipments: page.shipments.map((shipment) => edgeShipment(shipment, items)),
      next: page.next,
      more: page.more,
    };
  }
}

function inBaseUnit(
  { item, availableToPromise, version, changedAt, nodes }: AvailabilityDelta,
  unit: string,
): AvailabilityChange {
  const quantity = (value: string) => ({ value, unit });
  const each = nodes?.map(({ node, availableToPromise: atNode }) => ({ node, availableToPromise: quantity(atNode) }));
  return {
    item,
    availableToPromise: quantity(availableToPromise),
    version,
    changedAt,
    ...(each ? { nodes: each } : {}),
  };
}
