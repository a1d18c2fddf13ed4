import { join } from 'node:path';
import type { InvariantReport } from '#contracts/availability/invariants.dto';
import type { EdgeOrder } from '#contracts/edge/edge-orders.dto';
import { Decimal, plain } from '#canonical/decimal';
import { catalogueOf, type Catalogue } from './catalogue';
import { census, drained, summaryOf, type Census, type CountedOrder } from './census';
import { Client } from './client';
import { fingerprint, readTrades } from './csv';
import { Lanes } from './lanes';
import { Latencies } from './latencies';
import { armFaults, faultPlan, healFaults, strike, type FaultPlan, type FaultsSeen } from './faults';
import { UsageError, type Options, type Server } from './options';
import { comparePostings, mismatches, type PostingComparison, type Wanted } from './postings';
import { errorsOf, reasonOf } from './problem';
import { Progress, type Screen } from './progress';
import { cancelledSince, Replay, reversalReason } from './replay';
import { reportOf, type Report, type Speed } from './report';
import { ReversalIndex } from './reversal';
import { seed, targetOf, type Seeding } from './seed';
import { StateFile, type Outcome } from './state';
import { invoicesOf, type Invoice } from './trade';
import { openExceptions, troublesOf, type Troubles } from './troubles';

const SETTLE_EVERY_MS = 1_000;

interface Session extends Seeding {
  readonly target: 'sandbox' | 'api';
  readonly screen: Screen;
  readonly catalogue: Catalogue;
  readonly state: StateFile;
  readonly faults: FaultPlan | undefined;
}

/** The whole replay: read, prepare, send, wait, count. Errors: UsageError, SeedRefused, ServerAway. */
export async function replayFile(options: Options, server: Server, screen: Screen): Promise<Report> {
  const say = (text: string): void => void screen.write(`${text}\n`);
  // Once more than under way: the census and the settling never wait for a connection.
  const settings = { connections: options.concurrency + 1, patience: options.patience };
  const client = new Client({ ...settings, url: server.url });
  const sandbox = server.sandboxUrl === server.url ? client : new Client({ ...settings, url: server.sandboxUrl });
  let state: StateFile | undefined;
  try {
    const seeding: Seeding = { client, sandbox, server, options, say };
    const sha = await fingerprint(options.file);
    const catalogue = await catalogueOf(read(options, say), { partner: server.partner, listPrice: options.listPrice });
    say(
      `${catalogue.invoices} invoices, ${catalogue.lines} lines, ${catalogue.items.length} items, ${catalogue.customers.length} customers`,
    );
    const of = {
      file: sha,
      url: server.url,
      limit: options.limit ?? null,
      stockCover: options.stockCover,
      listPrice: options.listPrice,
      faults: options.faults ? options.rate : null,
    };
    state = await StateFile.open(statePath(options, server, sha), of, options.fresh);
    const target = await targetOf(seeding);
    if (options.faults && target !== 'sandbox')
      throw new UsageError('--faults needs the simulated backends of a sandbox');
    const known = state.baseline?.seed;
    const faults = faultPlan(known === undefined ? options : { ...options, seed: known });
    const session: Session = { ...seeding, target, screen, catalogue, state, faults };
    await prepare(session, sha);
    const sent = await send(session);
    return await conclude(session, sent);
  } finally {
    await state?.close();
    await client.close();
    if (sandbox !== client) await sandbox.close();
  }
}

function read(options: Options, say: (text: string) => void = () => undefined): AsyncGenerator<Invoice> {
  const skip = (reason: string): void => say(`left out: ${reason}`);
  return invoicesOf(readTrades(options.file, skip), options.limit, skip);
}

function statePath({ state, limit }: Options, { dataDirectory }: Server, sha: string): string {
  const name = `${sha.slice(0, 12)}${limit === undefined ? '' : `-${limit}`}.jsonl`;
  return state ?? join(dataDirectory, 'replay', name);
}

async function prepare(session: Session, sha: string): Promise<void> {
  if (session.state.baseline) {
    session.say(`continuing: ${session.state.outcomes.size} invoices were finished before`);
    if (session.faults) await strike(session, session.faults);
    return;
  }
  session.say(
    `preparing ${session.target === 'sandbox' ? 'the sandbox' : 'by the operations API'}: master data and opening stock`,
  );
  await seed(session, session.catalogue, session.target, `replay/${sha.slice(0, 12)}`);
  const { faults } = session;
  if (!faults) return session.state.seeded({});
  session.say(`faults: ${faults.rate * 100} % of the backend calls, seed ${faults.seed}`);
  await session.state.seeded({ seed: faults.seed, settings: await armFaults(session, faults) });
}

interface Sent {
  readonly speed: Omit<Speed, 'drainSeconds'>;
  readonly lastOrderAt: number;
}

/** Second pass: each invoice to its outcome, in date order per customer. */
async function send(session: Session): Promise<Sent> {
  const { client, server, state, catalogue, options, screen } = session;
  const replay = new Replay({ client, server, state, index: new ReversalIndex(catalogue.reversed) });
  const lanes = new Lanes(options.concurrency);
  const progress = new Progress('replay', catalogue.invoices, screen, Date.now, state.outcomes.size);
  const latencies = new Latencies();
  const started = Date.now();
  let orders = 0;
  let lastOrderAt = started;
  for await (const invoice of read(options)) {
    const known = state.outcomes.get(invoice.position);
    if (known) {
      replay.recall(invoice, known);
      continue;
    }
    // Without a customer there is no order to keep among them.
    await lanes.submit(invoice.customer || invoice.number, async () => {
      const outcome = await replay.run(invoice);
      if (outcome.bucket === 'accepted') {
        orders += outcome.orders?.length ?? 0;
        for (const { ms } of outcome.orders ?? []) latencies.add(ms);
        lastOrderAt = Date.now();
      }
      progress.advance(invoice.date.slice(0, 10));
    });
  }
  await lanes.drain();
  progress.end();
  const seconds = (lastOrderAt - started) / 1000;
  return { speed: { orders, seconds, p50: latencies.quantile(0.5), p99: latencies.quantile(0.99) }, lastOrderAt };
}

async function conclude(session: Session, { speed, lastOrderAt }: Sent): Promise<Report> {
  const { state, options, server, client, catalogue, faults } = session;
  const ours = new Set([...state.outcomes.values()].flatMap(({ orders }) => (orders ?? []).map(({ id }) => id)));
  const { movedAt, look } = await settledLook(session, ours);
  const seen = faults ? await healFaults(session, faults, state.baseline?.settings ?? {}) : undefined;
  const invariants = await invariantsOf(session);
  return reportOf({
    file: options.file,
    url: server.url,
    policy: policyOf(session),
    outcomes: await settled(session),
    census: look.census,
    serverUnexplained: (await summaryOf(session)).unexplained,
    breaches: invariants.breaches,
    checked: invariants.checked,
    postings: look.postings,
    ...(seen && look.troubles && { faults: { ...seen, command: commandOf(options, seen) }, troubles: look.troubles }),
    speed: { ...speed, drainSeconds: Math.max(0, movedAt - lastOrderAt) / 1000 },
    notes: [
      ...(catalogue.outOfOrder > 0
        ? [`${catalogue.outOfOrder} invoices stand before an earlier date in the file`]
        : []),
      `asked to come again ${client.again.limited} times for the quota, ${client.again.unavailable} for load; no answer ${client.again.network} times`,
    ],
  });
}

/** What the end of a run looks at, at one moment. */
interface Look {
  readonly census: Census;
  readonly postings: readonly PostingComparison[];
  /** With faults only. */
  readonly troubles: Troubles | undefined;
}

/** Looks until all is as it should be, or nothing has come for as long as patience lasts: what is posted late may still come. */
async function settledLook(session: Session, ours: ReadonlySet<string>): Promise<{ movedAt: number; look: Look }> {
  const { options, say } = session;
  say('waiting until nothing is on its way');
  let movedAt = await drained(session, options.patience, say);
  say(`counting ${ours.size} orders`);
  let look = await lookAt(session, ours);
  while (!isSettled(look) && Date.now() < movedAt + options.patience * 1000) {
    await new Promise((resume) => setTimeout(resume, SETTLE_EVERY_MS));
    const before = amountOf(look);
    look = await lookAt(session, ours);
    if (amountOf(look) !== before) movedAt = Date.now();
  }
  return { movedAt, look };
}

async function lookAt(session: Session, ours: ReadonlySet<string>): Promise<Look> {
  const found = await census(session, ours);
  const postings = session.target === 'sandbox' ? await comparePostings(session, wantedOf(found.orders)) : [];
  const troubles = session.faults ? troublesOf(found.orders, await openExceptions(session)) : undefined;
  return { census: found, postings, troubles };
}

/** What is in an exception is posted when that is over; a label is bought for whatever leaves. */
function wantedOf(orders: readonly CountedOrder[]): Wanted {
  const left = orders.filter(({ shipments }) => shipments.length > 0);
  const free = left.filter(({ isEnded, waitsForStock }) => isEnded || waitsForStock);
  const shipments = free.flatMap((order) => order.shipments);
  return {
    ...{ 'sales-order': free.map(({ id }) => id), delivery: shipments, invoice: shipments },
    label: left.flatMap((order) => order.shipments),
  };
}

/** Grows with all that still comes. */
function amountOf({ census: found, postings }: Look): number {
  return postings.reduce((sum, { posted }) => sum + posted, found.shipments - found.withoutTracking);
}

function isSettled({ census: found, postings, troubles }: Look): boolean {
  const { unexplained, withoutTracking } = found;
  const calm = unexplained.length === 0 && withoutTracking === 0;
  return calm && postings.flatMap(mismatches).length === 0 && (troubles?.unexplained ?? []).length === 0;
}

/** What runs the same again, on a server with fresh data. */
function commandOf({ file, limit, stockCover }: Options, { seed, rate }: FaultsSeen): string {
  const some = limit === undefined ? '' : ` --limit ${limit}`;
  return `npm run replay -- ${file}${some} --stock-cover ${stockCover} --faults --rate ${rate} --seed ${seed}`;
}

async function invariantsOf({ client, server }: Session): Promise<InvariantReport> {
  const answer = await client.call({ method: 'GET', path: '/operations/v1/invariants', key: server.operationsKey });
  if (answer.status === 200) return answer.body as InvariantReport;
  const detail = `could not be checked: ${answer.status} ${reasonOf(errorsOf(answer)[0])}`;
  return { checked: 0, breaches: [{ invariant: 'invariants', subject: 'operations', detail }] };
}

/** Cancellations that a warehouse was asked for: by now it has said whether it could. */
async function settled({ state, client, server }: Session): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const outcome of [...state.outcomes.values()].sort((a, b) => a.position - b.position)) {
    if (!outcome.asked || !outcome.units) {
      outcomes.push(outcome);
      continue;
    }
    let { cancelled, returned } = outcome.units;
    for (const asked of outcome.asked) {
      const answer = await client.call({
        method: 'GET',
        path: `/portal/v1/orders/${asked.order}`,
        key: server.portalKey,
      });
      const done = answer.status === 200 ? cancelledSince(answer.body as EdgeOrder, asked) : '0';
      cancelled = plain(new Decimal(cancelled).plus(done));
      returned = plain(new Decimal(returned).plus(asked.quantity).minus(done));
    }
    const units = { cancelled, returned, missing: outcome.units.missing };
    outcomes.push({ ...outcome, units, reason: reversalReason(units) });
  }
  return outcomes;
}

function policyOf({ options, target }: Session): Record<string, string> {
  const where =
    target === 'sandbox' ? 'in the sandbox warehouse, which announces it' : `at ${options.node}, as receipts`;
  return {
    'opening stock': `${options.stockCover} × what orders with a customer ask for, per item, ${where}; nothing comes in later`,
    price:
      options.listPrice === 'none'
        ? 'the price of the invoice is the price of the order (items have no list price)'
        : 'items have their median price as list price; the server checks the price of the invoice against it',
  };
}
