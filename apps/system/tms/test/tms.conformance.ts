import { randomUUID } from 'node:crypto';
import type { TmsConnectionsApi } from '#contracts/connections/connections.api';
import type { TmsApi } from '#contracts/tms/tms.api';
import type { BuyLabelRequest } from '#contracts/tms/tms.dto';
import type { TmsTrackingUpdated } from '#contracts/events/catalogue';

/** What happens to one call between us and the carrier. */
export type TmsFault =
  | 'reset-after-commit'
  | '504-after-commit'
  | 'slow'
  | 'late-commit'
  | 'malformed'
  | '429'
  | '503'
  | 'down'
  | 'error-in-200';
export type TmsOperation = 'createLabel' | 'findLabel' | 'voidLabel' | 'rates' | 'track';

/** A carrier product in front of the suite: our app with two connections of it, and a way into the carrier's own books. */
export interface TmsHarness {
  readonly tms: TmsApi;
  readonly connections: Pick<TmsConnectionsApi, 'put' | 'pause' | 'resume' | 'test'>;
  readonly connection: string;
  readonly otherConnection: string;
  readonly product: string;
  /** Settings that connect; the suite spoils them. */
  readonly settings: Record<string, unknown>;
  readonly wrongCredentials: Record<string, string>;
  /** An address that the carrier refuses with a reason. */
  readonly unservedPostalCode: string;
  /** Strikes the next call of this operation, once; `slow` takes longer than the connection's deadline. */
  strike(fault: TmsFault, operation: TmsOperation): void;
  heal(): void;
  /** Counted inside the carrier, not by us: labels for this business key that are not voided. */
  liveLabels(connection: string, businessKey: string): Promise<number>;
  /** Sends a webhook as the carrier would, with its secret unless another is given. */
  webhook(body: string, secret?: string): Promise<{ received: string }>;
  /** Body of a notification of the carrier: this parcel has this status since then. */
  notification(trackingNumber: string, status: 'IN_TRANSIT' | 'DELIVERED', occurredAt: string): string;
  /** Tracking events published so far, and the messages that went dead. */
  settle(): Promise<{ news: TmsTrackingUpdated[]; dead: number }>;
  close(): Promise<void>;
}

const ADDRESS = {
  name: 'Harbour Gifts Ltd',
  street: '1 Quay Street',
  city: 'Bristol',
  postalCode: 'BS1 4DJ',
  country: 'GB',
};
/** After these the label is bought though the call failed. */
const AFTER_PURCHASE: readonly TmsFault[] = [
  'reset-after-commit',
  '504-after-commit',
  'slow',
  'late-commit',
  'malformed',
];
const BEFORE_PURCHASE: readonly TmsFault[] = ['429', '503', 'down', 'error-in-200'];

function purchase(h: TmsHarness, businessKey = `wms-north:${randomUUID()}`): BuyLabelRequest {
  const parcels = [{ id: 'BOX1', weightKg: '2.4' }, { id: 'BOX2', weightKg: '0.75' }]; // prettier-ignore
  return { connection: h.connection, businessKey, shipFrom: ADDRESS, shipTo: ADDRESS, parcels };
}

/** Repeats like a job does: until it works, or the error says that it never will. */
async function insist<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (tries > 8 || !(error instanceof Error && 'retryable' in error && error.retryable === true)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 150 * 2 ** tries));
    }
  }
}

/** The suite that every carrier backend passes. */
export function tmsConformance(name: string, start: () => Promise<TmsHarness>): void {
  describe(`TMS conformance of ${name}`, () => {
    let h: TmsHarness;
    beforeAll(async () => {
      h = await start();
    });
    afterAll(() => h.close());
    afterEach(() => h.heal());
    const get = (): TmsHarness => h;
    labels(get);
    voiding(get);
    refusals(get);
    tracking(get);
    connectionRules(get);
  });
}

function labels(get: () => TmsHarness): void {
  it('a label has a tracking number per parcel and a price', async () => {
    const request = purchase(get());
    const label = await get().tms.buyLabel(request);
    expect(label).toMatchObject({ businessKey: request.businessKey, outcome: 'created' });
    expect(new Set(label.trackingNumbers).size).toBe(2);
    expect(label.cost.amount).toMatch(/^\d+\.\d\d$/);
    expect(label.cost.currency).toMatch(/^[A-Z]{3}$/);
  });

  it.each(AFTER_PURCHASE)('%s: one label is bought, and the repeat answers it', async (fault) => {
    const request = purchase(get());
    get().strike(fault, 'createLabel');
    await expect(get().tms.buyLabel(request)).rejects.toMatchObject({ kind: 'unknown-outcome', retryable: true });
    const label = await insist(() => get().tms.buyLabel(request));
    expect(label).toMatchObject({ outcome: 'existing' });
    expect(await get().liveLabels(request.connection, request.businessKey)).toBe(1);
    expect(await get().tms.buyLabel(request)).toEqual(label);
  });

  it.each(BEFORE_PURCHASE)('%s: the purchase is repeated and one label is bought', async (fault) => {
    const request = purchase(get());
    get().strike(fault, 'createLabel');
    await insist(() => get().tms.buyLabel(request));
    expect(await get().liveLabels(request.connection, request.businessKey)).toBe(1);
  });

  it('a look-up that fails buys nothing blindly', async () => {
    const request = purchase(get());
    get().strike('reset-after-commit', 'createLabel');
    await expect(get().tms.buyLabel(request)).rejects.toMatchObject({ kind: 'unknown-outcome' });
    get().strike('error-in-200', 'findLabel');
    await expect(get().tms.buyLabel(request)).rejects.toMatchObject({ retryable: true });
    await insist(() => get().tms.buyLabel(request));
    expect(await get().liveLabels(request.connection, request.businessKey)).toBe(1);
  });

  it('eight callers at once with one business key buy one label', async () => {
    const request = purchase(get());
    const all = await Promise.all(Array.from({ length: 8 }, () => get().tms.buyLabel(request)));
    expect(new Set(all.map(({ label }) => label)).size).toBe(1);
    expect(all.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
    expect(await get().liveLabels(request.connection, request.businessKey)).toBe(1);
  });

  it('the same business key with other parcels is a conflict', async () => {
    const request = purchase(get());
    await get().tms.buyLabel(request);
    const other = { ...request, parcels: [{ id: 'BOX1', weightKg: '9' }] };
    await expect(get().tms.buyLabel(other)).rejects.toMatchObject({ code: 'POSTING_CONFLICT', kind: 'conflict' });
  });

  it('business keys of a hundred characters stay apart, also when only their ends differ', async () => {
    const stem = `k${randomUUID()}`.padEnd(99, 'x');
    const [one, two] = [purchase(get(), `${stem}1`), purchase(get(), `${stem}2`)];
    await get().tms.buyLabel(one);
    get().strike('reset-after-commit', 'createLabel');
    await expect(get().tms.buyLabel(two)).rejects.toMatchObject({ kind: 'unknown-outcome' });
    await insist(() => get().tms.buyLabel(two));
    for (const { connection, businessKey } of [one, two])
      expect(await get().liveLabels(connection, businessKey)).toBe(1);
  });
}

function voiding(get: () => TmsHarness): void {
  it('a label is voided once; the second time it says so, and it is never sold again', async () => {
    const request = purchase(get());
    const { connection, businessKey } = request;
    await get().tms.buyLabel(request);
    expect(await get().tms.voidLabel({ connection, businessKey })).toEqual({ outcome: 'voided' });
    expect(await get().tms.voidLabel({ connection, businessKey })).toEqual({ outcome: 'already-voided' });
    expect(await get().liveLabels(connection, businessKey)).toBe(0);
    await expect(get().tms.buyLabel(request)).rejects.toMatchObject({ code: 'LABEL_VOIDED' });
  });

  it('a void whose answer was lost is done once', async () => {
    const request = purchase(get());
    const { connection, businessKey } = request;
    await get().tms.buyLabel(request);
    get().strike('reset-after-commit', 'voidLabel');
    const first = await insist(() => get().tms.voidLabel({ connection, businessKey }));
    expect(['voided', 'already-voided']).toContain(first.outcome);
    expect(await get().liveLabels(connection, businessKey)).toBe(0);
  });

  it('a label that was never bought cannot be voided', async () => {
    const unknown = { connection: get().connection, businessKey: 'never-bought' };
    await expect(get().tms.voidLabel(unknown)).rejects.toMatchObject({ code: 'LABEL_UNKNOWN', kind: 'not-found' });
  });
}

function refusals(get: () => TmsHarness): void {
  it('a refusal carries the words of the carrier, is not retryable, and buys nothing', async () => {
    const request = purchase(get());
    const refused = { ...request, shipTo: { ...ADDRESS, postalCode: get().unservedPostalCode } };
    await expect(get().tms.buyLabel(refused)).rejects.toMatchObject({
      code: 'BACKEND_REFUSED',
      retryable: false,
      message: expect.stringContaining(get().unservedPostalCode) as string,
    });
    expect(await get().liveLabels(request.connection, request.businessKey)).toBe(0);
    expect(await get().tms.buyLabel(request)).toMatchObject({ outcome: 'created' });
  });

  it('rates are prices by service', async () => {
    const { connection, shipFrom, shipTo, parcels } = purchase(get());
    const { rates } = await get().tms.rates({ connection, shipFrom, shipTo, parcels });
    expect(rates.length).toBeGreaterThan(0);
    for (const { price, service } of rates)
      expect([service.length > 0, Number(price.amount) > 0]).toEqual([true, true]);
  });
}

function tracking(get: () => TmsHarness): void {
  const at = '2026-11-20T12:00:00.000Z';

  it('a parcel can be asked for; an unknown one is not found', async () => {
    const { connection, trackingNumbers } = {
      ...(await get().tms.buyLabel(purchase(get()))),
      connection: get().connection,
    };
    const trackingNumber = trackingNumbers[0] ?? '';
    expect(await get().tms.track({ connection, trackingNumber })).toMatchObject({ trackingNumber });
    await expect(get().tms.track({ connection, trackingNumber: 'NOBODYS' })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it('a notification becomes one event, however often it comes', async () => {
    const parcel = `P${randomUUID()}`;
    const body = get().notification(parcel, 'IN_TRANSIT', at);
    expect(await get().webhook(body)).toEqual({ received: 'new' });
    expect(await get().webhook(body)).toEqual({ received: 'duplicate' });
    const { news } = await get().settle();
    const mine = news.filter(({ trackingNumber }) => trackingNumber === parcel);
    expect(mine).toEqual([
      expect.objectContaining({ connection: get().connection, status: 'IN_TRANSIT', occurredAt: at }),
    ]);
  });

  it('a wrong secret is refused and nothing is kept', async () => {
    const body = get().notification(`P${randomUUID()}`, 'DELIVERED', at);
    for (const secret of ['wrong', ''])
      await expect(get().webhook(body, secret)).rejects.toMatchObject({ kind: 'unauthenticated' });
    expect(await get().webhook(body)).toEqual({ received: 'new' });
  });

  it('a message that cannot be read goes dead alone', async () => {
    const before = (await get().settle()).dead;
    const parcel = `P${randomUUID()}`;
    await get().webhook(`{"nonsense":"${randomUUID()}"}`);
    await get().webhook(get().notification(parcel, 'DELIVERED', at));
    const { news, dead } = await get().settle();
    expect(dead).toBe(before + 1);
    expect(news.some(({ trackingNumber }) => trackingNumber === parcel)).toBe(true);
  });
}

function connectionRules(get: () => TmsHarness): void {
  it('two connections of one product work side by side, and a business key belongs to one of them', async () => {
    const [mine, other] = [purchase(get()), { ...purchase(get()), connection: get().otherConnection }];
    await Promise.all([get().tms.buyLabel(mine), get().tms.buyLabel(other)]);
    expect(await get().liveLabels(get().connection, mine.businessKey)).toBe(1);
    expect(await get().liveLabels(get().otherConnection, other.businessKey)).toBe(1);
    expect(await get().liveLabels(get().connection, other.businessKey)).toBe(0);
    const moved = { ...mine, connection: get().otherConnection };
    await expect(get().tms.buyLabel(moved)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('a paused connection makes purchases wait and takes webhooks', async () => {
    await get().connections.pause({ id: get().connection, reason: 'the carrier changes its contract' });
    await expect(get().tms.buyLabel(purchase(get()))).rejects.toMatchObject({
      code: 'CONNECTION_PAUSED',
      retryable: true,
    });
    const body = get().notification(`P${randomUUID()}`, 'DELIVERED', '2026-11-20T12:00:00Z');
    expect(await get().webhook(body)).toEqual({ received: 'new' });
    await get().connections.resume({ id: get().connection });
    expect(await get().tms.buyLabel(purchase(get()))).toMatchObject({ outcome: 'created' });
  });

  it('a test of the connection says what works, and wrong credentials are told', async () => {
    expect(await get().connections.test({ id: get().connection })).toMatchObject({ ok: true });
    const { product, settings, wrongCredentials: credentials } = get();
    await get().connections.put({ id: 'spoiled', product, settings, credentials });
    expect(await get().connections.test({ id: 'spoiled' })).toMatchObject({ ok: false });
    const lost = get().tms.buyLabel({ ...purchase(get()), connection: 'spoiled' });
    await expect(lost).rejects.toMatchObject({ code: 'BACKEND_CREDENTIALS_REJECTED' });
  });

  it('every fault of the settings is listed at once', async () => {
    const { product } = get();
    const wrong = get().connections.put({
      id: 'wrong',
      product,
      settings: { baseUrl: 'no-url', deadlineMs: 1 },
      credentials: {},
    });
    await expect(wrong).rejects.toMatchObject({ kind: 'invalid' });
    const failure: unknown = await wrong.catch((error: unknown) => error);
    const findings = failure instanceof Error && 'findings' in failure ? failure.findings : [];
    expect(Array.isArray(findings) ? findings.length : 0).toBeGreaterThanOrEqual(3);
  });
}
