import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { CrossdockEvent } from '#canonical/event';
import { TMS_TRACKING_UPDATED } from '#contracts/events/catalogue';
import type { TmsTrackingUpdated } from '#contracts/events/catalogue';
import { Subscriptions } from '#messaging/subscriptions';
import type { Transaction } from '#persistence/database';
import { SUBSCRIBER } from '../config';
import { Notices } from '../effects/notice';
import { lockForEvents } from '../out/event-locks';
import { lockSubjects } from '../out/locks';
import * as store from '../out/tracking.store';
import { rankOf } from './rank';

/** Where the parcels are. Facts are kept once each and may come before the parcel is known, late, twice and out of order. */
@Injectable()
export class TrackShipment implements OnModuleInit {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly notices: Notices,
  ) {}

  onModuleInit(): void {
    this.subscriptions.batch<TmsTrackingUpdated>(SUBSCRIBER, TMS_TRACKING_UPDATED, (events, tx) => this.record(tx, events), { lock: lockForEvents }); // prettier-ignore
  }

  /** Ties tracking numbers to shipments and applies what is already known of them. */
  async attach(
    tx: Transaction,
    parcels: readonly { readonly shipment: string; readonly trackingNumber: string }[],
  ): Promise<void> {
    if (parcels.length === 0) return;
    const numbers = parcels.map(({ trackingNumber }) => trackingNumber);
    await lockSubjects(tx, 'trackingNumber', numbers);
    await store.addParcels(tx, parcels);
    await store.advance(tx, numbers);
    await store.deriveTracking(tx, [...new Set(parcels.map(({ shipment }) => shipment))]);
  }

  private async record(tx: Transaction, events: readonly CrossdockEvent<TmsTrackingUpdated>[]): Promise<void> {
    const facts = events.map(({ data: { trackingNumber, status, occurredAt, detail } }) => ({
      ...{ trackingNumber, status, occurredAt, rank: rankOf(status), detail: detail ?? null },
    }));
    const numbers = facts.map(({ trackingNumber }) => trackingNumber);
    await lockSubjects(tx, 'trackingNumber', numbers);
    const fresh = await store.addTrackingFacts(tx, facts);
    if (fresh.length === 0) return;
    const moved = await store.advance(tx, fresh);
    if (moved.length > 0) await this.notices.progressed(tx, await store.deriveTracking(tx, moved));
  }
}
