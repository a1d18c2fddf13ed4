import type { Connection } from '#connections/backend';

/** Settings of a Tryton connection, defaults filled in; described in `manifest.ts`. */
export interface TrytonSettings {
  readonly database: string;
  readonly user: string;
  readonly companyId?: number;
  /** Our node → code of the warehouse in Tryton. */
  readonly warehouses: Readonly<Record<string, string>>;
  /** Code of the warehouse that sales orders are made for. */
  readonly orderWarehouse: string;
  readonly currency: string;
  /** Symbol of a unit in Tryton → UNECE code. */
  readonly units: Readonly<Record<string, string>>;
  /** Digits of a price after the point. */
  readonly priceDigits: number;
  /** Charge code → code of the service product it is sold as. */
  readonly chargeItems: Readonly<Record<string, string>>;
  readonly forceAssignment: boolean;
  readonly partner?: string;
  /** Documents that are made at once; others wait for their turn. */
  readonly postingsAtOnce: number;
}

export const DEFAULT_UNITS: Readonly<Record<string, string>> = {
  u: 'EA',
  kg: 'KGM',
  g: 'GRM',
  m: 'MTR',
  l: 'LTR',
  h: 'HUR',
};

/** The settings were checked against the manifest's schema when the connection was stored. */
export function settingsOf(connection: Connection): TrytonSettings {
  const settings = connection.settings as Partial<TrytonSettings>;
  const warehouses = settings.warehouses ?? {};
  return {
    database: settings.database ?? '',
    user: settings.user ?? '',
    ...(settings.companyId !== undefined && { companyId: settings.companyId }),
    warehouses,
    orderWarehouse: settings.orderWarehouse ?? Object.values(warehouses)[0] ?? '',
    currency: settings.currency ?? '',
    units: settings.units ?? DEFAULT_UNITS,
    priceDigits: settings.priceDigits ?? 4,
    chargeItems: settings.chargeItems ?? {},
    postingsAtOnce: settings.postingsAtOnce ?? 4,
    forceAssignment: settings.forceAssignment ?? false,
    ...(settings.partner !== undefined && { partner: settings.partner }),
  };
}
