import { CrossdockError } from '#canonical/errors';
import { inOpenPeriod } from './open-period';

const closed = (nextOpenDate?: string) =>
  new CrossdockError({
    code: 'PERIOD_CLOSED',
    kind: 'refused',
    ...(nextOpenDate === undefined ? {} : { details: { nextOpenDate } }),
  });
const today = (day: string) => () => Date.parse(`${day}T12:00:00Z`);

describe('the period is closed (order-to-cash.md §9)', () => {
  const content = { businessKey: 'S1', documentDate: '2026-01-31' };
  const erp = (openFrom: string) => {
    const asked: object[] = [];
    const create = (dated: { readonly postingDate?: string }) => {
      const wanted = { ...content, ...dated };
      asked.push(wanted);
      if ((wanted.postingDate ?? wanted.documentDate) < openFrom) return Promise.reject(closed(openFrom));
      return Promise.resolve({ documentNumber: 'D1' });
    };
    return { asked, create };
  };

  it('in an open period the posting date is the business date', async () => {
    const { create, asked } = erp('2026-01-01');
    expect(await inOpenPeriod(create, today('2026-02-03'))).toEqual({ documentNumber: 'D1' });
    expect(asked).toEqual([content]);
  });

  it('in a closed one it is the first day of the next open period; the business date stays', async () => {
    const { create, asked } = erp('2026-02-01');
    const posted = await inOpenPeriod(create, today('2026-02-03'));
    expect(posted).toEqual({ documentNumber: 'D1', postingDate: '2026-02-01' });
    expect(asked).toEqual([content, { ...content, postingDate: '2026-02-01' }]);
  });

  it('a period that opens tomorrow is waited for, and nothing is posted meanwhile', async () => {
    const { create, asked } = erp('2026-02-01');
    await expect(inOpenPeriod(create, today('2026-01-31'))).rejects.toMatchObject({
      code: 'PERIOD_CLOSED',
      kind: 'unavailable',
      retryable: true,
      retryAfter: 900,
      details: { postingDate: '2026-02-01' },
    });
    expect(asked).toHaveLength(1);
  });

  it('a refusal that does not say when is a refusal', async () => {
    await expect(inOpenPeriod(() => Promise.reject(closed()))).rejects.toMatchObject({ kind: 'refused' });
  });
});
