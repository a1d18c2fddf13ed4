import { CrossdockError } from '#canonical/errors';
import type { AddressDto } from '#contracts/values.dto';
import type { FailedCall } from '#resilience/outbound-errors';
import { refused } from '#resilience/outbound-errors';
import type { TrytonClient } from './client';
import { sameAddress } from './mapping';
import type { AddressRow, PartyRow, SaleProductRow, WarehouseRow } from './native';
import { PARTY_FIELDS, SALE_PRODUCT_FIELDS, WAREHOUSE_FIELDS } from './native';
import type { TrytonSettings } from './settings';

/** Ids in Tryton of what we know by code. What never changes while the connection lives is asked for once. */
export class Directory {
  private readonly remembered = new Map<string, Promise<unknown>>();

  constructor(
    private readonly client: TrytonClient,
    private readonly settings: TrytonSettings,
    private readonly connection: string,
  ) {}

  currency(code: string): Promise<number> {
    return this.remember(`currency ${code}`, async () => {
      const [row] = await this.client.search<{ id: number }>('currency.currency', [['code', '=', code]], ['code']);
      return row?.id ?? this.missing(`currency ${code}`);
    });
  }

  warehouseOf(node: string): Promise<WarehouseRow> {
    const code = this.settings.warehouses[node];
    if (code === undefined) throw this.no(`the connection names no warehouse for node ${node}`);
    return this.warehouse(code);
  }

  warehouse(code: string): Promise<WarehouseRow> {
    return this.remember(`warehouse ${code}`, async () => {
      const domain = [['type', '=', 'warehouse'], ['code', '=', code]]; // prettier-ignore
      const [row] = await this.client.search<WarehouseRow>('stock.location', domain, WAREHOUSE_FIELDS);
      return row ?? this.missing(`warehouse with the code ${code}`);
    });
  }

  /** Whether the module that keeps credit limits is there. */
  keepsLimits(): Promise<boolean> {
    return this.remember('credit limits', async () => {
      const domain = [['name', '=', 'account_credit_limit'], ['state', '=', 'activated']]; // prettier-ignore
      return (await this.client.search('ir.module', domain, ['name'])).length > 0;
    });
  }

  async party(code: string): Promise<PartyRow> {
    const [row] = await this.client.search<PartyRow>('party.party', [['code', '=', code]], PARTY_FIELDS);
    return row ?? this.missing(`party with the code ${code}`);
  }

  /** By code; all missing ones and those not for sale are named at once. */
  async products(codes: readonly string[]): Promise<Map<string, SaleProductRow>> {
    const wanted = [...new Set(codes)];
    const rows = await this.client.search<SaleProductRow>(
      'product.product',
      [['code', 'in', wanted]],
      SALE_PRODUCT_FIELDS,
    );
    const found = new Map(rows.map((row) => [row.code, row]));
    const unknown = wanted.filter((code) => !found.has(code));
    if (unknown.length > 0) throw this.no(`Tryton has no item ${unknown.join(', ')}`);
    const unsalable = rows.filter((row) => !row.salable).map((row) => row.code);
    if (unsalable.length > 0) throw this.no(`not for sale in Tryton: ${unsalable.join(', ')}`);
    return found;
  }

  /** Refused when an item is kept in another unit than the order says. */
  checkUnit(product: SaleProductRow, unit: string): void {
    const symbol = product['default_uom.'].symbol;
    if (this.settings.units[symbol] === unit) return;
    throw this.no(`item ${product.code} is kept in "${symbol}" in Tryton, the order says ${unit}`);
  }

  /** The party's address with these words; made when there is none. A second one made after a lost answer does no harm. */
  async shipmentAddress(party: PartyRow, address: AddressDto): Promise<number> {
    const known = party['addresses.'].find((row) => sameAddress(address, row, party));
    if (known !== undefined) return known.id;
    const country = await this.country(address.country);
    const values = {
      party: party.id,
      party_name: address.name,
      street: address.street,
      city: address.city,
      postal_code: address.postalCode,
      ...(country !== undefined && { country }),
      delivery: true,
      invoice: false,
    };
    const [id] = await this.client.change<number[]>('party.address.create', [values]);
    return id ?? this.missing('address that was just made');
  }

  /** The one marked for invoices, else the first; undefined when the party has none. */
  invoiceAddress(party: PartyRow): number | undefined {
    const active: AddressRow[] = party['addresses.'].filter((row) => row.active);
    return (active.find((row) => row.invoice) ?? active[0])?.id;
  }

  private country(code: string): Promise<number | undefined> {
    return this.remember(`country ${code}`, async () => {
      const [row] = await this.client.search<{ id: number }>('country.country', [['code', '=', code]], ['code']);
      return row?.id;
    });
  }

  private remember<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.remembered.get(key) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const asked = ask();
    this.remembered.set(key, asked);
    asked.catch(() => this.remembered.delete(key));
    return asked;
  }

  private missing(what: string): never {
    throw this.no(`Tryton has no ${what}`);
  }

  private no(message: string): CrossdockError {
    const failed: Pick<FailedCall, 'connection' | 'operation'> = { connection: this.connection, operation: 'look up' };
    return refused(failed, message);
  }
}
