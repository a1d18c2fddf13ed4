import { gtin14, isGtin } from '#canonical/gtin';
import { OPERATORS_OWN_OF_ITEMS } from '../map-codes/sources-of-truth';
import type { ContractPriceDto, CustomerDto, ItemDto, PutResult } from '#contracts/reference/reference.dto';

/** Records that may be stored, and a result for each that may not. */
export interface Checked<T> {
  readonly good: readonly T[];
  readonly rejected: readonly PutResult[];
}

/** Splits records by what `fault` says of each; a key that comes twice in one request is rejected the second time. */
export function check<T>(
  records: readonly T[],
  idOf: (record: T) => string,
  fault: (record: T) => string | undefined,
): Checked<T> {
  const seen = new Set<string>();
  const good: T[] = [];
  const rejected: PutResult[] = [];
  for (const record of records) {
    const id = idOf(record);
    const detail = seen.has(id) ? 'twice in this request' : fault(record);
    seen.add(id);
    if (detail === undefined) good.push(record);
    else rejected.push({ id, outcome: 'rejected', detail });
  }
  return { good, rejected };
}

/** GTINs with their check digits, packs that are units of their own. */
export function itemFault(item: ItemDto): string | undefined {
  const gtins = gtinsOf(item);
  const wrong = gtins.find((gtin) => !isGtin(gtin));
  if (wrong !== undefined) return `GTIN ${wrong}: the check digit is wrong`;
  if (new Set(gtins.map(gtin14)).size < gtins.length) return 'two units have the same GTIN';
  const units = [item.baseUnit, ...item.packs.map((pack) => pack.unit)];
  const repeated = units.find((unit, index) => units.indexOf(unit) !== index);
  return repeated === undefined ? undefined : `unit ${repeated} is declared twice`;
}

export function customerFault(customer: CustomerDto): string | undefined {
  const ids = customer.shipTos.map((shipTo) => shipTo.id);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  return repeated === undefined ? undefined : `ship-to ${repeated} is declared twice`;
}

export function priceFault(price: ContractPriceDto): string | undefined {
  if (price.price.amount.startsWith('-')) return 'a price is not negative';
  for (const date of [price.validFrom, price.validTo]) {
    if (date !== undefined && !isDay(date)) return `${date} is no day of the calendar`;
  }
  return price.validTo !== undefined && price.validTo < price.validFrom ? 'validTo is before validFrom' : undefined;
}

/** Base unit and packs, as sent. */
export function gtinsOf(item: ItemDto): string[] {
  return [item.gtin, ...item.packs.map((pack) => pack.gtin)].filter((gtin) => gtin !== undefined);
}

/** One spelling per fact: GTINs with 14 digits, fields in one order, so that equal records compare equal. */
export function normalisedItem(item: ItemDto): ItemDto {
  return {
    sku: item.sku,
    description: item.description,
    status: item.status,
    baseUnit: item.baseUnit,
    packs: item.packs.map(({ unit, baseQuantity, gtin }) => ({
      unit,
      baseQuantity,
      ...(gtin === undefined ? {} : { gtin: gtin14(gtin) }),
    })),
    ...(item.gtin === undefined ? {} : { gtin: gtin14(item.gtin) }),
    ...(item.listPrice === undefined ? {} : { listPrice: item.listPrice }),
    ...(item.weightKg === undefined ? {} : { weightKg: item.weightKg }),
    ...Object.fromEntries(OPERATORS_OWN_OF_ITEMS.flatMap((key) => (item[key] === undefined ? [] : [[key, item[key]]]))),
  };
}

/** A day of the calendar. */
export function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
