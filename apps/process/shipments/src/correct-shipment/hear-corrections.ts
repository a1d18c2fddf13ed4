import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { ShipmentContent } from '#contracts/shipments/shipments.dto';
import { Outbox } from '#messaging/outbox';
import type { Transaction } from '#persistence/database';
import { contentHash } from '../confirm-shipment/content-hash';
import { lockSubjects } from '../out/locks';
import * as store from '../out/said-correction.store';
import { correctionCame, correctionRefused, correctionTaken, saidTwoThings } from '../troubles';
import { CorrectShipment, VOID } from './correct-shipment';

/** A version of a shipment as a warehouse says it. */
export interface SaidVersion {
  readonly shipment: string;
  readonly revision: number;
  readonly fulfilmentOrder: string;
  /** What left; null when nothing did. */
  readonly content: ShipmentContent | null;
  readonly reason: string;
  readonly correlationId: string;
}

/**
 * Warehouses say versions by messages: twice, late, before what they correct, or before the departure itself. What was said is kept first;
 * a version is applied when the one before it stands, and whatever contradicts what is known stays as evidence.
 */
@Injectable()
export class HearCorrections {
  constructor(
    private readonly correctShipment: CorrectShipment,
    private readonly outbox: Outbox,
  ) {}

  async hear(tx: Transaction, versions: readonly SaidVersion[]): Promise<void> {
    const said = versions.map((version) => ({ ...version, contentHash: hashOf(version) }));
    const ids = [...new Set(said.map(({ shipment }) => shipment))];
    // All of the set at once and in the order in which a confirmation locks: two sets cannot wait for each other.
    await lockSubjects(tx, 'fulfilmentOrder', [...new Set(said.map(({ fulfilmentOrder }) => fulfilmentOrder))]);
    await lockSubjects(tx, 'order', await store.ordersOfShipments(tx, ids));
    await store.keepSaid(tx, said);
    await this.follow(tx, ids);
  }

  /** These shipments have come, or have another version: what waited for that is applied. */
  async follow(tx: Transaction, shipments: readonly string[]): Promise<void> {
    if (shipments.length === 0) return;
    for (let next = await store.dueCorrection(tx, shipments); next; next = await store.dueCorrection(tx, shipments)) {
      await this.decide(tx, next);
    }
  }

  private async decide(tx: Transaction, said: store.DueCorrection): Promise<void> {
    const refusal = await this.apply(tx, said);
    const conflict = refusal?.kind === 'conflict';
    await store.settleSaid(tx, said, refusal ? (conflict ? 'CONFLICT' : 'REFUSED') : 'DONE');
    const { shipment, correlationId } = said;
    await this.outbox.publish(tx, [
      ...(said.alerted ? [correctionCame(said)] : []),
      refusal
        ? conflict
          ? saidTwoThings(shipment, correlationId)
          : correctionRefused(said, refusal)
        : correctionTaken(said),
    ]);
  }

  /** Why not; a refusal has written nothing. */
  private async apply(tx: Transaction, said: store.SaidCorrection): Promise<CrossdockError | undefined> {
    const { shipment: id, revision, reason, content } = said;
    try {
      if (content) await this.correctShipment.correct(tx, { ...content, id, revision, reason });
      else await this.correctShipment.void(tx, { id, revision, reason });
      return undefined;
    } catch (error) {
      if (error instanceof CrossdockError && (error.kind === 'conflict' || error.kind === 'invalid')) return error;
      throw error;
    }
  }
}

function hashOf({ content, fulfilmentOrder }: SaidVersion): string {
  return content ? contentHash({ ...content, fulfilmentOrder }) : VOID;
}
