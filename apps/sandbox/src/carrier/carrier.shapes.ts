import type { LabelRow } from './carrier.store';

type Json = Record<string, unknown>;

export const CARRIER_CODE = 'sandbox_parcel';
export const SERVICES = [
  { code: 'sandbox_next_day', type: 'Sandbox Next Day', days: 1, base: 6, perKg: 0.6 },
  { code: 'sandbox_economy', type: 'Sandbox Economy', days: 4, base: 3, perKg: 0.3 },
] as const;
export type Service = (typeof SERVICES)[number];

const CURRENCY = 'gbp';
const KILOGRAMS: Readonly<Record<string, number>> = { kilogram: 1, gram: 0.001, pound: 0.45359237, ounce: 0.028349523 };
const STATUS_WORDS: Readonly<Record<string, string>> = {
  NY: 'Not Yet In System',
  AC: 'Accepted',
  IT: 'In Transit',
  DE: 'Delivered',
};

/** The kilograms of a weight of the API; undefined when there is none. */
export function kilograms(weight: unknown): number | undefined {
  const { value, unit } = (weight ?? {}) as { value?: unknown; unit?: unknown };
  const factor = typeof unit === 'string' ? KILOGRAMS[unit] : undefined;
  return typeof value === 'number' && value > 0 && factor !== undefined ? value * factor : undefined;
}

export function costOf(service: Service, weights: readonly number[]): string {
  return weights.reduce((sum, weight) => sum + service.base + service.perKg * weight, 0).toFixed(2);
}

export function labelId(number: string): string {
  return `se-${number}`;
}

/** One per parcel, made from the label's number, so that it says where to look. */
export function trackingNumber(number: string, parcel: number): string {
  return `SBX${number.padStart(10, '0')}${String(parcel + 1).padStart(2, '0')}`;
}

export function numberOfTracking(tracking: string): string | undefined {
  const digits = /^SBX(\d{10})\d{2}$/.exec(tracking)?.[1];
  return digits === undefined ? undefined : String(BigInt(digits));
}

export function labelBody(row: LabelRow, baseUrl: string): Json {
  const voided = row.voidedAt !== null;
  const link = { href: `${baseUrl}/v1/downloads/${labelId(row.number)}.pdf` };
  return {
    label_id: labelId(row.number),
    status: voided ? 'voided' : 'completed',
    shipment_id: labelId(row.number),
    external_shipment_id: row.externalShipmentId,
    external_order_id: null,
    ship_date: `${row.createdAt.toISOString().slice(0, 10)}T00:00:00Z`,
    created_at: row.createdAt.toISOString(),
    shipment_cost: money(row.cost),
    insurance_cost: money('0'),
    tracking_number: trackingNumber(row.number, 0),
    ...{ is_return_label: false, rma_number: null, is_international: false, batch_id: 'se-1' },
    carrier_id: row.carrierId,
    charge_event: 'carrier_default',
    service_code: row.serviceCode,
    package_code: 'package',
    voided,
    voided_at: row.voidedAt?.toISOString() ?? null,
    ...{ label_format: 'pdf', display_scheme: 'label', label_layout: '4x6', label_image_id: null, trackable: true },
    carrier_code: CARRIER_CODE,
    tracking_status: row.statusCode === 'DE' ? 'delivered' : 'in_transit',
    label_download: { ...link, pdf: link.href },
    ...{ form_download: null, qr_code_download: null, paperless_download: null, insurance_claim: null },
    packages: row.parcels.map((parcel, index) => ({
      package_code: 'package',
      weight: { value: parcel.weight, unit: 'kilogram' },
      tracking_number: trackingNumber(row.number, index),
      external_package_id: parcel.id,
      sequence: index + 1,
    })),
    ship_to: row.shipTo,
  };
}

export function trackingBody(row: LabelRow, tracking: string): Json {
  const delivered = row.events.find(({ statusCode }) => statusCode === 'DE');
  return {
    tracking_number: tracking,
    tracking_url: `https://carrier.sandbox.invalid/track/${tracking}`,
    ...status(row.statusCode),
    carrier_code: CARRIER_CODE,
    carrier_id: 1,
    ship_date: row.createdAt.toISOString(),
    ...(delivered ? { actual_delivery_date: delivered.occurredAt } : {}),
    events: [...row.events].reverse().map(({ statusCode, occurredAt }) => ({
      occurred_at: occurredAt,
      ...status(statusCode),
      description: STATUS_WORDS[statusCode],
      ...{ city_locality: 'Swindon', state_province: 'Wiltshire', postal_code: '', country_code: 'GB' },
    })),
  };
}

function status(code: string): Json {
  const words = STATUS_WORDS[code] ?? 'Unknown';
  return {
    status_code: code,
    status_description: words,
    carrier_status_code: code,
    carrier_detail_code: code,
    carrier_status_description: words,
  };
}

/** One notification per parcel, as the carrier platform sends them. */
export function notifications(row: LabelRow): Json[] {
  return row.parcels.map((_, index) => {
    const tracking = trackingNumber(row.number, index);
    return {
      resource_url: `https://carrier.sandbox.invalid/v1/tracking?carrier_code=${CARRIER_CODE}&tracking_number=${tracking}`,
      resource_type: 'API_TRACK',
      data: trackingBody(row, tracking),
    };
  });
}

export function rateBody(service: Service, weights: readonly number[], carrierId: string): Json {
  const none = money('0');
  return {
    rate_id: `se-${service.days}`,
    rate_type: 'shipment',
    carrier_id: carrierId,
    shipping_amount: money(costOf(service, weights)),
    ...{ insurance_amount: none, confirmation_amount: none, other_amount: none },
    zone: 1,
    package_type: 'package',
    delivery_days: service.days,
    ...{ guaranteed_service: false, negotiated_rate: false, trackable: true },
    service_type: service.type,
    service_code: service.code,
    carrier_code: CARRIER_CODE,
    carrier_nickname: 'Sandbox',
    carrier_friendly_name: 'Sandbox Parcel',
    ...{ validation_status: 'valid', warning_messages: [], error_messages: [] },
  };
}

function money(amount: string): Json {
  return { currency: CURRENCY, amount: Number(amount) };
}
