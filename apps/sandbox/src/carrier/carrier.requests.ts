import { HttpException } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { kilograms, SERVICES } from './carrier.shapes';
import type { Service } from './carrier.shapes';

type Json = Record<string, unknown>;
interface Problem {
  readonly error_type: 'validation' | 'business_rules' | 'security';
  readonly error_code: string;
  readonly message: string;
  readonly field_name?: string;
}

/** An answer in the platform's own form of errors. */
export function carrierError(status: number, problems: readonly Problem[]): HttpException {
  const errors = problems.map((problem) => ({ error_source: 'shipengine', ...problem }));
  return new HttpException({ request_id: randomUUID(), errors }, status);
}

export function notFound(what: string): HttpException {
  return carrierError(404, [
    { error_type: 'business_rules', error_code: 'invalid_identifier', message: `${what} was not found` },
  ]);
}

export interface CheckedShipment {
  readonly externalShipmentId: string | null;
  readonly carrierId: string;
  readonly service: Service | undefined;
  readonly shipTo: Json;
  readonly parcels: { id: string; weight: number }[];
}

/** Refuses what the real platform refuses, all faults at once. A postal code that starts with ZZ is not served. */
export function checkedShipment(body: Json, requires: { readonly service: boolean }): CheckedShipment {
  const shipment = objectOf(body['shipment']);
  const shipTo = objectOf(shipment['ship_to']);
  const packages = Array.isArray(shipment['packages']) ? shipment['packages'].map(objectOf) : [];
  const service = SERVICES.find(({ code }) => code === shipment['service_code']);
  const problems: Problem[] = [];
  for (const field of ['name', 'address_line1', 'city_locality', 'postal_code', 'country_code'])
    if (!isText(shipTo[field])) problems.push(missing(`shipment.ship_to.${field}`));
  if (requires.service && !service) problems.push(invalid('shipment.service_code', `service ${String(shipment['service_code'])} does not exist`)); // prettier-ignore
  if (packages.length === 0) problems.push(missing('shipment.packages'));
  const external = shipment['external_shipment_id'];
  if (isText(external) && external.length > 50) problems.push(invalid('shipment.external_shipment_id', 'at most 50 characters')); // prettier-ignore
  const parcels = packages.map((each, index) => {
    const weight = kilograms(each['weight']);
    if (weight === undefined) problems.push(missing(`shipment.packages[${index}].weight`));
    return {
      id: isText(each['external_package_id']) ? each['external_package_id'] : String(index + 1),
      weight: weight ?? 0,
    };
  });
  if (problems.length > 0) throw carrierError(400, problems);
  if (String(shipTo['postal_code']).startsWith('ZZ'))
    throw carrierError(400, [notServed(String(shipTo['postal_code']))]);
  return {
    externalShipmentId: isText(external) ? external : null,
    carrierId: isText(shipment['carrier_id']) ? shipment['carrier_id'] : 'se-1',
    ...{ service, shipTo, parcels },
  };
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function missing(field: string): Problem {
  return {
    error_type: 'validation',
    error_code: 'field_value_required',
    message: `${field} is required`,
    field_name: field,
  };
}

function invalid(field: string, message: string): Problem {
  return { error_type: 'validation', error_code: 'invalid_field_value', message, field_name: field };
}

function notServed(postalCode: string): Problem {
  return { error_type: 'business_rules', error_code: 'invalid_address', message: `${postalCode} is not served` };
}
