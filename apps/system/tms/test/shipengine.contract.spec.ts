import { carrierError } from '../../../sandbox/src/carrier/carrier.requests';
import {
  labelBody,
  notifications,
  rateBody,
  SERVICES,
  trackingBody,
  trackingNumber,
} from '../../../sandbox/src/carrier/carrier.shapes';
import type { LabelRow } from '../../../sandbox/src/carrier/carrier.store';
import errors from '../src/backends/shipengine/fixtures/errors.json';
import label from '../src/backends/shipengine/fixtures/label.json';
import tracking from '../src/backends/shipengine/fixtures/tracking.json';
import { labelRequest, ratesRequest } from '../src/backends/shipengine/mapping';
import { vendorContract } from './vendor-contract';

const contract = vendorContract('shipengine/openapi.yaml');
const faults = (
  name: string,
  direction: 'request' | 'response',
  body: unknown,
  without?: readonly string[],
): string[] => contract?.faults(name, direction, JSON.parse(JSON.stringify(body)), without) ?? [];

const ADDRESS = {
  name: 'Harbour Gifts Ltd',
  street: '1 Quay Street',
  city: 'Bristol',
  postalCode: 'BS1 4DJ',
  country: 'GB',
};
const settings = { carrierId: 'se-28529731', defaultService: 'dpd_uk_next_day', shipFromPhone: '+44 117 000 0000' };
const request = {
  ...{ connection: 'c', businessKey: 'wms-north:S-1', shipFrom: ADDRESS, shipTo: { ...ADDRESS, region: 'Avon' } },
  parcels: [{ id: 'BOX1', weightKg: '2.4' }],
};
const row: LabelRow = {
  number: '100001',
  externalShipmentId: 'wms-north:S-1',
  carrierId: 'se-1',
  serviceCode: SERVICES[0].code,
  cost: '7.44',
  parcels: [{ id: 'BOX1', weight: 2.4 }],
  shipTo: { ...labelRequest(request, settings).shipment.ship_to },
  createdAt: new Date('2026-11-20T10:15:00Z'),
  voidedAt: null,
  statusCode: 'DE',
  events: [{ statusCode: 'AC', occurredAt: '2026-11-20T11:00:00.000Z' }, { statusCode: 'DE', occurredAt: '2026-11-21T09:00:00.000Z' }], // prettier-ignore
};

// Where the vendor's file is not at hand there is nothing to compare with, and every list of faults is empty.
describe('what we send keeps the contract of ShipEngine', () => {
  it('a purchase', () => {
    expect(faults('create_label_request_body', 'request', labelRequest(request, settings))).toEqual([]);
  });

  // The published schema asks for `shipment_id` and `shipment` at once and of both for what the server makes; it cannot be kept as it is.
  it('a question for rates', () => {
    const { shipment, rate_options: options } = ratesRequest(request, settings);
    expect(faults('rate_request_body', 'request', options)).toEqual([]);
    const made = ['shipment_id', 'carrier_id', 'service_code'];
    expect(faults('address_validating_shipment', 'request', shipment, made)).toEqual([]);
  });

  it('a field that the vendor does not know would be seen', () => {
    const { shipment, ...rest } = labelRequest(request, settings);
    const wrong = { ...rest, shipment: { ...shipment, external_shipment: 'x', packages: [] } };
    expect(faults('create_label_request_body', 'request', wrong).length).toBe(contract ? 2 : 0);
  });
});

describe('the answers that we and the sandbox give in its place keep it too', () => {
  it.each([
    ['label', 'create_label_response_body', label],
    ['tracking', 'get_tracking_log_response_body', tracking],
    ['errors', 'error_response_body', errors],
  ])('fixture %s', (_, name, body) => {
    expect(faults(name, 'response', body)).toEqual([]);
  });

  it.each([
    ['label', 'create_label_response_body', labelBody(row, 'https://example.org')],
    ['voided label', 'create_label_response_body', labelBody({ ...row, voidedAt: new Date() }, 'https://example.org')],
    ['tracking', 'get_tracking_log_response_body', trackingBody(row, trackingNumber('100001', 0))],
    ['notification', 'get_tracking_log_response_body', notifications(row)[0]?.['data']],
    ['rate', 'rate', rateBody(SERVICES[0], [2.4], 'se-1')],
    [
      'error',
      'error_response_body',
      carrierError(400, [{ error_type: 'validation', error_code: 'field_value_required', message: 'm' }]).getResponse(),
    ],
    ['void', 'void_label_response_body', { approved: true, message: 'This label has been voided' }],
  ])('sandbox %s', (_, name, body) => {
    expect(faults(name, 'response', body)).toEqual([]);
  });
});
