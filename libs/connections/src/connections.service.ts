import { CrossdockError } from '#canonical/errors';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import { ConnectionsApi } from '#contracts/connections/connections.api';
import type { ConnectionDiagnostics, ConnectionList, ConnectionQuery, ConnectionTest, ConnectionTestStep, ConnectionView, PauseConnectionRequest, PostingPage, PostingsQuery, ProductList, PutConnectionRequest } from '#contracts/connections/connections.dto'; // prettier-ignore
import { OutboundArchive } from '#messaging/archive';
import type { Database } from '#persistence/database';
import { Breaker, DEFAULT_BREAKER } from '#resilience/breaker';
import { OutboundHttp } from '#resilience/outbound';
import type { OutboundLog } from '#resilience/outbound';
import { currentCorrelation } from '#service/correlation';
import type { Backend, Connection, TestStep } from './backend';
import { ConnectionStore } from './connection.store';
import type { ConnectionRow } from './connection.store';
import { PostingPages } from './posting-page.store';
import { requestHash } from './request-hash';
import type { Secrets } from './secrets';
import { checkConnection, withDefaults } from './settings';

export interface ConnectionsDeps<Port> {
  /** Schema with a `connection` table (`connectionMigration`). */
  readonly schema: string;
  readonly database: Database;
  readonly registry: readonly Backend<Port>[];
  readonly secrets: Secrets;
  readonly log: OutboundLog;
}

/** A connection in use: its port keeps sessions, its client keeps breaker and limits, until the settings change. */
export interface OpenConnection<Port> {
  readonly port: Port;
  readonly connection: Connection;
  readonly http: OutboundHttp;
}

interface Cached<Port> extends OpenConnection<Port> {
  readonly state: 'ACTIVE' | 'PAUSED';
  readonly pausedReason: string | null;
  readonly readAt: number;
}

/** A pause or a change made in another process is seen after this time. */
const CACHE_MS = 1_000;

/** Installations of the products of one kind of backend: their administration, and the way to their ports. */
export class ConnectionsService<Port> extends ConnectionsApi {
  private readonly store: ConnectionStore;
  private readonly postingPages: PostingPages;
  private readonly archive: OutboundArchive;
  private readonly opened = new Map<string, Cached<Port>>();
  private readonly opening = new Map<string, Promise<Cached<Port>>>();
  /** Counts the changes made here: what was read before a change must not be kept after it. */
  private readonly changes = new Map<string, number>();

  constructor(private readonly deps: ConnectionsDeps<Port>) {
    super();
    this.store = new ConnectionStore(deps.database, deps.schema);
    this.postingPages = new PostingPages(deps.schema);
    this.archive = new OutboundArchive(deps.database);
  }

  /** Errors: CONNECTION_UNKNOWN (not-found), CONNECTION_PAUSED (unavailable: the same call works once it is resumed). */
  async port(id: string): Promise<OpenConnection<Port>> {
    const open = await this.current(id);
    if (open.state === 'PAUSED') {
      throw new CrossdockError({
        code: 'CONNECTION_PAUSED',
        kind: 'unavailable',
        message: `connection ${id} is paused: ${open.pausedReason ?? 'no reason given'}`,
        source: id,
      });
    }
    return open;
  }

  /** Also a paused one: what comes in is taken and kept, whatever goes out waits. Errors: CONNECTION_UNKNOWN (not-found). */
  async inbound(id: string): Promise<Connection> {
    return (await this.current(id)).connection;
  }

  /** Ids and products of those that are not paused. */
  async active(): Promise<readonly { readonly id: string; readonly product: string }[]> {
    return (await this.store.list())
      .filter((row) => row.state === 'ACTIVE')
      .map(({ id, product }) => ({ id, product }));
  }

  async products(): Promise<ProductList> {
    const products = this.deps.registry.map(({ manifest }) => ({
      product: manifest.product,
      title: manifest.title,
      settings: { ...manifest.settings },
      credentials: [...manifest.credentials],
      abilities: Object.entries(manifest.abilities).map(([name, description]) => ({ name, description })),
    }));
    return Promise.resolve({ products });
  }

  async list(): Promise<ConnectionList> {
    return { connections: (await this.store.list()).map(viewOf) };
  }

  async get(query: ConnectionQuery): Promise<ConnectionView> {
    return viewOf(await this.row(query.id));
  }

  async put(request: PutConnectionRequest): Promise<ConnectionView> {
    const { manifest } = this.backend(request.product);
    const known = await this.store.find(request.id);
    const stored = known?.product === request.product ? this.credentials(known) : {};
    const credentials = { ...stored, ...request.credentials };
    checkConnection(manifest, request, Object.keys(credentials));
    const abilities = [...(request.abilities ?? Object.keys(manifest.abilities))].sort();
    if (known && isSame(known, request, abilities) && requestHash(stored) === requestHash(credentials))
      return viewOf(known);
    const row = await this.store.put({
      id: request.id,
      product: request.product,
      settings: request.settings,
      credentials: this.deps.secrets.seal(JSON.stringify(credentials), this.context(request.id)),
      credentialNames: Object.keys(credentials).sort(),
      abilities,
    });
    this.changed(request.id);
    this.opened.delete(request.id);
    return viewOf(row);
  }

  async test(query: ConnectionQuery): Promise<ConnectionTest> {
    const row = await this.row(query.id);
    const backend = this.backend(row.product);
    const connection = this.connection(row);
    const steps: ConnectionTestStep[] = [];
    for (const step of backend.test(connection, this.client(connection))) {
      const done = await runStep(step);
      steps.push(done);
      if (!done.ok) break;
    }
    return { ok: steps.every((step) => step.ok), steps };
  }

  async diagnostics(query: ConnectionQuery): Promise<ConnectionDiagnostics> {
    const row = await this.row(query.id);
    const open = this.opened.get(query.id);
    const idle = { breaker: 'closed' as const, inFlight: 0, calls: 0, failures: 0 };
    return { id: row.id, state: row.state, ...(open ? open.http.diagnostics() : idle) };
  }

  async pause(request: PauseConnectionRequest): Promise<ConnectionView> {
    return this.switched(request.id, 'PAUSED', request.reason);
  }

  async resume(query: ConnectionQuery): Promise<ConnectionView> {
    return this.switched(query.id, 'ACTIVE', null);
  }

  async postings({ cursor, limit = 50, ...filter }: PostingsQuery): Promise<PostingPage> {
    const [kind = '', businessKey = ''] = decodeCursor(cursor, ['text', 'text'], 'postings', filter) ?? [];
    const place = { kind, businessKey };
    const postings = await this.postingPages.page(this.deps.database, place, filter, limit + 1);
    const page = postings.slice(0, limit);
    const last = page.at(-1);
    return {
      postings: page,
      ...(postings.length > limit && last
        ? { next: encodeCursor([last.kind, last.businessKey], 'postings', filter) }
        : {}),
    };
  }

  private async switched(id: string, state: 'ACTIVE' | 'PAUSED', reason: string | null): Promise<ConnectionView> {
    const row = await this.store.setState(id, state, reason);
    if (!row) throw unknown(id);
    this.changed(id);
    const cached = this.opened.get(id);
    if (cached) this.opened.set(id, { ...cached, state, pausedReason: reason });
    return viewOf(row);
  }

  /** Whoever asks from now on reads again; a reading under way is not handed to them. */
  private changed(id: string): void {
    this.changes.set(id, (this.changes.get(id) ?? 0) + 1);
    this.opening.delete(id);
  }

  private async current(id: string): Promise<Cached<Port>> {
    const cached = this.opened.get(id);
    return cached && performance.now() - cached.readAt < CACHE_MS ? cached : this.openTogether(id);
  }

  /** Callers that come together share one port, so that a backend sees one log-in. */
  private async openTogether(id: string): Promise<Cached<Port>> {
    const pending = this.opening.get(id);
    if (pending) return pending;
    const opening = this.open(id).finally(() => {
      if (this.opening.get(id) === opening) this.opening.delete(id);
    });
    this.opening.set(id, opening);
    return opening;
  }

  /** Reads the row, again if the connection was changed meanwhile; builds a new port only when it has changed. */
  private async open(id: string): Promise<Cached<Port>> {
    const change = this.changes.get(id);
    const row = await this.row(id);
    if (this.changes.get(id) !== change) return this.open(id);
    const { state, pausedReason } = row;
    const readAt = performance.now();
    const before = this.opened.get(id);
    const open: OpenConnection<Port> = before?.connection.version === row.version ? before : this.connect(row);
    const cached = { port: open.port, connection: open.connection, http: open.http, state, pausedReason, readAt };
    this.opened.set(id, cached);
    return cached;
  }

  private connect(row: ConnectionRow): OpenConnection<Port> {
    const connection = this.connection(row);
    const http = this.client(connection);
    return { port: this.backend(row.product).connect(connection, http), connection, http };
  }

  private client(connection: Connection): OutboundHttp {
    const { baseUrl, deadlineMs, concurrency, probeSeconds } = connection.settings;
    const secrets = Object.values(connection.credentials);
    return new OutboundHttp({
      connection: connection.id,
      baseUrl: typeof baseUrl === 'string' ? baseUrl : 'http://no-base-url.invalid',
      limits: {
        ...(typeof deadlineMs === 'number' && { deadlineMs }),
        ...(typeof concurrency === 'number' && { concurrency }),
      },
      ...(typeof probeSeconds === 'number' && { breaker: new Breaker({ ...DEFAULT_BREAKER, maximumOpenMs: probeSeconds * 1000 }) }), // prettier-ignore
      log: this.deps.log,
      secrets,
      archive: (exchange) =>
        this.archive.record({
          ...exchange,
          ...{ connection: connection.id, correlationId: currentCorrelation(), secrets },
        }),
    });
  }

  private connection(row: ConnectionRow): Connection {
    const { manifest } = this.backend(row.product);
    return {
      id: row.id,
      product: row.product,
      settings: withDefaults(manifest, row.settings),
      credentials: this.credentials(row),
      abilities: row.abilities,
      version: row.version,
    };
  }

  private credentials(row: ConnectionRow): Record<string, string> {
    return JSON.parse(this.deps.secrets.open(row.credentials, this.context(row.id))) as Record<string, string>;
  }

  private context(id: string): string {
    return `${this.deps.schema}.connection/${id}`;
  }

  private async row(id: string): Promise<ConnectionRow> {
    const row = await this.store.find(id);
    if (!row) throw unknown(id);
    return row;
  }

  private backend(product: string): Backend<Port> {
    const backend = this.deps.registry.find(({ manifest }) => manifest.product === product);
    if (backend) return backend;
    const known = this.deps.registry.map(({ manifest }) => manifest.product).join(', ');
    throw new CrossdockError({
      code: 'PRODUCT_UNKNOWN',
      kind: 'invalid',
      message: `product ${product} is not one of ${known}`,
    });
  }
}

function unknown(id: string): CrossdockError {
  return new CrossdockError({
    code: 'CONNECTION_UNKNOWN',
    kind: 'not-found',
    message: `there is no connection ${id}`,
    source: id,
  });
}

function isSame(row: ConnectionRow, request: PutConnectionRequest, abilities: readonly string[]): boolean {
  const stored = [row.product, row.settings, row.abilities];
  return requestHash(stored) === requestHash([request.product, request.settings, abilities]);
}

function viewOf(row: ConnectionRow): ConnectionView {
  return {
    id: row.id,
    product: row.product,
    settings: row.settings,
    credentials: row.credentialNames,
    abilities: row.abilities,
    state: row.state,
    ...(row.pausedReason !== null && { pausedReason: row.pausedReason }),
    version: row.version,
    updatedAt: row.updatedAt.toISOString(),
  };
}

async function runStep(step: TestStep): Promise<ConnectionTestStep> {
  const started = performance.now();
  try {
    const detail = await step.run();
    return { name: step.name, ok: true, ...(detail !== undefined && { detail }), milliseconds: since(started) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { name: step.name, ok: false, detail, milliseconds: since(started) };
  }
}

function since(started: number): number {
  return Math.round(performance.now() - started);
}
