import { CrossdockError } from '#canonical/errors';
import { TrytonClient } from './client';
import { answered, failedWith, recorded, Replay } from './fixtures/recorded';

const access = { connection: 'erp-1', database: 'books', user: 'crossdock', password: 'secret' };
const unauthorised = { status: 401, body: '' };

const failure = async (promise: Promise<unknown>): Promise<CrossdockError> => {
  const error: unknown = await promise.then(() => undefined).catch((reason: unknown) => reason);
  if (!(error instanceof CrossdockError)) throw new Error(`expected a CrossdockError, got ${String(error)}`);
  return error;
};

describe('the Tryton client', () => {
  it('logs in once, sends the session with every call and the context last', async () => {
    const http = new Replay({ 'model.sale.sale.search_read': [recorded('sales')] });
    const client = new TrytonClient(http, access);
    await client.search('sale.sale', [['description', '=', 'ord-1']], ['number', 'state']);
    await client.search('sale.sale', [], ['number']);
    expect(http.of('common.db.login')).toHaveLength(1);
    expect(http.of('common.db.login')[0]?.params).toEqual(['crossdock', { password: 'secret' }]);
    const [first] = http.of('model.sale.sale.search_read');
    expect(first?.authorization).toBe(`Session ${Buffer.from('crossdock:1:token-1').toString('base64')}`);
    expect(first?.params).toEqual([[['description', '=', 'ord-1']], 0, null, null, ['number', 'state'], { company: 1, employee: null, language: 'en' }]); // prettier-ignore
  });

  it('reads may be repeated by the HTTP client, changes may not', async () => {
    const http = new Replay({
      'model.sale.sale.search_read': [recorded('sales')],
      'model.sale.sale.quote': [answered(null)],
    });
    const client = new TrytonClient(http, access);
    await client.search('sale.sale', [], ['number']);
    await client.change('sale.sale.quote', [1]);
    expect(http.of('model.sale.sale.search_read')[0]?.idempotent).toBe(true);
    expect(http.of('model.sale.sale.quote')[0]?.idempotent).toBe(false);
  });

  it('a forgotten session is renewed once and the call sent again', async () => {
    const http = new Replay({ 'model.sale.sale.search_read': [unauthorised, recorded('sales')] });
    expect(await new TrytonClient(http, access).search('sale.sale', [], ['number'])).toEqual([
      { id: 1, number: '1', state: 'processing' },
    ]);
    expect(http.of('common.db.login')).toHaveLength(2);
    expect(http.of('model.sale.sale.search_read').at(-1)?.authorization).not.toBe(
      http.of('model.sale.sale.search_read')[0]?.authorization,
    );
  });

  it('a session that is refused twice is a matter for the operator', async () => {
    const http = new Replay({ 'model.sale.sale.search_read': [unauthorised] });
    const error = await failure(new TrytonClient(http, access).search('sale.sale', [], ['number']));
    expect(error).toMatchObject({ code: 'BACKEND_CREDENTIALS_REJECTED', kind: 'unavailable' });
    expect(http.of('model.sale.sale.search_read')).toHaveLength(2);
  });

  it('a wrong password is named without showing it', async () => {
    const http = new Replay({ 'common.db.login': [unauthorised] });
    const error = await failure(new TrytonClient(http, access).login());
    expect(error.code).toBe('BACKEND_CREDENTIALS_REJECTED');
    expect(error.message).not.toContain('secret');
  });

  it('a warning is answered by a record that names it, and the call sent again', async () => {
    const http = new Replay({
      'model.account.invoice.post': [recorded('error-warning'), answered(null)],
      'model.res.user.warning.create': [answered([7])],
    });
    await new TrytonClient(http, access).change('account.invoice.post', [2]);
    expect(http.of('model.res.user.warning.create')[0]?.params[0]).toEqual([
      { user: 1, name: 'duplicated_chart.1', always: false },
    ]);
    expect(http.of('model.account.invoice.post')).toHaveLength(2);
  });

  it('a lock is waited for, because Tryton rolled its work back', async () => {
    const lock = failedWith('could not obtain lock on relation "stock_move"\n', '');
    const http = new Replay({ 'model.stock.shipment.out.assign_try': [lock, lock, answered(true)] });
    expect(await new TrytonClient(http, access).change('stock.shipment.out.assign_try', [1])).toBe(true);
  });

  it('a lock that does not go away is retryable', async () => {
    const http = new Replay({
      'model.stock.shipment.out.assign_try': [failedWith('could not serialize access due to concurrent update\n', '')],
    });
    const error = await failure(new TrytonClient(http, access).change('stock.shipment.out.assign_try', [1]));
    expect(error).toMatchObject({ kind: 'unavailable', retryable: true });
  });

  it('records that changed since they were read are not overwritten', async () => {
    const http = new Replay({ 'model.stock.shipment.out.write': [recorded('error-concurrency')] });
    const client = new TrytonClient(http, access);
    const error = await failure(
      client.changeUnchanged({ 'stock.shipment.out,1': '1.0' }, 'stock.shipment.out.write', [1], {}),
    );
    expect(error).toMatchObject({ kind: 'unavailable', retryable: true });
    expect(http.of('model.stock.shipment.out.write')).toHaveLength(1);
    expect(http.of('model.stock.shipment.out.write')[0]?.params.at(-1)).toMatchObject({
      _timestamp: { 'stock.shipment.out,1': '1.0' },
    });
  });

  it.each([
    ['error-user', 'BACKEND_REFUSED', 'refused', 'A value is required for field "Party" in "Sale".'],
    ['failure', 'BACKEND_REFUSED', 'refused', 'no_such_field'],
    ['forbidden', 'BACKEND_REFUSED', 'refused', 'does not allow'],
  ])("%s becomes %s (%s) in Tryton's own words", async (fixture, code, kind, words) => {
    const http = new Replay({ 'model.sale.sale.create': [recorded(fixture)] });
    const error = await failure(new TrytonClient(http, access).change('sale.sale.create', [{}]));
    expect(error).toMatchObject({ code, kind, retryable: false, source: 'erp-1' });
    expect(error.message).toContain(words);
  });

  it('a traceback is never passed on', async () => {
    const http = new Replay({
      'model.sale.sale.create': [
        failedWith('KeyError: x\nmore', 'Traceback (most recent call last):\n  File "/usr/lib/x.py"'),
      ],
    });
    const error = await failure(new TrytonClient(http, access).change('sale.sale.create', [{}]));
    expect(JSON.stringify([error.message, error.details])).not.toContain('Traceback');
  });

  it('a database lost under a change leaves the outcome unknown, under a read it does not', async () => {
    const lost = failedWith('server closed the connection unexpectedly', '');
    const http = new Replay({ 'model.sale.sale.confirm': [lost], 'model.sale.sale.search_read': [lost] });
    const client = new TrytonClient(http, access);
    expect((await failure(client.change('sale.sale.confirm', [1]))).kind).toBe('unknown-outcome');
    expect((await failure(client.search('sale.sale', [], ['number']))).kind).toBe('unavailable');
  });

  it.each(['{"id":0,"resu', '<html>', '[]', '{"id":0}'])('%s after a change is an unknown outcome', async (body) => {
    const http = new Replay({ 'model.sale.sale.confirm': [{ status: 200, body }] });
    const error = await failure(new TrytonClient(http, access).change('sale.sale.confirm', [1]));
    expect(error).toMatchObject({ code: 'BACKEND_MALFORMED', kind: 'unknown-outcome' });
  });
});
