import { CERTIFICATION_CHECKS, proofsOf } from './certification';
import type { LoggedRequest } from './request-log.store';

const request = (more: Partial<LoggedRequest>): LoggedRequest =>
  ({ id: 'log_1', partner: 'quay', mode: 'test', method: 'GET', status: 200, idempotency: null, route: '', ...more }) as LoggedRequest; // prettier-ignore
const shownBy = (more: Partial<LoggedRequest>): string[] => proofsOf([request(more)]).map(({ check }) => check);
const ORDER = { method: 'POST', route: '/portal/v1/orders', status: 201 };

describe('what a request shows', () => {
  it.each([
    [{ ...ORDER, idempotency: null }, ['order']],
    [{ ...ORDER, idempotency: 'first' as const }, ['order', 'idempotent']],
    [{ ...ORDER, idempotency: 'replayed' as const }, ['order', 'idempotent', 'replay']],
    [{ ...ORDER, route: '/portal/v2/orders' }, ['order']],
    [{ ...ORDER, status: 422 }, ['refusal']],
    [{ ...ORDER, route: '/portal/v1/orders/validate' }, []],
    [{ route: '/portal/v1/orders/{id}' }, ['reads']],
    [{ route: '/portal/v1/orders/{id}', status: 404 }, ['unknown']],
    [{ route: '/portal/v1/shipments' }, ['shipments']],
    [{ method: 'POST', route: '/portal/v1/orders/{id}/cancel', status: 202 }, ['cancel']],
    [{ method: 'POST', route: '/portal/v1/availability/query' }, ['availability']],
    [{ ...ORDER, mode: 'live' as const, idempotency: 'replayed' as const }, []],
  ])('%j: %j', (given, checks) => expect(shownBy(given)).toEqual(checks));

  it('is kept once for each partner and check, the first of them', () => {
    const rows = [
      request({ ...ORDER, id: 'log_1' }),
      request({ ...ORDER, id: 'log_2' }),
      request({ ...ORDER, partner: 'harbour' }),
    ];
    expect(proofsOf(rows).map(({ partner, request: id }) => `${partner} ${id}`)).toEqual([
      'quay log_1',
      'harbour log_1',
    ]);
  });

  it('is one of nine things', () => expect(CERTIFICATION_CHECKS).toHaveLength(9));
});
