import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { ConfirmShipmentRequest, CorrectShipmentRequest, CorrectShipmentResponse, VoidShipmentRequest } from '#contracts/shipments/shipments.dto'; // prettier-ignore
import { Outbox } from '#messaging/outbox';
import { crashPoint } from '#persistence/crash-point';
import type { Transaction } from '#persistence/database';
import { ConfirmShipment } from '../confirm-shipment/confirm-shipment';
import { contentHash } from '../confirm-shipment/content-hash';
import { decideContent, lineKey, wrongUnit } from '../confirm-shipment/decide';
import type { ShippedContent } from '../confirm-shipment/decide';
import { surplusOf } from '../confirm-shipment/tolerance';
import { EffectRunner } from '../effects/effect-runner';
import { GoodsIssue } from '../effects/goods-issue';
import { Notices } from '../effects/notice';
import * as effects from '../out/effect.store';
import { lockSubjects } from '../out/locks';
import * as revisions from '../out/revision.store';
import { fulfilmentOrders, shipmentsOf, shippedQuantities } from '../out/shipment.store';
import { tolerances } from '../out/tolerance.store';
import { agrees, contradicts, freightStands, waitsNoLonger } from '../troubles';
import { decideCorrection } from './decide';
import type { Correction } from './decide';

/** Stands for the content of a version in which nothing left. */
export const VOID = 'void';

/** A warehouse takes back what it said: a shipment has versions, and its effects follow by the difference. */
@Injectable()
export class CorrectShipment {
  constructor(
    private readonly confirmShipment: ConfirmShipment,
    private readonly runner: EffectRunner,
    private readonly goodsIssue: GoodsIssue,
    private readonly notices: Notices,
    private readonly outbox: Outbox,
  ) {}

  /** Errors: SHIPMENT_UNKNOWN (not-found), SHIPMENT_REVISION_CONFLICT, SHIPMENT_VOIDED (conflict), SHIPMENT_UNIT_INVALID (invalid). */
  async correct(tx: Transaction, request: CorrectShipmentRequest): Promise<CorrectShipmentResponse> {
    const { id, revision, reason, ...content } = request;
    const known = await this.lock(tx, id);
    const { shipmentId, fulfilmentOrder } = known.request;
    const said: ConfirmShipmentRequest = { shipmentId, fulfilmentOrder, ...content };
    const hash = contentHash(said);
    if (await isReplay(tx, known, revision, hash)) return { shipmentId: id, revision, outcome: 'replayed' };
    const next = { revision, contentHash: hash, request: said, voided: false, reason };
    if (known.state === 'PARKED') await this.replaceParked(tx, known, next);
    else await this.apply(tx, known, { ...next, ...(await shippedBy(tx, known, said)) });
    crashPoint('shipment.correcting');
    return { shipmentId: id, revision, outcome: 'corrected' };
  }

  /** Errors: as of `correct`. */
  async void(tx: Transaction, { id, revision, reason }: VoidShipmentRequest): Promise<CorrectShipmentResponse> {
    const known = await this.lock(tx, id);
    if (await isReplay(tx, known, revision, VOID)) return { shipmentId: id, revision, outcome: 'replayed' };
    const next = { revision, contentHash: VOID, request: known.request, voided: true, reason };
    if (known.state === 'PARKED') await this.replaceParked(tx, known, next);
    else await this.apply(tx, known, { ...next, lines: [], findings: [] });
    crashPoint('shipment.voiding');
    return { shipmentId: id, revision, outcome: 'voided' };
  }

  /** In the order in which a confirmation locks. */
  private async lock(tx: Transaction, id: string): Promise<revisions.Correctable> {
    const subjects = await revisions.subjectsOf(tx, id);
    if (subjects) await lockSubjects(tx, 'fulfilmentOrder', [subjects.id]);
    if (subjects?.order != null) await lockSubjects(tx, 'order', [subjects.order]);
    const known = await revisions.lockForCorrection(tx, id);
    if (known) return known;
    throw new CrossdockError({ code: 'SHIPMENT_UNKNOWN', kind: 'not-found', message: `no shipment ${id}` });
  }

  /** Nothing has come of it yet: it is as if the first word had been this one. */
  private async replaceParked(
    tx: Transaction,
    { id, fulfilmentOrder, correlationId }: revisions.Correctable,
    next: Omit<revisions.Revision, 'lines' | 'findings'>,
  ): Promise<void> {
    await revisions.recordRevision(tx, id, { ...next, lines: null, findings: [] });
    // Whatever its unit is now is looked at anew; of a void one nobody waits any more.
    const reasons = next.voided ? (['ORDER_UNKNOWN', 'UNIT_MISMATCH'] as const) : (['UNIT_MISMATCH'] as const);
    await this.outbox.publish(tx, reasons.map((reason) => waitsNoLonger({ id, reason, correlationId }))); // prettier-ignore
    if (!next.voided) await this.confirmShipment.again(tx, fulfilmentOrder);
  }

  private async apply(tx: Transaction, known: revisions.Correctable, next: revisions.Revision): Promise<void> {
    const { id } = known;
    const before = known.lines ?? [];
    await effects.lockEffectsOf(tx, id);
    const [standing] = await effects.effectsOf(tx, [id]);
    const correction = decideCorrection({ before, effects: standing?.effects ?? [] }, next.lines ?? []);
    await revisions.recordRevision(tx, id, next);
    await revisions.changeEffects(
      tx,
      id,
      correction,
      `${next.voided ? 'voided' : 'corrected'} by version ${next.revision}`,
    );
    await effects.addEffects(tx, added(id, next.revision, correction));
    const shipment = (await shipmentsOf(tx, [id])).get(id);
    if (!shipment) throw new RangeError(`shipment ${id} is not there after its correction`);
    await this.goodsIssue.correct(tx, shipment, before, next.reason);
    await this.notices.issueAsn(tx, [shipment]);
    await this.notices.progressed(tx, [id]);
    await this.tell(tx, known, next);
    const accrual = standing?.effects.find(({ name, state }) => name === 'FREIGHT_ACCRUAL' && state === 'DONE');
    if (next.voided && accrual) await this.outbox.publish(tx, [freightStands(shipment, accrual.reference ?? id)]);
    await this.runner.followUp(tx, [id]);
  }

  /** What contradicts the release now, and what no longer does. */
  private async tell(tx: Transaction, known: revisions.Correctable, { findings }: revisions.Revision): Promise<void> {
    const { id, correlationId, order } = known;
    const partner = (await shipmentsOf(tx, [id])).get(id)?.fulfilmentOrder.partner ?? '';
    const codes = new Set(findings.map(({ code }) => code));
    const gone = new Set(known.findings.map(({ code }) => code).filter((code) => !codes.has(code)));
    await this.outbox.publish(tx, [
      ...findings.map((finding) => contradicts({ id, correlationId, partner, order: order ?? '' }, finding)),
      ...[...gone].map((code) => agrees({ id, correlationId }, code)),
    ]);
  }
}

/** What left by the corrected shipment, beside what other shipments of the fulfilment order took. */
async function shippedBy(
  tx: Transaction,
  { id, fulfilmentOrder: orderId }: revisions.Correctable,
  said: ConfirmShipmentRequest,
): Promise<ShippedContent> {
  const fulfilmentOrder = (await fulfilmentOrders(tx, [orderId])).get(orderId);
  if (!fulfilmentOrder) throw new RangeError(`shipment ${id} is confirmed without fulfilment order ${orderId}`);
  const other = wrongUnit(said, fulfilmentOrder);
  if (other) throw inOtherUnit(id, other);
  const others = await shippedQuantities(tx, [orderId], id);
  const shippedBefore = new Map(others.map((row) => [lineKey(row), row.quantity]));
  const { partner } = fulfilmentOrder;
  return decideContent(said, fulfilmentOrder, shippedBefore, surplusOf(await tolerances(tx, [partner]), partner));
}

/** True when this version is known with this content. Errors: SHIPMENT_REVISION_CONFLICT, SHIPMENT_VOIDED (conflict). */
async function isReplay(
  tx: Transaction,
  { id, revision: stands, voided }: revisions.Correctable,
  revision: number,
  hash: string,
): Promise<boolean> {
  if (revision <= stands && (await revisions.hashOfRevision(tx, id, revision)) === hash) return true;
  if (voided) {
    const message = `shipment ${id} is void since version ${stands}`;
    throw new CrossdockError({ code: 'SHIPMENT_VOIDED', kind: 'conflict', message, details: { revision: stands } });
  }
  if (revision === stands + 1) return false;
  const message =
    revision <= stands
      ? `version ${revision} of shipment ${id} is known with other content`
      : `shipment ${id} stands at version ${stands}: version ${stands + 1} is next`;
  const findings = [
    { code: 'SHIPMENT_REVISION_CONFLICT', detail: message, pointer: '/revision', seen: String(revision), expected: String(stands + 1) }, // prettier-ignore
  ];
  throw new CrossdockError({ code: 'SHIPMENT_REVISION_CONFLICT', kind: 'conflict', message, findings });
}

/** Cases would be taken for pieces: what stands stays until it is said in base units. */
function inOtherUnit(id: string, { line, seen, expected }: NonNullable<ReturnType<typeof wrongUnit>>): CrossdockError {
  const message = `line ${line} of shipment ${id} is counted in ${seen}, and its release in ${expected}`;
  const findings = [{ code: 'SHIPMENT_UNIT_INVALID', detail: message, pointer: '/lines', seen, expected }];
  return new CrossdockError({ code: 'SHIPMENT_UNIT_INVALID', kind: 'invalid', message, findings });
}

function added(shipment: string, revision: number, { added: fresh }: Correction): effects.EffectToBe[] {
  return fresh.map(({ name, state, lines }) => ({ shipment, revision, name, state, lines }));
}
