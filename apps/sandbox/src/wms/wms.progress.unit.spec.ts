import { Decimal } from '#canonical/decimal';
import { advance, STEPS } from './wms.progress';
import type { BusinessFault, Floor, Shelves } from './wms.progress';
import type { Order } from './wms.types';

class MemoryShelves implements Shelves {
  readonly picked = new Map<string, Decimal>();
  constructor(readonly onHand: Map<string, Decimal>) {}
  free(item: string): Decimal {
    return (this.onHand.get(item) ?? new Decimal(0)).minus(this.picked.get(item) ?? 0);
  }
  pick(item: string, quantity: Decimal): void {
    this.picked.set(item, quantity.plus(this.picked.get(item) ?? 0));
  }
  ship(item: string, quantity: Decimal): void {
    this.picked.set(item, (this.picked.get(item) ?? new Decimal(0)).minus(quantity));
    this.onHand.set(item, (this.onHand.get(item) ?? new Decimal(0)).minus(quantity));
  }
}

const order = (quantity = '6'): Order => ({
  ...{ installation: 'north', number: 'WH1', externalId: 'F1', state: 'released', picked: [], shipments: 0 },
  lines: [{ line: 1, item: 'A', quantity }],
});
const floor = (stock: string, ...faults: BusinessFault[]): Floor & { shelves: MemoryShelves } => ({
  node: 'W1',
  now: Date.parse('2026-11-21T09:00:00Z'),
  shelves: new MemoryShelves(new Map([['A', new Decimal(stock)]])),
  strikes: (fault) => faults.includes(fault),
});
const typesOf = ({ events }: ReturnType<typeof advance>): string[] =>
  events.map(({ type }) => type.replace('fulfilment.', ''));

describe('a simulated warehouse', () => {
  it('goes one step at a time, each with one event', () => {
    const first = advance(order(), 1, floor('10'));
    expect([first.order.state, typesOf(first)]).toEqual(['accepted', ['accepted']]);
    const second = advance(first.order, 1, floor('10'));
    expect([second.order.state, typesOf(second)]).toEqual(['picking', ['picking']]);
  });

  it('goes all the way at once, and its stock falls by what was shipped', () => {
    const here = floor('10');
    const done = advance(order(), STEPS, here);
    expect(typesOf(done)).toEqual(['accepted', 'picking', 'picked', 'packed', 'shipped']);
    expect(here.shelves.onHand.get('A')?.toString()).toBe('4');
    expect(here.shelves.picked.get('A')?.toString()).toBe('0');
    const times = done.events.map(({ occurredAt }) => occurredAt);
    expect([...new Set(times)].sort()).toEqual(times);
  });

  it('picks what is there and ships no more than it picked', () => {
    const here = floor('4');
    const { events } = advance(order(), STEPS, here);
    expect(events.at(-1)).toMatchObject({ type: 'fulfilment.shipped', lines: [{ line: 1, item: 'A', quantity: '4' }] });
    expect(here.shelves.onHand.get('A')?.toString()).toBe('0');
  });

  it('does not pick again what another order has picked', () => {
    const here = floor('8');
    const first = advance(order(), 3, here);
    const second = advance({ ...order(), number: 'WH2' }, 3, here);
    expect([first.order.picked[0]?.quantity, second.order.picked[0]?.quantity]).toEqual(['6', '2']);
  });

  it('ends an order of which nothing is there', () => {
    const done = advance(order(), STEPS, floor('0'));
    expect([done.order.state, typesOf(done)]).toEqual(['cancelled', ['accepted', 'picking', 'picked', 'cancelled']]);
    expect(done.order.shipments).toBe(0);
  });

  it('leaves finished orders alone', () => {
    const cancelled: Order = { ...order(), state: 'cancelled' };
    expect(advance(cancelled, STEPS, floor('10'))).toEqual({ order: cancelled, events: [] });
  });

  it.each<[BusinessFault, string[]]>([
    ['ship-twice', ['accepted', 'picking', 'picked', 'packed', 'shipped', 'shipped']],
    ['ship-before-pick', ['shipped', 'accepted', 'picking', 'picked', 'packed']],
    ['pick-short', ['accepted', 'picking', 'picked', 'packed', 'shipped']],
  ])('with the fault %s still takes from its shelves once', (fault, expected) => {
    const here = floor('10', fault);
    expect(typesOf(advance(order(), STEPS, here))).toEqual(expected);
    expect(here.shelves.onHand.get('A')?.toString()).toBe(fault === 'pick-short' ? '7' : '4');
  });
});
