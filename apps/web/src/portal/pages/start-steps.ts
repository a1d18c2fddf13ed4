import type { TextKey } from '../texts/t';

export interface Sample {
  readonly item: string;
  readonly shipTo: string;
  readonly purchaseOrder: string;
  /** Known once an order was placed. */
  readonly order: string | undefined;
}
export interface StepCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}
export interface Step {
  readonly id: 'items' | 'availability' | 'order' | 'ship';
  readonly title: TextKey;
  readonly text: TextKey;
  /** How the log names the call that this step waits for. */
  readonly method: 'GET' | 'POST';
  readonly route: string;
  readonly call: (sample: Sample) => StepCall;
}

const quantity = { value: '12', unit: 'EA' };

export const STEPS: readonly Step[] = [
  {
    id: 'items',
    title: 'start.items.title',
    text: 'start.items.text',
    method: 'GET',
    route: '/portal/v1/items',
    call: () => ({ method: 'GET', path: '/portal/v1/items?limit=3' }),
  },
  {
    id: 'availability',
    title: 'start.availability.title',
    text: 'start.availability.text',
    method: 'POST',
    route: '/portal/v1/availability/query',
    call: ({ item }) => ({
      method: 'POST',
      path: '/portal/v1/availability/query',
      body: { lines: [{ item, quantity }] },
    }),
  },
  {
    id: 'order',
    title: 'start.order.title',
    text: 'start.order.text',
    method: 'POST',
    route: '/portal/v2/orders',
    call: ({ item, shipTo, purchaseOrder }) => ({
      method: 'POST',
      path: '/portal/v2/orders',
      headers: { 'Idempotency-Key': `start-${purchaseOrder}` },
      body: { purchaseOrder, shipTo, lines: [{ line: 1, item, quantity }] },
    }),
  },
  {
    id: 'ship',
    title: 'start.ship.title',
    text: 'start.ship.text',
    method: 'GET',
    route: '/portal/v2/orders/{id}',
    call: ({ order }) => ({ method: 'GET', path: `/portal/v2/orders/${order ?? '$ORDER_ID'}` }),
  },
];

/** What does the same in a terminal. */
export function curlOf(call: StepCall, origin: string, key: string): string {
  const headers = {
    Authorization: `Bearer ${key}`,
    ...(call.body && { 'Content-Type': 'application/json' }),
    ...call.headers,
  };
  return [
    `curl ${call.method === 'GET' ? '' : `-X ${call.method} `}"${origin}${call.path}"`,
    ...Object.entries(headers).map(([name, value]) => `-H "${name}: ${value}"`),
    ...(call.body === undefined ? [] : [`-d '${JSON.stringify(call.body)}'`]),
  ].join(' \\\n  ');
}
