import type { NewJob } from '#messaging/jobs';
import type { Command, CommandKind } from './order-command';
import type { OrderContents } from './order-state';

export interface CommandPayload {
  readonly order: string;
  readonly correlationId: string;
  readonly command: Command;
}

/** A release and its cancellation share a queue and an order key: the warehouse hears of them in this order. */
export const COMMAND_QUEUES: Readonly<Record<CommandKind, string>> = {
  reserve: 'orders.reserve',
  'release-reservation': 'orders.release-reservation',
  'create-erp-order': 'orders.erp',
  'cancel-erp': 'orders.erp',
  'release-to-node': 'orders.warehouse',
  'cancel-fulfilment': 'orders.warehouse',
};

export function commandJob({ id: order, correlationId }: OrderContents, command: Command): NewJob {
  const payload: CommandPayload = { order, correlationId, command };
  return {
    queue: COMMAND_QUEUES[command.kind],
    key: jobKey(order, command.key),
    payload,
    ...orderKeyOf(command),
  };
}

export function jobKey(order: string, command: string): string {
  return `${order}/${command}`;
}

function orderKeyOf(command: Command): { orderKey?: string } {
  switch (command.kind) {
    case 'release-to-node':
    case 'cancel-fulfilment':
      return { orderKey: command.request.fulfilmentOrder };
    case 'cancel-erp':
      return { orderKey: command.request.salesOrder };
    default:
      return {};
  }
}
