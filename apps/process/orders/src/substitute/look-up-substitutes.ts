import { Injectable } from '@nestjs/common';
import type { ReservedLine } from '#contracts/availability/reserve.dto';
import type { AcceptOrderRequest } from '#contracts/orders/orders.dto';
import type { OrderCheck } from '#contracts/orders/validation.dto';
import { findEverything } from '../accept-order/find-everything';
import { Gather } from '../accept-order/gather';
import { linesOf, type Incoming } from '../accept-order/incoming';
import { priceInForce } from '../accept-order/value';
import type { SubstituteItem } from '../fulfil-order/order-event';
import { ProcessOrders } from '../fulfil-order/process-orders';

/** What an item that nobody ordered must pass as if it had been ordered. How much of it is in packs is availability's to know. */
const CHECKS: readonly OrderCheck[] = ['ITEM', 'ELIGIBILITY', 'COMPLIANCE'];

type Asking = Pick<AcceptOrderRequest, 'partner' | 'channel' | 'shipTo'>;

/** Looks up what availability holds in place of what was ordered: what it is, its price for this customer, and whether they may have it. */
@Injectable()
export class LookUpSubstitutes {
  constructor(
    private readonly gather: Gather,
    private readonly process: ProcessOrders,
  ) {}

  async of(asking: Asking, reserved: readonly ReservedLine[]): Promise<SubstituteItem[]> {
    const held = reserved.flatMap(({ line, slices }) =>
      [...new Set(slices.flatMap(({ basis, item }) => (basis === 'SUBSTITUTE' ? (item ?? []) : [])))].map((item) => {
        return { line, item };
      }),
    );
    if (held.length === 0) return [];
    const lines = held.map(({ item }, index) => ({ line: index + 1, item, quantity: { value: '1', unit: '' } }));
    const request: AcceptOrderRequest = { ...asking, purchaseOrder: 'substitutes', lines };
    const incoming = inBaseUnits(await this.gather.incoming(request, await this.process.surroundings()));
    return held.map((each, index) => known(incoming, each, index));
  }
}

function inBaseUnits(incoming: Incoming): Incoming {
  const units = new Map(incoming.snapshot.items.map(({ requested, item }) => [requested, item.baseUnit]));
  const lines = incoming.request.lines.map((line) => {
    return { ...line, quantity: { value: '1', unit: units.get(line.item) ?? '' } };
  });
  return { ...incoming, request: { ...incoming.request, lines } };
}

function known(incoming: Incoming, held: Pick<SubstituteItem, 'line' | 'item'>, index: number): SubstituteItem {
  const refusal = findEverything(incoming).find(
    ({ check, line, severity }) =>
      line === index + 1 && CHECKS.includes(check) && (severity === 'HOLD' || severity === 'REJECT'),
  );
  const line = linesOf(incoming)[index];
  if (refusal || !line?.resolved) return { ...held, refused: refusal?.detail ?? `no item ${held.item}` };
  const { description, baseUnit, weightKg, capture } = line.resolved.item;
  const unitPrice = priceInForce(incoming, line);
  return {
    ...{ ...held, description, baseUnit },
    ...(weightKg !== undefined && { weightKg }),
    ...(capture !== undefined && { capture }),
    ...(unitPrice && { unitPrice }),
  };
}
