import { loggable } from './logging';

/** Keys as people paste them: into names, messages, and deep into whatever is logged. */
const KEY = 'cdk_live_canary0123456789';
const SECRET = 'cds_test_canary0123456789';

describe('what is written to the log', () => {
  it('has no credential in an error: not in its message, and not in its stack, which begins with it', () => {
    const error = new Error(`the ERP says: ${KEY} is not valid for ada@canary.example`);
    const written = JSON.stringify(loggable({ error, code: 'BACKEND_REFUSED' }));
    expect(written).not.toMatch(/canary/i);
    expect(JSON.parse(written)).toMatchObject({
      code: 'BACKEND_REFUSED',
      error: { name: 'Error', message: 'the ERP says: cdk_live_*** is not valid for ***', stack: expect.stringContaining('logging.unit.spec') },
    });
  }); // prettier-ignore

  it('has none by the name of its field, however deep, and none inside of a text', () => {
    const fields = {
      connection: 'erp-main',
      request: { a: { b: { c: { headers: { authorization: 'Bearer canary' }, note: `with ${SECRET}` } } } },
      list: [{ password: 'canary' }, `eyJcanary.eyJcanary.canary`],
      shipTo: { name: 'Ada Canary', street: '1 Canary Street', city: 'Leeds' },
    };
    const written = JSON.stringify(loggable(fields));
    expect(written).not.toMatch(/canary/i);
    expect(written).toContain('"connection":"erp-main"');
    expect(written).toContain('"city":"Leeds"');
  });
});
