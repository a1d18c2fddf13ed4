import { Inject, Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { Finding } from '#canonical/errors';
import { InvariantsQuery } from '#contracts/availability/invariants.dto';
import type { InvariantReport } from '#contracts/availability/invariants.dto';
import { ShipmentsApi } from '#contracts/shipments/shipments.api';
import {
  ConfirmShipmentRequest,
  CorrectShipmentRequest,
  ListShipmentsQuery,
  OverShipTolerancesQuery,
  PutOverShipTolerancesRequest,
  RetryEffectRequest,
  ShipmentQuery,
  VoidShipmentRequest,
} from '#contracts/shipments/shipments.dto';
import type { ConfirmShipmentResponse, CorrectShipmentResponse, OverShipTolerance, OverShipTolerances, ShipmentPage, ShipmentView } from '#contracts/shipments/shipments.dto'; // prettier-ignore
import { Database, type Transaction } from '#persistence/database';
import { correlationId } from '#service/correlation';
import { shipmentsConfig } from './config';
import type { ShipmentsConfig } from './config';
import { ConfirmShipment } from './confirm-shipment/confirm-shipment';
import { EFFECTS } from './confirm-shipment/shipment';
import { CorrectShipment } from './correct-shipment/correct-shipment';
import { HearCorrections } from './correct-shipment/hear-corrections';
import { isOutsideEffect } from './effects/effect';
import { EffectRunner } from './effects/effect-runner';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import { findBreaches } from './out/invariant.store';
import * as tolerances from './out/tolerance.store';
import * as store from './out/view.store';

const DEFAULT_PAGE = 50;
const FEED = 'shipments';

@Injectable()
export class ShipmentsService extends ShipmentsApi {
  constructor(
    private readonly database: Database,
    private readonly confirmShipment: ConfirmShipment,
    private readonly correctShipment: CorrectShipment,
    private readonly corrections: HearCorrections,
    private readonly runner: EffectRunner,
    @Inject(shipmentsConfig.token) private readonly config: ShipmentsConfig,
  ) {
    super();
  }

  async confirm(request: ConfirmShipmentRequest): Promise<ConfirmShipmentResponse> {
    const { correlationId: given, ...content } = request;
    const arrival = { request: content, correlationId: given ?? correlationId() };
    // The evidence of a conflict commits; only then is it answered as an error.
    const [outcome] = await this.database.transaction(async (tx) => {
      const outcomes = await this.confirmShipment.confirm(tx, [arrival]);
      await this.corrections.follow(tx, [request.shipmentId]);
      return outcomes;
    });
    if (outcome === 'conflict' || outcome === undefined) throw conflictOf(request.shipmentId);
    return { outcome, shipmentId: request.shipmentId };
  }

  async correct(request: CorrectShipmentRequest): Promise<CorrectShipmentResponse> {
    const { correlationId: _, ...content } = request;
    return this.said(request.id, (tx) => this.correctShipment.correct(tx, content));
  }

  async void(request: VoidShipmentRequest): Promise<CorrectShipmentResponse> {
    return this.said(request.id, (tx) => this.correctShipment.void(tx, request));
  }

  /** A version that a warehouse has said already may follow the one that is said here. */
  private said(
    id: string,
    say: (tx: Transaction) => Promise<CorrectShipmentResponse>,
  ): Promise<CorrectShipmentResponse> {
    return this.database.transaction(async (tx) => {
      const answer = await say(tx);
      await this.corrections.follow(tx, [id]);
      return answer;
    });
  }

  async tolerances(_query: OverShipTolerancesQuery): Promise<OverShipTolerances> {
    return { tolerances: (await tolerances.tolerances(this.database)).map(tolerances.toleranceView) };
  }

  async putTolerances({ tolerances: given }: PutOverShipTolerancesRequest): Promise<OverShipTolerances> {
    const findings = toleranceFaults(given);
    if (findings.length > 0) {
      const message = 'a tolerance is 0 to 100 percent, and each is named once';
      throw new CrossdockError({ code: 'TOLERANCE_INVALID', kind: 'invalid', message, findings });
    }
    await tolerances.putTolerances(this.database, given);
    return this.tolerances({});
  }

  async get({ id, partner }: ShipmentQuery): Promise<ShipmentView> {
    const row = await store.shipmentRow(this.database.seenBy(partner), id, partner);
    if (!row) throw new CrossdockError({ code: 'SHIPMENT_UNKNOWN', kind: 'not-found', message: `no shipment ${id}` });
    return viewOf(row);
  }

  async list({ partner, order, since, limit = DEFAULT_PAGE }: ListShipmentsQuery): Promise<ShipmentPage> {
    const filter = { partner, order };
    const after = decodeCursor(since, ['number'], FEED, filter, 'since')?.[0] ?? '0';
    await store.placeChanges(this.database);
    const rows = await store.feedAfter(this.database.seenBy(partner), after, limit + 1, filter);
    const page = rows.slice(0, limit);
    return {
      shipments: page.map(viewOf),
      next: encodeCursor([page.at(-1)?.position ?? after], FEED, filter),
      more: rows.length > limit,
    };
  }

  async retryEffect({ id, effect, revision: asked }: RetryEffectRequest): Promise<ShipmentView> {
    const view = await this.get({ id });
    const failed = view.effects.filter(({ name, state }) => name === effect && state === 'FAILED');
    const revision = asked ?? failed.at(-1)?.revision ?? 1;
    if (!isOutsideEffect(effect)) {
      const message = `${effect} is not retried by hand: it follows from what is already recorded`;
      throw new CrossdockError({ code: 'EFFECT_NOT_FAILED', kind: 'conflict', message });
    }
    await this.database.transaction((tx) => this.runner.retry(tx, { shipment: view.id, revision, name: effect }));
    return this.get({ id });
  }

  async checkInvariants(_query: InvariantsQuery): Promise<InvariantReport> {
    return findBreaches(this.database, this.config.parkedAlertHours);
  }
}

function conflictOf(shipment: string): CrossdockError {
  return new CrossdockError({
    code: 'SHIPMENT_CONFLICT',
    kind: 'conflict',
    message: `shipment ${shipment} is already recorded with other content; what came now is kept as evidence`,
    details: { shipment },
  });
}

function viewOf(row: store.ShipmentRow): ShipmentView {
  const { carrier, tracking, lines, effects, findings, updatedAt, position: _, request, voided, ...rest } = row;
  const { shipmentId: __, fulfilmentOrder: ___, ...content } = request;
  return {
    ...rest,
    ...(carrier === null ? {} : { carrier }),
    ...(tracking === null ? {} : { tracking }),
    status: voided ? 'VOIDED' : rest.revision > 1 ? 'CORRECTED' : 'CONFIRMED',
    lines: lines.map(({ line, item, quantity, billable }) => ({ line, item, quantity, billable })),
    effects: EFFECTS.flatMap((name) =>
      effects.filter((effect) => effect.name === name).sort((a, b) => a.revision - b.revision),
    ),
    content,
    ...(findings.length === 0 ? {} : { findings }),
    updatedAt: updatedAt.toISOString(),
  };
}

function toleranceFaults(given: readonly OverShipTolerance[]): Finding[] {
  const seen = new Set<string>();
  return given.flatMap(({ partner = '', item = '', percent }, index): Finding[] => {
    const pointer = `/tolerances/${index}`;
    const key = JSON.stringify([partner, item]);
    if (seen.has(key)) return [{ code: 'TOLERANCE_REPEATED', detail: 'it is named above', pointer }];
    seen.add(key);
    if (Number(percent) <= 100) return [];
    return [{ code: 'TOLERANCE_INVALID', detail: 'at most 100', pointer: `${pointer}/percent`, seen: percent }];
  });
}
