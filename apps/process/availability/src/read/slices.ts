import type { AnsweredSlice } from '#contracts/availability/answer.dto';
import type { Part } from '../promise/book';
import { deliveryDay, latestFor } from '../promise/calendar';
import { dateOf, localTime, type Day } from '../promise/days';
import type { Ground } from '../promise/ground';
import type { SubstitutePart } from '../promise/offer';
import { text } from '../promise/quantity';

/** A part of a promise as the contract shows it. Written out, as everything each slice of each line goes through: spreading objects cost more than deciding. */
export function partSlice(ground: Ground, { node, day, quantity, basis, supply, components }: Part): AnsweredSlice {
  const slice: AnsweredSlice = { node, shipDate: dateOf(day), quantity: text(quantity), basis };
  const calendar = ground.terms.calendar(node);
  if (calendar) slice.deliveryDate = dateOf(deliveryDay(calendar, day));
  if (supply !== undefined) slice.supply = supply;
  if (components !== undefined) slice.components = componentsOf(components);
  return slice;
}

/** `quantity` is of the item that was asked for. */
export function substituteSlice(ground: Ground, { item, part, covers }: SubstitutePart): AnsweredSlice {
  const slice = partSlice(ground, part);
  return { ...slice, quantity: text(covers), basis: 'SUBSTITUTE', item, itemQuantity: text(part.quantity) };
}

export function shippingOf(
  ground: Ground,
  node: string,
  day: Day,
): Pick<AnsweredSlice, 'node' | 'shipDate' | 'deliveryDate'> {
  const calendar = ground.terms.calendar(node);
  const shipping = { node, shipDate: dateOf(day) };
  return calendar ? { ...shipping, deliveryDate: dateOf(deliveryDay(calendar, day)) } : shipping;
}

/** Until when it may leave, and be released, to arrive by a day; a node without a calendar delivers on the day it ships. */
export function inTimeFor(ground: Ground, node: string, delivery: Day): Pick<AnsweredSlice, 'shipBy' | 'releaseBy'> {
  const calendar = ground.terms.calendar(node);
  if (!calendar) return { shipBy: dateOf(delivery) };
  const { ship, release } = latestFor(calendar, delivery);
  const releaseBy = calendar.cutOff === undefined ? localTime(release + 1, 0) : localTime(release, calendar.cutOff);
  return { shipBy: dateOf(ship), releaseBy };
}

function componentsOf(components: NonNullable<Part['components']>): NonNullable<AnsweredSlice['components']> {
  return components.map(({ item, part: { quantity, basis, supply } }) => {
    const component = { item, quantity: text(quantity), basis };
    return supply === undefined ? component : { ...component, supply };
  });
}
