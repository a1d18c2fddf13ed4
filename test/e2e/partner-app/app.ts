import {
  changes,
  crossdock,
  InvalidRequestError,
  NotFoundError,
  pages,
  StaleVersionError,
  type Api,
} from '@crossdock/sdk';

/**
 * The integration of a partner, as its own program: it knows the SDK, a URL and a key, and nothing else of Crossdock. It says on its
 * last line what it saw, as JSON.
 */
const url = process.env['CROSSDOCK_URL'] ?? '';
const key = process.env['CROSSDOCK_KEY'] ?? '';
const run = process.env['PARTNER_RUN'] ?? 'run';

const eaches = (value: string) => ({ value, unit: 'EA' });

/** The orders of what the feed of shipments has under this one. */
async function shippedOf(api: Api, order: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { shipments } of changes(api.portalShipments.list, { order }))
    for (const { id } of shipments) found.push((await api.portalShipments.get({ path: { id } })).data.order);
  return found;
}

async function buy(api: Api): Promise<object> {
  const wanted = [{ item: 'MUG-BLUE', quantity: eaches('12') }];
  const { data: promise } = await api.portalAvailability.query({ body: { lines: wanted } });
  const lines = wanted.map((line, index) => ({ line: index + 1, ...line }));
  const body = { purchaseOrder: `${run}-1`, shipTo: 'BRISTOL', lines };
  const placed = await api.portalOrders.place({ idempotencyKey: `${run}-1`, body });
  const order = await until(
    () => api.portalOrders.get({ path: { id: placed.data.id } }),
    ({ data: { status, shipments } }) =>
      status === 'SHIPPED' && shipments.some(({ trackingNumbers }) => trackingNumbers.length > 0),
  );
  // A feed shows a change when all that began before it has ended: a moment later than the order itself does, and again with each change.
  const shipped = await until(
    () => shippedOf(api, placed.data.id),
    (found) => found.length > 0,
  );
  return {
    availableToPromise: promise.lines[0]?.availableToPromise.value,
    status: order.data.status,
    tracking: order.data.shipments.flatMap(({ trackingNumbers }) => trackingNumbers),
    shipmentsAreOfTheOrder: shipped.every((each) => each === placed.data.id),
  };
}

/** The first answer is lost on its way back: the SDK asks again, and there is one order. */
async function buyOverABadLine(): Promise<object> {
  let lost = 0;
  const losing: typeof fetch = async (...request) => {
    const response = await fetch(...request);
    if (response.status === 201 && lost === 0) {
      lost += 1;
      throw new TypeError('the line went dead');
    }
    return response;
  };
  const api = crossdock({ url, key, fetch: losing });
  const lines = [{ line: 1, item: 'MUG-BLUE', quantity: eaches('1') }];
  const placed = await api.portalOrders.place({ body: { purchaseOrder: `${run}-2`, shipTo: 'BRISTOL', lines } });
  let orders = 0;
  for await (const page of pages(api.portalOrders.list, { purchaseOrder: `${run}-2`, limit: 1 }))
    orders += page.orders.length;
  return { lost, replayed: placed.replayed, orders };
}

/** Cancels what it saw, and nothing newer: while the order still moves, it looks again. */
async function changeItsMind(api: Api): Promise<object> {
  const lines = [{ line: 1, item: 'CLOCK-STATION', quantity: eaches('9000') }];
  const body = { purchaseOrder: `${run}-3`, shipTo: 'BRISTOL', shipComplete: true, lines };
  const { data: placed } = await api.portalOrders.place({ body });
  const path = { id: placed.id };
  for (let stale = 0; ; stale += 1) {
    const { etag } = await api.portalOrders.get({ path });
    try {
      const { data } = await api.portalOrders.cancel({ path, body: { reason: 'too many' }, ifMatch: etag ?? '' });
      const after = await until(
        () => api.portalOrders.get({ path }),
        ({ data }) => data.status === 'CANCELLED',
      );
      return { outcome: data.outcome, status: after.data.status };
    } catch (error) {
      if (!(error instanceof StaleVersionError) || stale > 100) throw error;
    }
  }
}

async function isRefused(api: Api): Promise<object> {
  const lines = [{ item: 'NO-SUCH', quantity: eaches('1') }];
  const wrong = await thrown(api.portalAvailability.query({ body: { lines } }));
  const unknown = await thrown(api.portalOrders.get({ path: { id: 'ord_of_somebody_else' } }));
  return {
    wrong:
      wrong instanceof InvalidRequestError
        ? wrong.faults.map(({ pointer, code }) => `${pointer ?? ''} ${code}`)
        : String(wrong),
    unknown: unknown instanceof NotFoundError ? unknown.code : String(unknown),
  };
}

async function thrown(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    return error;
  }
}

async function until<Answer>(ask: () => Promise<Answer>, wanted: (answer: Answer) => boolean): Promise<Answer> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('it did not come to that in two minutes');
}

async function main(): Promise<void> {
  const api = crossdock({ url, key });
  const seen = {
    bought: await buy(api),
    retried: await buyOverABadLine(),
    cancelled: await changeItsMind(api),
    refused: await isRefused(api),
  };
  process.stdout.write(`${JSON.stringify(seen)}\n`);
}

void main();
