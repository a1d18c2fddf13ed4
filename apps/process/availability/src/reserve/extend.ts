import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ExtendRequest, ExtendResponse } from '#contracts/availability/reservations.dto';
import { Jobs } from '#messaging/jobs';
import { Database, type Transaction } from '#persistence/database';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { lock } from '../out/item.store';
import { keptEvent, recordEvents } from '../out/reservation-event.store';
import { itemsOf, lockOne, putEnd, type StoredReservation } from '../out/reservation.store';
import { expiryAt } from './expiry';
import { conflict, unknown } from './refusals';

/** A longer life for soft reservations: once per key, by the clock of the database, within the longest life allowed. */
@Injectable()
export class Extensions {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(availabilityConfig.token) private readonly config: AvailabilityConfig,
  ) {}

  /** Errors: RESERVATION_UNKNOWN (not-found), RESERVATION_ENDED, RESERVATION_FIRM, RESERVATION_LIFE_EXCEEDED, EXTENSION_CONFLICT (conflict). */
  async extend(request: ExtendRequest): Promise<ExtendResponse> {
    return this.database.transaction((tx) => this.extendIn(tx, request));
  }

  private async extendIn(tx: Transaction, request: ExtendRequest): Promise<ExtendResponse> {
    const { reservation, key, ttlSeconds } = request;
    const found = await lockOne(tx, reservation, request.partner);
    if (!found) throw unknown(reservation);
    const hash = createHash('sha256').update(String(ttlSeconds)).digest('base64url');
    const first = await keptEvent(tx, reservation, 'EXTENDED', key);
    if (first) {
      if (first.hash !== hash) throw conflict('EXTENSION_CONFLICT', `extension ${key} was made with another time`);
      return { reservation, expiresAt: first.detail.expiresAt ?? '' };
    }
    const end = this.newEnd(found, await this.isHeld(tx, found), ttlSeconds);
    const expiresAt = end.toISOString();
    await putEnd(tx, reservation, end);
    await recordEvents(tx, [{ reservation, event: 'EXTENDED', key, hash, detail: { expiresAt } }]);
    await this.jobs.enqueue(tx, [expiryAt(reservation, expiresAt, (end.getTime() - found.now.getTime()) / 1000)]);
    return { reservation, expiresAt };
  }

  /** With its items locked, nobody converts or releases it meanwhile. */
  private async isHeld(tx: Transaction, { id }: StoredReservation): Promise<boolean> {
    const items = await itemsOf(tx, [id]);
    if (items.length === 0) return false;
    await lock(tx, [...new Set(items)]);
    return (await itemsOf(tx, [id])).length > 0;
  }

  private newEnd({ id, kind, createdAt, expiresAt, now }: StoredReservation, held: boolean, ttlSeconds: number): Date {
    if (kind === 'FIRM' || expiresAt === null) throw conflict('RESERVATION_FIRM', `reservation ${id} has no end`);
    if (!held || expiresAt <= now) throw conflict('RESERVATION_ENDED', `reservation ${id} holds nothing any more`);
    const last = createdAt.getTime() + this.config.reservationLifeSeconds * 1000;
    const wanted = now.getTime() + ttlSeconds * 1000;
    if (wanted > expiresAt.getTime() && last <= expiresAt.getTime())
      throw conflict('RESERVATION_LIFE_EXCEEDED', `reservation ${id} has the longest life allowed`);
    return new Date(Math.max(expiresAt.getTime(), Math.min(wanted, last)));
  }
}
