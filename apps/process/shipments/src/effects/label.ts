import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Decimal, plain } from '#canonical/decimal';
import { TmsApi } from '#contracts/tms/tms.api';
import type { LabelResult, ParcelDto } from '#contracts/tms/tms.dto';
import type { Transaction } from '#persistence/database';
import { shipmentsConfig } from '../config';
import type { ShipmentsConfig } from '../config';
import type { EffectName, Shipment } from '../confirm-shipment/shipment';
import { settleEffects } from '../out/effect.store';
import { lockSubjects } from '../out/locks';
import { shipmentsOf } from '../out/shipment.store';
import { recordLabels } from '../out/tracking.store';
import { TrackShipment } from '../track-shipment/track-shipment';
import { QUEUES } from './effect';
import type { EffectAnswer, OutsideEffect } from './effect';
import { EffectRunner } from './effect-runner';
import { Notices } from './notice';

type Label = LabelResult & { readonly reference: string };

/** A label is money: bought only when the warehouse gave no tracking number, and once per shipment. */
@Injectable()
export class LabelEffect implements OutsideEffect<Label>, OnModuleInit {
  readonly name = 'LABEL';
  readonly queue = QUEUES.LABEL;

  constructor(
    private readonly runner: EffectRunner,
    private readonly tms: TmsApi,
    private readonly tracking: TrackShipment,
    private readonly notices: Notices,
    @Inject(shipmentsConfig.token) private readonly config: ShipmentsConfig,
  ) {}

  onModuleInit(): void {
    this.runner.register(this);
  }

  async perform(shipment: Shipment): Promise<Label> {
    const { tmsConnection, shipFrom, shipTo } = shipment.fulfilmentOrder;
    const label = await this.tms.buyLabel({
      connection: tmsConnection,
      businessKey: shipment.id,
      shipFrom,
      shipTo,
      parcels: parcelsOf(shipment, String(this.config.defaultParcelWeightKg)),
    });
    return { ...label, reference: label.label };
  }

  lock(tx: Transaction, answers: readonly EffectAnswer<Label>[]): Promise<void> {
    return lockSubjects(tx, 'trackingNumber', answers.flatMap(({ result }) => result.trackingNumbers)); // prettier-ignore
  }

  async after(tx: Transaction, answers: readonly EffectAnswer<Label>[]): Promise<void> {
    const labels = answers.map(({ shipment, result: { carrier, trackingNumbers, cost } }) => ({ shipment: shipment.id, carrier, trackingNumbers, cost })); // prettier-ignore
    await recordLabels(tx, labels);
    const parcels = labels.flatMap(({ shipment, trackingNumbers }) =>
      trackingNumbers.map((trackingNumber) => ({ shipment, trackingNumber })),
    );
    await this.tracking.attach(tx, parcels);
    await this.tell(tx, labels.map(({ shipment }) => shipment)); // prettier-ignore
  }

  /** There are tracking numbers to give. Nobody is told of a shipment that was void before its label came. */
  private async tell(tx: Transaction, shipments: readonly string[]): Promise<void> {
    const settlements = shipments.flatMap((shipment) =>
      (['NOTICE', 'CHANNEL_FULFILMENT'] as const).map((name) => ({ shipment, revision: 1, name, to: 'DONE' as const })),
    );
    const told = await settleEffects(tx, ['PENDING'], settlements);
    const toldBy = (effect: EffectName): string[] =>
      told.filter(({ name }) => name === effect).map(({ shipment }) => shipment);
    await this.notices.send(tx, toldBy('NOTICE'));
    const channel = toldBy('CHANNEL_FULFILMENT');
    if (channel.length > 0) await this.notices.fulfilChannel(tx, [...(await shipmentsOf(tx, channel)).values()]);
  }
}

/** Packages as the warehouse packed them; one of the lines' total weight when it named none. */
export function parcelsOf({ request, lines }: Shipment, defaultWeightKg: string): ParcelDto[] {
  const total = lines.reduce(
    (sum, line) => sum.plus(new Decimal(line.quantity).times(line.weightKg ?? 0)),
    new Decimal(0),
  );
  const packages = request.packages ?? [];
  const share = total.div(Math.max(1, packages.length)).toDecimalPlaces(6, Decimal.ROUND_UP);
  const fallback = share.gt(0) ? plain(share) : defaultWeightKg;
  if (packages.length === 0) return [{ id: '1', weightKg: fallback }];
  return packages.map(({ id, weightKg }) => ({ id, weightKg: weightKg ?? fallback }));
}
