import { Decimal, plain } from '#canonical/decimal';
import type { CustomerDto, ItemDto } from '#contracts/reference/reference.dto';
import { countryCode } from './countries';
import { CURRENCY, isCharge, planOf, UNIT } from './mapping';
import { pairKey } from './reversal';
import type { Invoice } from './trade';

/** What the first pass learns: kept by item and customer, never by line. */
export interface Catalogue {
  readonly items: readonly ItemDto[];
  readonly customers: readonly CustomerDto[];
  /** Base units that orders with a customer ask for, by item. Items that only reversals or write-offs name have 0. */
  readonly demand: ReadonlyMap<string, string>;
  /** `pairKey`s that a reversal names. */
  readonly reversed: ReadonlySet<string>;
  readonly invoices: number;
  readonly lines: number;
  /** Invoices dated before the one above them: the file is replayed as it stands. */
  readonly outOfOrder: number;
}

export interface CatalogueChoice {
  readonly partner: string;
  readonly listPrice: 'none' | 'median';
}

const MAX_DESCRIPTION = 200;
const ID_LENGTH = 64;

/** First pass: streams the invoices once. */
export async function catalogueOf(invoices: AsyncIterable<Invoice>, choice: CatalogueChoice): Promise<Catalogue> {
  const items = new Map<string, ItemNotes>();
  const customers = new Map<string, string>();
  const reversed = new Set<string>();
  let lines = 0;
  let count = 0;
  let outOfOrder = 0;
  let date = '';
  for await (const invoice of invoices) {
    count++;
    lines += invoice.lines.length;
    if (invoice.date < date) outOfOrder++;
    else date = invoice.date;
    if (invoice.customer !== '' && !customers.has(invoice.customer)) customers.set(invoice.customer, invoice.country);
    noteItems(items, invoice);
    if (invoice.reversal && invoice.customer !== '')
      for (const { code } of invoice.lines) if (!isCharge(code)) reversed.add(pairKey(invoice.customer, code));
  }
  const known = [...items].filter(([code]) => code !== '' && code.length <= ID_LENGTH);
  return {
    items: known.map(([sku, notes]) => itemOf(sku, notes, choice.listPrice)),
    customers: [...customers].map(([id, country]) => customerOf(id, country, choice.partner)),
    demand: new Map(known.map(([sku, { demand }]) => [sku, plain(demand)])),
    reversed,
    invoices: count,
    lines,
    outOfOrder,
  };
}

interface ItemNotes {
  description: string;
  demand: Decimal;
  /** How often each price was asked. */
  readonly prices: Map<string, number>;
}

function noteItems(items: Map<string, ItemNotes>, invoice: Invoice): void {
  for (const { code, description, unitPrice, fault } of invoice.lines) {
    if (isCharge(code) || fault !== undefined) continue;
    const notes = items.get(code) ?? { description: '', demand: new Decimal(0), prices: new Map<string, number>() };
    if (notes.description === '') notes.description = description.slice(0, MAX_DESCRIPTION);
    if (Number(unitPrice) > 0) notes.prices.set(unitPrice, (notes.prices.get(unitPrice) ?? 0) + 1);
    items.set(code, notes);
  }
  if (invoice.customer === '') return;
  const plan = planOf(invoice);
  if (plan.kind !== 'orders') return;
  for (const { item, quantity } of plan.orders.flatMap((order) => order.lines)) {
    const notes = items.get(item);
    if (notes) notes.demand = notes.demand.plus(quantity.value);
  }
}

function itemOf(sku: string, { description, prices }: ItemNotes, listPrice: 'none' | 'median'): ItemDto {
  const median = listPrice === 'median' ? medianOf(prices) : undefined;
  return {
    sku,
    description: description === '' ? sku : description,
    status: 'ACTIVE',
    baseUnit: UNIT,
    packs: [],
    ...(median === undefined ? {} : { listPrice: { amount: median, currency: CURRENCY } }),
  };
}

/** Lower median of a histogram of prices. */
export function medianOf(prices: ReadonlyMap<string, number>): string | undefined {
  const sorted = [...prices].sort(([a], [b]) => Number(a) - Number(b));
  const half = sorted.reduce((total, [, count]) => total + count, 0) / 2;
  let seen = 0;
  const found = sorted.find(([, count]) => (seen += count) >= half);
  return found && plain(found[0]);
}

/** The file has no addresses: the country is all that is true of them. Carriers refuse an empty postal code. */
function customerOf(id: string, country: string, partner: string): CustomerDto {
  const name = `Customer ${id}`.slice(0, 100);
  const address = {
    name,
    street: 'not in the trade file',
    city: country || 'Unspecified',
    postalCode: '00000',
    country: countryCode(country),
  };
  return { id, name, status: 'ACTIVE', partner, currency: CURRENCY, shipTos: [{ id, address }] };
}
