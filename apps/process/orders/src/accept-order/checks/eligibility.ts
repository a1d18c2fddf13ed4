import type { CustomerDto, ItemDto, ShipToDto } from '#contracts/reference/reference.dto';
import type { Check, Found } from '../incoming';
import { linesOf } from '../incoming';

/** 8. This customer may buy this item, in this channel, for this country. */
export const eligibility: Check = {
  name: 'ELIGIBILITY',
  run: (incoming) => {
    const { snapshot, request, today } = incoming;
    const { customer, shipTo } = snapshot;
    if (!customer || !shipTo) return [];
    return linesOf(incoming).flatMap(({ line, pointer, resolved }): Found[] => {
      if (!resolved) return [];
      const at = { pointer: `${pointer}/item`, line: line.line, seen: resolved.item.sku };
      return [
        ...assortment(resolved.item, customer),
        ...territory(resolved.item, request.channel, shipTo),
        ...licence(resolved.item, customer, today),
      ].map((found) => ({ ...found, ...at }));
    });
  },
};

function assortment({ sku, assortments }: ItemDto, customer: CustomerDto): Found[] {
  if (assortments === undefined || assortments.some((each) => customer.assortments?.includes(each))) return [];
  const detail = `item ${sku} is not in an assortment of customer ${customer.id}`;
  return [{ code: 'ITEM_NOT_IN_ASSORTMENT', detail, expected: assortments.join(', ') }];
}

function territory(
  { sku, notInChannels = [], notSoldTo = [] }: ItemDto,
  channel: string,
  { address }: ShipToDto,
): Found[] {
  const found: Found[] = [];
  if (notInChannels.some((each) => each.toLowerCase() === channel.toLowerCase()))
    found.push({ code: 'ITEM_NOT_IN_CHANNEL', detail: `item ${sku} is not sold in ${channel}` });
  if (notSoldTo.includes(address.country))
    found.push({ code: 'ITEM_NOT_FOR_COUNTRY', detail: `item ${sku} is not sold to ${address.country}` });
  return found;
}

function licence({ sku, licence: needed }: ItemDto, customer: CustomerDto, today: string): Found[] {
  const held = (customer.licences ?? []).filter((each) => each.licence === needed);
  if (needed === undefined || held.some(({ validTo }) => validTo === undefined || validTo >= today)) return [];
  const words = held.length > 0 ? 'has expired' : 'is missing';
  return [
    { code: 'LICENCE_MISSING', detail: `item ${sku} needs the licence ${needed}, which ${words}`, expected: needed },
  ];
}
