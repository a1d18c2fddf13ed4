import { mapErrors } from './errors';
import errors from './fixtures/errors.json';
import label from './fixtures/label.json';
import tracking from './fixtures/tracking.json';
import { externalShipmentId, labelOf, labelRequest, newsOf } from './mapping';
import { trackingWebhooks } from './webhooks';

const ADDRESS = {
  name: 'Harbour Gifts Ltd',
  street: '1 Quay Street',
  city: 'Bristol',
  postalCode: 'BS1 4DJ',
  country: 'GB',
};
const settings = { carrierId: 'se-28529731', defaultService: 'dpd_uk_next_day', shipFromPhone: '+44 117 000 0000' };

describe('requests', () => {
  it('a purchase carries the business key as external shipment id and the weight as a number', () => {
    const parcels = [{ id: 'BOX1', weightKg: '2.400' }];
    const { shipment } = labelRequest(
      { connection: 'c', businessKey: 'S-1', shipFrom: ADDRESS, shipTo: ADDRESS, parcels },
      settings,
    );
    expect(shipment).toMatchObject({
      external_shipment_id: 'S-1',
      service_code: 'dpd_uk_next_day',
      ship_from: { phone: '+44 117 000 0000' },
      packages: [{ external_package_id: 'BOX1', weight: { value: 2.4, unit: 'kilogram' } }],
    });
  });

  it('an external id never exceeds fifty characters and never meets another', () => {
    const stem = 'x'.repeat(99);
    expect(externalShipmentId('x'.repeat(50))).toBe('x'.repeat(50));
    expect(externalShipmentId(`${stem}1`)).toHaveLength(50);
    expect(externalShipmentId(`${stem}1`)).not.toBe(externalShipmentId(`${stem}2`));
  });
});

describe('answers', () => {
  it('a label costs what is charged for it, insurance included, and has one tracking number per parcel', () => {
    expect(labelOf(label)).toEqual({
      documentNumber: 'se-202901',
      carrier: 'dpd_uk',
      service: 'dpd_uk_next_day',
      trackingNumbers: ['JD0002', 'JD0003'],
      cost: { amount: '8.00', currency: 'GBP' },
      voided: false,
    });
  });

  it('the van that delivers is out for delivery, not only in transit', () => {
    expect(newsOf(tracking)).toEqual({
      trackingNumber: 'JD0002',
      status: 'OUT_FOR_DELIVERY',
      occurredAt: '2026-11-21T07:30:00.000Z',
      detail: 'On the van, Bristol',
    });
  });

  it.each([
    ['NY', 'LABEL_CREATED'],
    ['AC', 'ACCEPTED'],
    ['IT', 'IN_TRANSIT'],
    ['SP', 'OUT_FOR_DELIVERY'],
    ['AT', 'ATTEMPTED'],
    ['EX', 'EXCEPTION'],
    ['DE', 'DELIVERED'],
    ['UN', undefined],
    ['??', undefined],
  ])('status %s is %s', (status_code, status) => {
    expect(newsOf({ ...tracking, status_code, events: [] })?.status).toBe(status);
  });

  it('a time without zone is UTC', () => {
    const events = [{ occurred_at: '2026-11-21T07:30:00', status_code: 'DE' }];
    expect(newsOf({ ...tracking, status_code: 'DE', events })?.occurredAt).toBe('2026-11-21T07:30:00.000Z');
  });
});

describe('errors', () => {
  const call = { connection: 'carrier-main', operation: 'create label', idempotent: false };
  it('a refusal tells all reasons in the words of the platform', () => {
    const error = mapErrors(call, 400, errors);
    expect(error).toMatchObject({ code: 'BACKEND_REFUSED', retryable: false, details: { status: 400 } });
    expect(error.message).toContain('carrier invalid_address: ZZ9 9ZZ is not served (ship_to.postal_code)');
    expect(error.message).toContain('weight is required');
  });

  it.each(['system', 'integrations'])(
    '%s is an outage: a purchase has an unknown outcome, a reading may be repeated',
    (error_type) => {
      const body = { ...errors, errors: errors.errors.map((each) => ({ ...each, error_type })) };
      expect(mapErrors(call, 400, body)).toMatchObject({ kind: 'unknown-outcome', retryable: true });
      expect(mapErrors({ ...call, idempotent: true }, 400, body)).toMatchObject({
        kind: 'unavailable',
        retryable: true,
      });
    },
  );

  it('a body that is not theirs is a refusal all the same', () => {
    expect(mapErrors(call, 404, '<html>')).toMatchObject({ code: 'BACKEND_REFUSED' });
  });
});

describe('webhooks', () => {
  const webhooks = trackingWebhooks('carrier-main', 'x-secret', 'right');
  const bytes = (body: unknown): Buffer => Buffer.from(JSON.stringify(body));
  const notification = { resource_url: 'https://…', resource_type: 'API_TRACK', data: tracking };

  it('only the secret of the connection opens it, and an empty one opens nothing', () => {
    expect(webhooks.verify({ 'x-secret': 'right' }, bytes(notification))).toMatch(/^sha256:[0-9a-f]{64}$/);
    for (const headers of [{}, { 'x-secret': '' }, { 'x-secret': 'right ' }])
      expect(() => webhooks.verify(headers, bytes(notification))).toThrow(
        expect.objectContaining({ kind: 'unauthenticated' }),
      );
    expect(() => trackingWebhooks('c', 'x-secret', '').verify({ 'x-secret': '' }, bytes({}))).toThrow();
  });

  it('one bad notification of many does not hide the good ones', () => {
    const bad = { ...notification, data: { tracking_number: 'X' } };
    const mapped = webhooks.map(
      bytes([notification, bad, { ...notification, data: { ...tracking, status_code: 'UN' } }]),
    );
    expect(mapped[0]).toMatchObject({ news: { trackingNumber: 'JD0002' } });
    expect(mapped[1]?.error).toMatchObject({ code: 'WEBHOOK_UNREADABLE' });
    expect(mapped[2]).toEqual({});
  });

  it.each([
    '',
    '{',
    'null',
    '[1]',
    '{"resource_type":"API_BATCH"}',
    '{"resource_type":"API_TRACK","data":{"tracking_number":"1","status_code":"DE","events":[{"occurred_at":"yesterday","status_code":"DE"}]}}',
  ])('nonsense %s is unreadable, never a crash', (text) => {
    const failure = (): unknown => {
      const [first] = webhooks.map(Buffer.from(text));
      if (first?.error) throw first.error;
      return first;
    };
    expect(failure).toThrow(expect.objectContaining({ code: 'WEBHOOK_UNREADABLE' }));
  });
});
