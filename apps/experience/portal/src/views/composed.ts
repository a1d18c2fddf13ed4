import type { ComponentSlice } from '#contracts/availability/answer.dto';
import { lookUpItems } from '#contracts/edge/item-lookup';
import type { ReferenceApi } from '#contracts/reference/reference.api';
import type { PromisedSlice } from '../in/http/availability.dto';

/** What is delivered instead, or put together. */
export interface Composed {
  readonly item?: string;
  readonly itemQuantity?: string;
  readonly components?: readonly ComponentSlice[];
}

/** Base units by item: of substitutes and components. An item that the item master no longer has is counted in pieces. */
export type BaseUnits = ReadonlyMap<string, string>;

const PIECE = 'EA';
const NO_UNITS: BaseUnits = new Map();

/** Most answers name no other item than the one asked for, and ask nothing. */
export async function unitsOf(
  reference: ReferenceApi,
  { lines }: { readonly lines: readonly { readonly slices: readonly Composed[] }[] },
): Promise<BaseUnits> {
  const others: string[] = [];
  for (const { slices } of lines)
    for (const { item, components } of slices) {
      if (item !== undefined) others.push(item);
      if (components !== undefined) others.push(...components.map((component) => component.item));
    }
  if (others.length === 0) return NO_UNITS;
  const items = await lookUpItems(reference, others);
  return new Map([...items].map(([id, { baseUnit }]) => [id, baseUnit]));
}

/** Shows the other items of a slice, each in its own base unit. */
export function compose(
  shown: Pick<PromisedSlice, 'substitute' | 'components'>,
  { item, itemQuantity, components }: Composed,
  units: BaseUnits,
): void {
  const inBase = (of: string, value: string) => ({ value, unit: units.get(of) ?? PIECE });
  if (item !== undefined && itemQuantity !== undefined)
    shown.substitute = { item, quantity: inBase(item, itemQuantity) };
  if (components !== undefined)
    shown.components = components.map((each) => ({ ...each, quantity: inBase(each.item, each.quantity) }));
}
