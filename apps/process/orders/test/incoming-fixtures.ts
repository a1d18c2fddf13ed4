import type { AcceptOrderRequest, OrderLineRequest } from '#contracts/orders/orders.dto';
import type { CustomerDto, ItemDto, OrderSnapshot, ResolvedItem, ShipToDto } from '#contracts/reference/reference.dto';
import { findEverything } from '../src/accept-order/find-everything';
import type { AcceptPolicy, Incoming } from '../src/accept-order/incoming';
import { policyOf } from '../src/accept-order/policy';
import { HOUSE_POLICY } from '../src/fulfil-order/policy';
import { ADDRESS } from './order-fixtures';

export const POLICY: AcceptPolicy = policyOf({
  defaultErpConnection: 'erp-main',
  priceTolerance: { percent: '1', absolute: '0' },
  priceDeviation: 'HOLD',
});

export const GBP = (amount: string) => ({ amount, currency: 'GBP' });

/** What differs from an order of two cases of A for Bristol, with which everything is right. */
export interface Case {
  line?: Partial<OrderLineRequest>;
  request?: Partial<AcceptOrderRequest>;
  item?: Partial<ItemDto>;
  /** null: not priced. */
  price?: ResolvedItem['price'] | null;
  /** The code of the line is a GTIN of this item as well. */
  alsoGtinOf?: string;
  customer?: Partial<CustomerDto>;
  shipTo?: Partial<ShipToDto>;
  snapshot?: Partial<OrderSnapshot>;
  policy?: Partial<AcceptPolicy>;
  around?: Partial<Pick<Incoming, 'credit' | 'known' | 'homeCountries' | 'fulfilment'>>;
}

export function incoming(each: Case): Incoming {
  const { line, request, item, price = GBP('2.35'), alsoGtinOf, customer, snapshot, policy, around } = each;
  const shipTo = { id: 'BRISTOL', address: ADDRESS, ...each.shipTo };
  const known: ItemDto = {
    sku: 'A',
    description: 'a',
    status: 'ACTIVE',
    baseUnit: 'EA',
    packs: [{ unit: 'XCS', baseQuantity: '12' }],
    ...item,
  };
  return {
    today: '2026-03-02',
    policy: { ...POLICY, ...policy },
    fulfilment: HOUSE_POLICY,
    homeCountries: ['GB'],
    ...around,
    request: {
      partner: 'harbour',
      channel: 'portal',
      purchaseOrder: 'PO-1',
      shipTo: 'BRISTOL',
      lines: [{ line: 1, item: 'A', quantity: { value: '2', unit: 'XCS' }, ...line }],
      ...request,
    },
    snapshot: {
      shipTo,
      customer: {
        id: 'C1',
        name: 'c',
        status: 'ACTIVE',
        partner: 'harbour',
        currency: 'GBP',
        shipTos: [shipTo],
        ...customer,
      },
      items: [
        {
          ...{ requested: 'A', item: known },
          ...(price === null ? {} : { price, priceBasis: 'LIST' as const }),
          ...(alsoGtinOf === undefined ? {} : { alsoGtinOf }),
        },
      ],
      units: [],
      missing: [],
      ...snapshot,
    },
  };
}

/** `SEVERITY CODE pointer` of everything found. */
export function found(each: Case): string[] {
  return findEverything(incoming(each)).map(({ severity, code, pointer = '' }) =>
    `${severity} ${code} ${pointer}`.trim(),
  );
}
