import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Decimal } from '#canonical/decimal';
import { ErpApi } from '#contracts/erp/erp.api';
import type { Shipment } from '../confirm-shipment/shipment';
import { QUEUES } from './effect';
import type { OutsideEffect } from './effect';
import { EffectRunner } from './effect-runner';

/** One invoice per shipment, for what was shipped and not more than was released (domain/order-to-cash.md §5, §7). */
@Injectable()
export class ErpInvoiceEffect implements OutsideEffect, OnModuleInit {
  readonly name = 'ERP_INVOICE';
  readonly queue = QUEUES.ERP_INVOICE;

  constructor(
    private readonly erp: ErpApi,
    private readonly runner: EffectRunner,
  ) {}

  onModuleInit(): void {
    this.runner.register(this);
  }

  async perform({ id, lines, fulfilmentOrder }: Shipment): Promise<{ reference: string }> {
    const billed = lines.filter(({ billable }) => new Decimal(billable).gt(0));
    const { documentNumber } = await this.erp.postInvoice({
      connection: fulfilmentOrder.erpConnection,
      businessKey: id,
      salesOrder: fulfilmentOrder.order,
      delivery: id,
      lines: billed.map(({ line, item, billable }) => ({ line, item, quantity: billable })),
    });
    return { reference: documentNumber };
  }
}
