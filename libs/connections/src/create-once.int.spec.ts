import { setTimeout as sleep } from 'node:timers/promises';
import { CrossdockError } from '#canonical/errors';
import { testDatabase } from '#testing/postgres';
import type { TestDatabase } from '#testing/postgres';
import { createOnce } from './create-once';
import type { CreateOnce, PostedDocument } from './create-once';
import { postingMigration } from './migrations';

describe('createOnce', () => {
  let test: TestDatabase;
  let made: string[];
  let keys = 0;

  beforeAll(async () => {
    test = await testDatabase({ schema: 'erp', migrations: [postingMigration('erp', 1_772_500_000_002)] });
  });
  afterAll(() => test.close());
  beforeEach(() => {
    made = [];
    keys += 1;
  });

  const key = () => `ord_${String(keys)}`;
  /** A backend that makes a document every time it is asked. */
  const options = (more: Partial<CreateOnce<PostedDocument>> = {}): CreateOnce<PostedDocument> => ({
    database: test.database,
    schema: 'erp',
    kind: 'sales-order',
    businessKey: key(),
    connection: 'erp-main',
    request: { lines: [1] },
    lookup: async () => Promise.resolve(made[0] === undefined ? undefined : { documentNumber: made[0] }),
    create: async () => Promise.resolve({ documentNumber: make() }),
    ...more,
  });
  const make = (): string => {
    made.push(`SO${String(made.length + 1)}`);
    return made.at(-1) ?? '';
  };
  /** A create that has begun once `called`, and makes what `finish` is given. */
  const held = () => {
    let finish = (_documentNumber: string): void => undefined;
    let begun = (): void => undefined;
    const called = new Promise<void>((resolve) => (begun = resolve));
    const create = (): Promise<PostedDocument> =>
      new Promise((resolve) => {
        finish = (documentNumber) => resolve({ documentNumber });
        begun();
      });
    return { create, called, finish: (documentNumber: string) => finish(documentNumber) };
  };
  const alter = (change: string) =>
    test.database.query(`update erp.posting set ${change} where business_key = $1`, [key()]);
  const leasedUntil = async (): Promise<number> => {
    const text = 'select leased_until as "until" from erp.posting where business_key = $1';
    return (await test.database.query<{ until: Date }>(text, [key()])).rows[0]?.until.getTime() ?? 0;
  };
  const cutOff = (): CrossdockError =>
    new CrossdockError({ code: 'X', kind: 'unknown-outcome', details: { mayStillRun: true } });

  it('of a hundred callers at once one makes it, all others get it', async () => {
    const slow = async (): Promise<PostedDocument> => {
      await sleep(20);
      return { documentNumber: make() };
    };
    const all = await Promise.all(Array.from({ length: 100 }, () => createOnce(options({ create: slow }))));
    expect(made).toHaveLength(1);
    expect(all.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
    expect(new Set(all.map(({ document }) => document.documentNumber))).toEqual(new Set(['SO1']));
  });

  it('the order of fields does not make another request', async () => {
    await createOnce(options({ request: { a: 1, b: { c: 2, d: 3 } } }));
    expect(await createOnce(options({ request: { b: { d: 3, c: 2 }, a: 1 } }))).toMatchObject({ outcome: 'existing' });
  });

  it('looks up before every try but the first', async () => {
    let lookups = 0;
    const lookup = async (): Promise<undefined> => {
      lookups += 1;
      return Promise.resolve(undefined);
    };
    const away = async (): Promise<PostedDocument> =>
      Promise.reject(new CrossdockError({ code: 'X', kind: 'unavailable' }));
    await expect(createOnce(options({ lookup, create: away }))).rejects.toMatchObject({ kind: 'unavailable' });
    expect(lookups).toBe(0);
    await createOnce(options({ lookup }));
    expect(lookups).toBe(1);
  });

  it('a failing look-up makes nothing', async () => {
    await createOnce(options({ create: async () => Promise.reject(cutOff()) })).catch(() => undefined);
    const lookup = async (): Promise<undefined> =>
      Promise.reject(new CrossdockError({ code: 'X', kind: 'unavailable' }));
    await expect(createOnce(options({ lookup }))).rejects.toMatchObject({ kind: 'unavailable' });
    expect(made).toEqual([]);
  });

  it('a caller that died holds the key for its lease, then the next one looks up first', async () => {
    const { create, called } = held();
    void createOnce(options({ leaseSeconds: 600, create })).catch(() => undefined);
    await called;
    // As if the process were gone: nothing renews the lease any more.
    await alter('fence = fence + 1');
    make();
    await expect(createOnce(options({ waitSeconds: 0.2 }))).rejects.toMatchObject({ code: 'POSTING_IN_PROGRESS' });
    await alter(`leased_until = leased_until - interval '600 seconds'`);
    expect(await createOnce(options())).toMatchObject({
      outcome: 'existing',
      document: { documentNumber: 'SO1' },
    });
    expect(made).toHaveLength(1);
  });

  it('a caller that lives keeps the key however long its call takes', async () => {
    const { create, called, finish } = held();
    const first = createOnce(options({ leaseSeconds: 9, create }));
    await called;
    const taken = await leasedUntil();
    const second = createOnce(options({ leaseSeconds: 9 }));
    while ((await leasedUntil()) <= taken) await sleep(50);
    finish(make());
    expect((await Promise.all([first, second])).map(({ outcome }) => outcome)).toEqual(['created', 'existing']);
    expect(made).toHaveLength(1);
  });

  it('an outcome recorded too late does not write over a newer holder', async () => {
    const { create, called, finish } = held();
    const late = createOnce(options({ create }));
    await called;
    await alter('fence = fence + 1, leased_until = null');
    await createOnce(options());
    finish('LATE');
    await late;
    const { rows } = await test.database.query(
      'select document_number as number from erp.posting where business_key = $1',
      [key()],
    );
    expect(rows).toEqual([{ number: 'SO1' }]);
  });

  it('after a refusal other content may be sent; after a success it is a conflict', async () => {
    const refuse = async (): Promise<PostedDocument> =>
      Promise.reject(new CrossdockError({ code: 'BACKEND_REFUSED', kind: 'refused' }));
    await expect(createOnce(options({ create: refuse }))).rejects.toMatchObject({ kind: 'refused' });
    await createOnce(options({ request: { lines: [2] } }));
    await expect(createOnce(options())).rejects.toMatchObject({ code: 'POSTING_CONFLICT' });
    expect(made).toHaveLength(1);
  });

  it('a conflict is known while the first request is still on its way', async () => {
    const { create, called, finish } = held();
    const first = createOnce(options({ create }));
    await called;
    await expect(createOnce(options({ connection: 'erp-two' }))).rejects.toMatchObject({ code: 'POSTING_CONFLICT' });
    finish(make());
    await first;
  });

  it('a call that was cut off is given time to finish before anything is sent again', async () => {
    await createOnce(options({ settleSeconds: 600, create: async () => Promise.reject(cutOff()) })).catch(
      () => undefined,
    );
    const unsettled: unknown = await createOnce(options()).catch((error: unknown) => error);
    expect(unsettled).toMatchObject({ code: 'POSTING_UNSETTLED', retryable: true });
    expect((unsettled as CrossdockError).retryAfter).toBeGreaterThan(500);
    await alter(`unsettled_until = unsettled_until - interval '600 seconds'`);
    expect(await createOnce(options())).toMatchObject({ outcome: 'created' });
  });
});
