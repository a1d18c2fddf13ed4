import type { DeadJob } from '#messaging/job-operations';
import { troubleOf } from './trouble';

const job = (changes: Partial<DeadJob>): DeadJob => ({
  ...{ id: '7', queue: 'orders.erp', key: null, orderKey: null, payload: null, attempts: 20, lastError: null },
  ...{ createdAt: new Date(0), diedAt: new Date(0), ...changes },
});

describe('what is said of a dead job', () => {
  it.each([
    ['a code and words', 'BACKEND_REFUSED: erp-main: no such customer', 'BACKEND_REFUSED', 'orders.erp: erp-main: no such customer'],
    ['a stack', 'TypeError: x is undefined\n    at y.ts:3', 'JOB_FAILED', 'orders.erp: TypeError: x is undefined'],
    ['nothing', null, 'JOB_FAILED', 'orders.erp: no error was recorded'],
  ])('names the cause from %s', (_, lastError, code, cause) => {
    expect(troubleOf(job({ lastError }))).toMatchObject({ code, cause, key: `jobs/${code}/job/7`, tier: 'CRITICAL' });
  }); // prettier-ignore

  it('of a message that could not be mapped leads to the message, and waits for a person', () => {
    const payload = { connection: 'wms-north', message: 'm-1', event: 2 };
    expect(troubleOf(job({ queue: 'wms.map', payload, lastError: 'WEBHOOK_UNREADABLE: no lines' }))).toMatchObject({
      ...{ domain: 'inbound', tier: 'BUSINESS', code: 'WEBHOOK_UNREADABLE' },
      diagnostics: { connection: 'wms-north', message: 'm-1', event: 2 },
    });
  });

  it('of an event names its order and partner, and keeps no address', () => {
    const data = { order: 'ord_1', partner: 'harbour', shipTo: { street: '1 Quay Street' } };
    const trouble = troubleOf(job({ queue: 'events.shipments.batch', payload: { id: 'e1', type: 't.v1', data } }));
    expect(trouble).toMatchObject({
      order: 'ord_1',
      partner: 'harbour',
      diagnostics: { eventType: 't.v1', order: 'ord_1' },
    });
    expect(JSON.stringify(trouble)).not.toContain('Quay');
  });
});
