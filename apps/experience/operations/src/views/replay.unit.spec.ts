import type { RetryPreview } from '#contracts/orders/order-changes.dto';
import type { OrderView } from '#contracts/orders/orders.dto';
import type { ShipmentView } from '#contracts/shipments/shipments.dto';
import { stepsOf } from './replay';

const hold = (type: string, code: string) => ({ id: 'h1', type, code, detail: 'no', owner: 'credit', who: 'orders', blocking: true, since: '' }); // prettier-ignore
const order = (changes: object): OrderView =>
  ({ id: 'o', status: 'RELEASED', fulfilments: [], holds: [], ...changes }) as unknown as OrderView;
const nothing: RetryPreview = { status: 'RELEASED', lifted: [], kept: [], commands: [] };
const states = (of: OrderView, shipments: readonly ShipmentView[], decided = nothing) =>
  stepsOf(of, shipments, decided).map(({ step, state }) => `${step} ${state}`);

describe('what a replay would do', () => {
  it('makes nothing again that is there', () => {
    const fulfilments = [{ id: 'o-F1', node: 'N', status: 'SHIPPED' }, { id: 'o-F2', node: 'S', status: 'CANCELLED' }]; // prettier-ignore
    const effects = [{ name: 'ERP_DELIVERY', state: 'DONE', reference: 'D-1' }];
    const shipments = [{ id: 's', effects }] as unknown as ShipmentView[];
    expect(states(order({ erpDocument: 'SO-1', fulfilments }), shipments)).toEqual([
      'ERP_ORDER DONE',
      'RELEASE DONE',
      'RELEASE NOT_NEEDED',
      'ERP_DELIVERY DONE',
    ]);
  });

  it.each([
    ['a hold that stays for a decision', { holds: [hold('CREDIT', 'CREDIT_LIMIT')] }, [], 'HOLD WAITS'],
    ['a failed effect goes out again', {}, [{ name: 'LABEL', state: 'FAILED', error: 'no service' }], 'LABEL WOULD_RUN'],
    ['one under way is left alone', {}, [{ name: 'ERP_INVOICE', state: 'PENDING' }], 'ERP_INVOICE WAITS'],
  ])('%s', (_, changes, effects, expected) => {
    const shipments = effects.length === 0 ? [] : ([{ id: 's', effects }] as unknown as ShipmentView[]);
    expect(states(order(changes), shipments)).toEqual(['ERP_ORDER WAITS', expected]);
  }); // prettier-ignore

  it('says what the order decided: which hold would be lifted, and what would be asked for then', () => {
    const held = order({ holds: [hold('COMMAND', 'BACKEND_REFUSED')] });
    const commands = [{ key: 'release:o-F1', kind: 'release-to-node' }];
    expect(states(held, [], { ...nothing, lifted: ['h1'], commands })).toEqual([
      'ERP_ORDER WAITS',
      'HOLD WOULD_RUN',
      'COMMAND WOULD_RUN',
    ]);
  });
});
