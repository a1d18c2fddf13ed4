import { skuOf } from './world';

export const RECORDS_PER_CALL = 5_000;
const ITEMS = 500;
const STARTED_AT = Date.parse('2026-03-02T06:00:00Z');

/** The receipts of one call, the same for both sides: ids in the order in which a warehouse gives them, items as they come. */
export function bulkRecords(call: number) {
  return Array.from({ length: RECORDS_PER_CALL }, (_, index) => {
    const number = call * RECORDS_PER_CALL + index;
    return {
      id: `receipt-${String(number).padStart(10, '0')}`,
      item: skuOf((number * 7919) % ITEMS),
      node: 'DC-NORTH',
      fact: 'RECEIVED',
      quantity: String(1 + (number % 40)),
      occurredAt: new Date(STARTED_AT + number * 10).toISOString(),
      reference: `PO-${call}-${index % 50}`,
      messageId: `asn-${call}`,
    };
  });
}
