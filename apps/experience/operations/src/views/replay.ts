import { Injectable } from '@nestjs/common';
import type { OrderHold, OrderView } from '#contracts/orders/orders.dto';
import type { ShipmentEffect, ShipmentView } from '#contracts/shipments/shipments.dto';
import type { ReplayPreview, ReplayStep } from '../in/http/replay.dto';
import { OperationsProcesses } from '../out/processes';

const MOST_SHIPMENTS = 200;
/** Holds that failures opened go out again; the others wait for somebody's decision. */
const TRIED_AGAIN: readonly OrderHold['type'][] = ['COMMAND', 'WAREHOUSE', 'ANSWER'];
const EFFECT_STATES: Readonly<Record<ShipmentEffect['state'], ReplayStep['state']>> = {
  DONE: 'DONE',
  FAILED: 'WOULD_RUN',
  PENDING: 'WAITS',
  NOT_NEEDED: 'NOT_NEEDED',
};

/** What a replay of an order would do, from what its apps know; it does nothing itself. */
@Injectable()
export class ReplayView {
  constructor(private readonly processes: OperationsProcesses) {}

  /** Errors: ORDER_UNKNOWN (not-found). */
  async preview(partner: string, id: string): Promise<ReplayPreview> {
    const order = await this.processes.orders.get({ partner, id });
    const { shipments } = await this.processes.shipments.list({ order: id, limit: MOST_SHIPMENTS });
    const steps = stepsOf(order, shipments);
    return { order: id, partner, steps, wouldRun: steps.filter(({ state }) => state === 'WOULD_RUN').length };
  }
}

/** Pure: what is there, what would go out again, and what waits. */
export function stepsOf(order: OrderView, shipments: readonly ShipmentView[]): ReplayStep[] {
  const erp: ReplayStep =
    order.erpDocument === undefined
      ? { step: 'ERP_ORDER', key: order.id, state: order.status === 'CANCELLED' ? 'NOT_NEEDED' : 'WAITS' }
      : { step: 'ERP_ORDER', key: order.id, state: 'DONE', reference: order.erpDocument };
  return [
    erp,
    ...order.fulfilments.map(releaseOf),
    ...order.holds.map((hold) => holdOf(order.id, hold)),
    ...shipments.flatMap(({ id, effects }) => effects.map((effect) => effectOf(id, effect))),
  ];
}

function releaseOf({ id, node, status }: OrderView['fulfilments'][number]): ReplayStep {
  const over = status === 'CANCELLED' || status === 'REJECTED';
  const state = over ? 'NOT_NEEDED' : status === 'REQUESTED' ? 'WAITS' : 'DONE';
  return { step: 'RELEASE', key: id, state, detail: `${node}: ${status}` };
}

function holdOf(order: string, { id, type, code, detail, owner }: OrderHold): ReplayStep {
  const again = TRIED_AGAIN.includes(type);
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
