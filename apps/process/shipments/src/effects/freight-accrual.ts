import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { ErpApi } from '#contracts/erp/erp.api';
import type { MoneyDto } from '#contracts/values.dto';
import type { Shipment } from '../confirm-shipment/shipment';
import { documentDateOf, QUEUES } from './effect';
import type { EffectResult, OutsideEffect, Posting } from './effect';
import { EffectRunner } from './effect-runner';

/** What the carrier will bill us: as the warehouse named it, else what the label cost (domain/order-to-cash.md §9). */
@Injectable()
export class FreightAccrualEffect implements OutsideEffect, OnModuleInit {
  readonly name = 'FREIGHT_ACCRUAL';
  readonly queue = QUEUES.FREIGHT_ACCRUAL;

  constructor(
    private readonly erp: ErpApi,
    private readonly runner: EffectRunner,
  ) {}

  onModuleInit(): void {
    this.runner.register(this);
  }

  async perform(shipment: Shipment, { businessKey }: Posting): Promise<EffectResult> {
    const { id, request, fulfilmentOrder } = shipment;
    const amount: MoneyDto | undefined = request.freight?.amount ?? shipment.labelCost ?? undefined;
    if (amount === undefined) return { notNeeded: 'nobody has named an amount' };
    const { carrier } = shipment;
    try {
      const { documentNumber } = await this.erp.accrueFreight({
        connection: fulfilmentOrder.erpConnection,
        ...{ businessKey, delivery: id, documentDate: documentDateOf(shipment), amount },
        ...(carrier === null ? {} : { carrier }),
      });
      return { reference: documentNumber };
    } catch (error) {
      // Many ERPs accrue freight by themselves, or not at all: that is no failure of the shipment.
      if (error instanceof CrossdockError && error.code === 'ABILITY_DISABLED') return { notNeeded: error.message };
      throw error;
    }
  }
}
