/** The parts of ShipEngine's API (1.1.202604070904) that are used here, in its own words. */
export interface NativeMoney {
  readonly currency: string;
  readonly amount: number;
}
export interface NativeAddress {
  readonly name: string;
  readonly phone?: string;
  readonly address_line1: string;
  readonly city_locality: string;
  readonly state_province: string;
  readonly postal_code: string;
  readonly country_code: string;
}
export interface NativePackage {
  readonly external_package_id: string;
  readonly weight: { readonly value: number; readonly unit: 'kilogram' };
}
export interface NativeShipment {
  readonly carrier_id: string;
  readonly service_code: string;
  readonly external_shipment_id?: string;
  readonly validate_address?: 'no_validation';
  readonly ship_to: NativeAddress;
  readonly ship_from: NativeAddress;
  readonly packages: readonly NativePackage[];
}
export interface NativeLabelRequest {
  readonly shipment: NativeShipment;
  readonly label_download_type: 'url';
}
export interface NativeRatesRequest {
  readonly shipment: Omit<NativeShipment, 'service_code' | 'carrier_id'>;
  readonly rate_options: { readonly carrier_ids: readonly string[] };
}
export interface NativeLabel {
  readonly label_id: string;
  readonly status: string;
  readonly voided: boolean;
  readonly tracking_number: string;
  readonly carrier_code: string;
  readonly service_code: string;
  readonly shipment_cost: NativeMoney;
  readonly insurance_cost?: NativeMoney;
  readonly packages?: readonly { readonly tracking_number?: string }[];
}
export interface NativeRate {
  readonly service_code: string;
  readonly carrier_code: string;
  readonly delivery_days?: number | null;
  readonly shipping_amount: NativeMoney;
  readonly insurance_amount: NativeMoney;
  readonly confirmation_amount: NativeMoney;
  readonly other_amount: NativeMoney;
}
export interface NativeRates {
  readonly rate_response: { readonly rates: readonly NativeRate[]; readonly errors?: readonly NativeError[] };
}
export interface NativeVoid {
  readonly approved: boolean;
  readonly message: string;
  readonly reason_code?: string;
}
export interface NativeTracking {
  readonly tracking_number: string;
  readonly status_code: string;
  readonly status_description?: string | null;
  readonly carrier_status_description?: string | null;
  readonly exception_description?: string | null;
  readonly ship_date?: string | null;
  readonly actual_delivery_date?: string | null;
  readonly events: readonly {
    readonly occurred_at: string;
    readonly status_code?: string | null;
    readonly status_detail_code?: string | null;
    readonly description?: string | null;
    readonly city_locality?: string | null;
  }[];
}
export interface NativeError {
  readonly error_source: string;
  readonly error_type: string;
  readonly error_code: string;
  readonly message: string;
  readonly field_name?: string;
}
export interface NativeErrors {
  readonly request_id: string;
  readonly errors: readonly NativeError[];
}
