import { Injectable } from '@nestjs/common';
import type { RetryPreview } from '#contracts/orders/order-changes.dto';
import type { OrderHold, OrderView } from '#contracts/orders/orders.dto';
import type { ShipmentEffect, ShipmentView } from '#contracts/shipments/shipments.dto';
import type { ReplayPreview, ReplayStep } from '../in/http/replay.dto';
import { OperationsProcesses } from '../out/processes';

const MOST_SHIPMENTS = 200;
const EFFECT_STATES: Readonly<Record<ShipmentEffect['state'], ReplayStep['state']>> = {
  DONE: 'DONE',
  FAILED: 'WOULD_RUN',
  PENDING: 'WAITS',
  NOT_NEEDED: 'NOT_NEEDED',
};

/** What a replay of an order would do: orders decides it on the order as it is now, shipments says which effects failed. It does nothing itself. */
@Injectable()
export class ReplayView {
  constructor(private readonly processes: OperationsProcesses) {}

  /** Errors: ORDER_UNKNOWN (not-found). */
  async preview(partner: string, id: string): Promise<ReplayPreview> {
    const order = await this.processes.orders.get({ partner, id });
    const { shipments } = await this.processes.shipments.list({ order: id, limit: MOST_SHIPMENTS });
    const decided = await this.processes.orders.previewRetry({ partner, id });
    const steps = stepsOf(order, shipments, decided);
    const wouldRun = steps.filter(({ step, state }) => step !== 'HOLD' && state === 'WOULD_RUN').length;
    return { order: id, partner, statusAfter: decided.status, steps, wouldRun };
  }
}

/** Pure: what is there, what would go out again, and what waits. */
export function stepsOf(order: OrderView, shipments: readonly ShipmentView[], decided: RetryPreview): ReplayStep[] {
  const erp: ReplayStep =
    order.erpDocument === undefined
      ? { step: 'ERP_ORDER', key: order.id, state: order.status === 'CANCELLED' ? 'NOT_NEEDED' : 'WAITS' }
      : { step: 'ERP_ORDER', key: order.id, state: 'DONE', reference: order.erpDocument };
  return [
    erp,
    ...order.fulfilments.map(releaseOf),
    ...order.holds.map((hold) => holdOf(order.id, hold, decided.lifted.includes(hold.id))),
    ...decided.commands.map(({ key, kind }): ReplayStep => ({
      step: 'COMMAND',
      key,
      state: 'WOULD_RUN',
      detail: kind,
    })),
    ...shipments.flatMap(({ id, effects }) => effects.map((effect) => effectOf(id, effect))),
  ];
}

function releaseOf({ id, node, status }: OrderView['fulfilments'][number]): ReplayStep {
  const over = status === 'CANCELLED' || status === 'REJECTED';
  const state = over ? 'NOT_NEEDED' : status === 'REQUESTED' ? 'WAITS' : 'DONE';
  return { step: 'RELEASE', key: id, state, detail: `${node}: ${status}` };
}

function holdOf(order: string, { id, code, detail, owner }: OrderHold, again: boolean): ReplayStep {
  const what = again ? detail : `${detail}; ${owner} decides`;
  return { step: 'HOLD', key: `${order}/${id}`, state: again ? 'WOULD_RUN' : 'WAITS', detail: `${code}: ${what}` };
}

function effectOf(shipment: string, { name, state, reference, error }: ShipmentEffect): ReplayStep {
  return {
    ...{ step: name, key: shipment, state: EFFECT_STATES[state] },
    ...(reference === undefined ? {} : { reference }),
    ...(error === undefined ? {} : { detail: error }),
  };
}
