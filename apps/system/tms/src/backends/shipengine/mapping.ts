import { createHash } from 'node:crypto';
import { Decimal, plain } from '#canonical/decimal';
import type { TrackingStatus } from '#canonical/order';
import type { BuyLabelRequest, ParcelDto, Rate, RateRequest } from '#contracts/tms/tms.dto';
import type { AddressDto, MoneyDto } from '#contracts/values.dto';
import type { FoundLabel, TrackingNews } from '../../tms.port';
import type {
  NativeAddress,
  NativeLabel,
  NativeLabelRequest,
  NativeMoney,
  NativePackage,
  NativeRate,
  NativeRatesRequest,
  NativeTracking,
} from './native';

/** The settings of a connection that requests are made of. */
export interface ShipmentSettings {
  readonly carrierId: string;
  readonly defaultService: string;
  readonly shipFromPhone: string;
}

const EXTERNAL_ID_LENGTH = 50;

/** ShipEngine cuts external ids after 50 characters: a longer key would meet its neighbours, so it is hashed at the end. */
export function externalShipmentId(businessKey: string): string {
  if (businessKey.length <= EXTERNAL_ID_LENGTH) return businessKey;
  const hash = createHash('sha256').update(businessKey).digest('hex').slice(0, 32);
  return `${businessKey.slice(0, EXTERNAL_ID_LENGTH - 33)}-${hash}`;
}

export function labelRequest(request: BuyLabelRequest, settings: ShipmentSettings): NativeLabelRequest {
  return {
    label_download_type: 'url',
    shipment: {
      carrier_id: settings.carrierId,
      service_code: request.service ?? settings.defaultService,
      external_shipment_id: externalShipmentId(request.businessKey),
      ...places(request, settings),
    },
  };
}

export function ratesRequest(request: RateRequest, settings: ShipmentSettings): NativeRatesRequest {
  return {
    rate_options: { carrier_ids: [settings.carrierId] },
    shipment: { validate_address: 'no_validation', ...places(request, settings) },
  };
}

function places({ shipFrom, shipTo, parcels }: RateRequest, { shipFromPhone }: ShipmentSettings) {
  return {
    ship_to: address(shipTo),
    ship_from: { ...address(shipFrom), phone: shipFromPhone },
    packages: parcels.map(parcel),
  };
}

function address({ name, street, city, postalCode, region, country }: AddressDto): NativeAddress {
  return {
    name,
    address_line1: street,
    city_locality: city,
    // Required by the contract; where a country has no regions the city stands for it.
    state_province: region ?? city,
    postal_code: postalCode,
    country_code: country,
  };
}

/** Weights are JSON numbers there; ours have at most six digits after the point, which a number holds exactly enough. */
function parcel({ id, weightKg }: ParcelDto): NativePackage {
  return { external_package_id: id, weight: { value: Number(weightKg), unit: 'kilogram' } };
}

export function money({ amount, currency }: NativeMoney): MoneyDto {
  return { amount: new Decimal(amount).toFixed(2), currency: currency.toUpperCase() };
}

/** One tracking number per parcel; the label's own is the first parcel's. */
export function labelOf(native: NativeLabel): FoundLabel {
  const parcels = (native.packages ?? []).flatMap(({ tracking_number: number }) => number ?? []);
  const { amount, currency } = native.shipment_cost;
  const insurance = native.insurance_cost?.amount ?? 0;
  return {
    documentNumber: native.label_id,
    carrier: native.carrier_code,
    service: native.service_code,
    trackingNumbers: [...new Set([native.tracking_number, ...parcels])],
    cost: money({ currency, amount: Number(plain(new Decimal(amount).plus(insurance))) }),
    voided: native.voided,
  };
}

export function rateOf(native: NativeRate): Rate {
  const { shipping_amount, insurance_amount, confirmation_amount, other_amount } = native;
  const total = [shipping_amount, insurance_amount, confirmation_amount, other_amount].reduce(
    (sum, { amount }) => sum.plus(amount),
    new Decimal(0),
  );
  return {
    service: native.service_code,
    carrier: native.carrier_code,
    price: money({ currency: shipping_amount.currency, amount: total.toNumber() }),
    ...(native.delivery_days ? { deliveryDays: native.delivery_days } : {}),
  };
}

/** SP waits at a service point: with the carrier still, so not delivered. UN says nothing. */
const STATUSES: Readonly<Record<string, TrackingStatus>> = {
  NY: 'LABEL_CREATED',
  AC: 'ACCEPTED',
  IT: 'IN_TRANSIT',
  SP: 'OUT_FOR_DELIVERY',
  AT: 'ATTEMPTED',
  EX: 'EXCEPTION',
  DE: 'DELIVERED',
};

/** What a tracking object says now; undefined when its status is unknown (UN) or not of the published list. */
export function newsOf(native: NativeTracking): TrackingNews | undefined {
  const status = STATUSES[native.status_code];
  if (!status) return undefined;
  const latest = native.events.find(({ status_code: code }) => code === native.status_code) ?? native.events[0];
  const outForDelivery = status === 'IN_TRANSIT' && latest?.status_detail_code === 'OUT_FOR_DELIVERY';
  const occurredAt = timeOf(latest?.occurred_at ?? native.actual_delivery_date ?? native.ship_date);
  const words = native.exception_description ?? latest?.description ?? native.status_description;
  const detail = [words, latest?.city_locality].filter((text) => text !== undefined && text !== null && text !== '');
  return {
    trackingNumber: native.tracking_number,
    status: outForDelivery ? 'OUT_FOR_DELIVERY' : status,
    occurredAt,
    ...(detail.length > 0 ? { detail: detail.join(', ').slice(0, 200) } : {}),
  };
}

/** Carriers' local times come without a zone (`carrier_occurred_at`); `occurred_at` is UTC, also where the Z is missing. */
function timeOf(text: string | null | undefined): string {
  if (text === null || text === undefined) return new Date(0).toISOString();
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`;
  return new Date(zoned).toISOString();
}
