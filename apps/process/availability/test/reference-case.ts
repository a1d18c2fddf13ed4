import type { ReserveRequest } from '#contracts/availability/reserve.dto';
import type { SupplyDto } from '#contracts/availability/stock.dto';
import { fact, reservation, uniqueId, type TestAvailability } from './harness';

export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** What tests of plans set up: supplies, promises, and the whole of E7 of the domain's examples. `of` is asked at each call. */
export function referenceCase(of: () => TestAvailability) {
  const expectSupply = (item: string, id: string, quantity: string, days: number, kind: SupplyDto['kind']) =>
    of().availability.putSupplies({ supplies: [{ id, kind, item, node: 'DC', quantity, availableOn: inDays(days) }] });

  const promise = async (item: string, quantity: string, days: number, more: Partial<ReserveRequest> = {}) => {
    const id = uniqueId('ord');
    const lines = [{ line: 1, item, quantity, requestedDate: inDays(days) }];
    await of().availability.reserve(reservation(item, quantity, { reservation: id, lines, ...more }));
    return id;
  };

  /** E7, day 0 is today. Returns the four orders. */
  const e7 = async (item: string): Promise<string[]> => {
    await of().availability.postInventory({
      source: 'wms',
      records: [
        fact({ item, fact: 'RECEIVED', quantity: '120' }),
        fact({ item, fact: 'QUARANTINED', quantity: '12' }),
        fact({ item, fact: 'DAMAGED', quantity: '8' }),
      ],
    });
    await of().availability.putSafetyStock({ levels: [{ item, node: 'DC', quantity: '15' }] });
    await expectSupply(item, `${item}-TO`, '40', 4, 'TRANSFER');
    await expectSupply(item, `${item}-ASN`, '150', 7, 'ASN');
    await expectSupply(item, `${item}-PO`, '50', 8, 'PURCHASE_ORDER');
    const wanted = [
      { quantity: '30', days: 0 },
      { quantity: '10', days: 1 },
      { quantity: '25', days: 2 },
      { quantity: '50', days: 6 },
    ];
    const orders: string[] = [];
    for (const { quantity, days } of wanted) orders.push(await promise(item, quantity, days));
    return orders;
  };

  return { expectSupply, promise, e7 };
}
