import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { ErpApi } from '#contracts/erp/erp.api';
import { TmsApi } from '#contracts/tms/tms.api';
import { CrossdockError } from '#canonical/errors';
import type { Shipment } from '../confirm-shipment/shipment';
import { documentDateOf, QUEUES } from './effect';
import type { OutsideEffect, Posting } from './effect';
import { EffectRunner } from './effect-runner';

/** What a delivery said too much goes back into the ERP's stock. */
@Injectable()
export class ErpReversalEffect implements OutsideEffect, OnModuleInit {
  readonly name = 'ERP_REVERSAL';
  readonly queue = QUEUES.ERP_REVERSAL;

  constructor(
    private readonly erp: ErpApi,
    private readonly runner: EffectRunner,
  ) {}

  onModuleInit(): void {
    this.runner.register(this);
  }

  async perform(shipment: Shipment, { businessKey, lines }: Posting): Promise<{ reference: string }> {
    const { id, request, fulfilmentOrder } = shipment;
    const { documentNumber } = await this.erp.reverseDelivery({
      connection: fulfilmentOrder.erpConnection,
      ...{ businessKey, salesOrder: fulfilmentOrder.order, delivery: id, node: request.node },
      documentDate: documentDateOf(shipment),
      lines: lines.map((line) => ({ ...line })),
    });
    return { reference: documentNumber };
  }
}

/** What an invoice billed too much: an invoice that has been asked for is never changed (domain/order-to-cash.md §11.2). */
@Injectable()
export class CreditMemoEffect implements OutsideEffect, OnModuleInit {
  readonly name = 'CREDIT_MEMO';
  readonly queue = QUEUES.CREDIT_MEMO;

  constructor(
    private readonly erp: ErpApi,
    private readonly runner: EffectRunner,
  ) {}

  onModuleInit(): void {
    this.runner.register(this);
  }

  async perform(shipment: Shipment, { businessKey, lines }: Posting): Promise<{ reference: string }> {
    const { id, fulfilmentOrder } = shipment;
    const { documentNumber } = await this.erp.postCreditMemo({
      connection: fulfilmentOrder.erpConnection,
      ...{ businessKey, salesOrder: fulfilmentOrder.order, invoice: id },
      documentDate: documentDateOf(shipment),
      lines: lines.map((line) => ({ ...line })),
    });
    return { reference: documentNumber };
  }
}

/** A label of a shipment that did not take place is given back. The carrier says no when it has used it. */
@Injectable()
export class LabelVoidEffect implements OutsideEffect, OnModuleInit {
  readonly name = 'LABEL_VOID';
  readonly queue = QUEUES.LABEL_VOID;

  constructor(
    private readonly tms: TmsApi,
    private readonly runner: EffectRunner,
  ) {}

  onModuleInit(): void {
    this.runner.register(this);
  }

  async perform({ id, fulfilmentOrder }: Shipment): Promise<{ reference: string }> {
    const connection = fulfilmentOrder.tmsConnection;
    const { outcome, detail } = await this.tms.voidLabel({ connection, businessKey: id });
    if (outcome !== 'refused') return { reference: outcome };
    throw new CrossdockError({
      code: 'LABEL_USED',
      kind: 'refused',
      message: detail ?? 'the carrier does not take the label back',
      source: connection,
    });
  }
}
