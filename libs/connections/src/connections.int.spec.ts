import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase } from '#testing/postgres';
import type { TestDatabase } from '#testing/postgres';
import type { Backend, Connection } from './backend';
import { httpSettings, requireAbility } from './backend';
import { ConnectionsService } from './connections.service';
import { connectionMigration } from './migrations';
import { Secrets } from './secrets';

interface EchoPort {
  readonly connection: Connection;
}

describe('connections', () => {
  let test: TestDatabase;
  let connected = 0;
  let failing = false;
  const key = randomBytes(32);
  const log = { debug: () => undefined, warn: () => undefined };
  const echo: Backend<EchoPort> = {
    manifest: {
      product: 'echo',
      title: 'Echo',
      settings: {
        type: 'object',
        additionalProperties: false,
        required: ['baseUrl', 'company'],
        properties: { ...httpSettings, company: { type: 'string', minLength: 1 } },
      },
      credentials: ['user', 'password'],
      abilities: { canEcho: 'Answers what it hears.', canWhisper: 'Quietly.' },
    },
    connect: (connection) => {
      connected += 1;
      return { connection };
    },
    test: () => [
      { name: 'first', run: async () => Promise.resolve('hello') },
      { name: 'second', run: async () => (failing ? Promise.reject(new Error('no such company')) : Promise.resolve()) },
      { name: 'third', run: async () => Promise.resolve() },
    ],
  };
  const service = (secretKey = key) =>
    new ConnectionsService<EchoPort>({
      schema: 'wms',
      database: test.database,
      registry: [echo],
      secrets: new Secrets(secretKey),
      log,
    });
  const settings = { baseUrl: 'https://echo.example', company: '10' };
  const credentials = { user: 'robot', password: 'hunter2' };

  beforeAll(async () => {
    test = await testDatabase({ schema: 'wms', migrations: [connectionMigration('wms', 1_772_500_000_001)] });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    connected = 0;
    failing = false;
    await test.database.query('delete from wms.connection');
  });

  it('credentials reach the port, are stored encrypted and are never shown', async () => {
    const connections = service();
    const view = await connections.put({ id: 'c1', product: 'echo', settings, credentials });
    const { port } = await connections.port('c1');
    expect(port.connection.credentials).toEqual(credentials);
    expect(view.credentials).toEqual(['password', 'user']);
    expect(JSON.stringify([view, await connections.list(), await connections.get({ id: 'c1' })])).not.toContain(
      'hunter2',
    );
    const { rows } = await test.database.query<{ credentials: Buffer }>('select credentials from wms.connection');
    expect(rows[0]?.credentials.toString('latin1')).not.toContain('hunter2');
  });

  it('defaults of the schema are filled in for the port and not stored', async () => {
    const connections = service();
    const view = await connections.put({ id: 'c1', product: 'echo', settings, credentials });
    expect((await connections.port('c1')).connection.settings).toMatchObject({
      ...settings,
      deadlineMs: 15000,
      concurrency: 16,
    });
    expect(view.settings).toEqual(settings);
  });

  it('a change without credentials keeps those stored; a part of them replaces that part', async () => {
    const connections = service();
    await connections.put({ id: 'c1', product: 'echo', settings, credentials });
    await connections.put({ id: 'c1', product: 'echo', settings: { ...settings, company: '20' } });
    expect((await connections.port('c1')).connection).toMatchObject({
      credentials,
      version: 2,
      settings: { company: '20' },
    });
    await connections.put({ id: 'c1', product: 'echo', settings, credentials: { password: 'new' } });
    expect((await connections.port('c1')).connection.credentials).toEqual({ user: 'robot', password: 'new' });
  });

  it('putting what is there already changes nothing: sessions stay open', async () => {
    const connections = service();
    await connections.put({ id: 'c1', product: 'echo', settings, credentials });
    await connections.port('c1');
    expect((await connections.put({ id: 'c1', product: 'echo', settings, credentials })).version).toBe(1);
    await connections.port('c1');
    expect(connected).toBe(1);
  });

  it('callers that come together share one port', async () => {
    const connections = service();
    await connections.put({ id: 'c1', product: 'echo', settings, credentials });
    await Promise.all(Array.from({ length: 20 }, () => connections.port('c1')));
    expect(connected).toBe(1);
  });

  it('a pause holds at once, also for a reading that began before it', async () => {
    const connections = service();
    await connections.put({ id: 'c1', product: 'echo', settings, credentials });
    const held = holdNextFind(test);
    const early = connections.port('c1');
    await held.read;
    await connections.pause({ id: 'c1', reason: 'stocktaking' });
    const late = connections.port('c1');
    held.letGo();
    const paused = { status: 'rejected', reason: { code: 'CONNECTION_PAUSED' } };
    expect(await Promise.allSettled([early, late])).toMatchObject([paused, paused]);
    await expect(connections.port('c1')).rejects.toMatchObject({ code: 'CONNECTION_PAUSED' });
  });

  it('a change and a pause made in another process are seen within about a second', async () => {
    const [here, there] = [service(), service()];
    await here.put({ id: 'c1', product: 'echo', settings, credentials });
    await there.port('c1');
    await here.pause({ id: 'c1', reason: 'moving' });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await expect(there.port('c1')).rejects.toMatchObject({ code: 'CONNECTION_PAUSED' });
    expect((await there.inbound('c1')).id).toBe('c1');
    await here.resume({ id: 'c1' });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect((await there.port('c1')).connection.id).toBe('c1');
  });

  it('a test ends at the first step that fails and says why', async () => {
    const connections = service();
    await connections.put({ id: 'c1', product: 'echo', settings, credentials });
    failing = true;
    const tested = await connections.test({ id: 'c1' });
    expect(tested).toMatchObject({
      ok: false,
      steps: [
        { name: 'first', ok: true, detail: 'hello' },
        { name: 'second', ok: false, detail: 'no such company' },
      ],
    });
    expect(tested.steps).toHaveLength(2);
  });

  it('missing credentials alone have their own code; another product asks for its own', async () => {
    const connections = service();
    await expect(connections.put({ id: 'c1', product: 'echo', settings })).rejects.toMatchObject({
      code: 'CREDENTIALS_MISSING',
      findings: [{ pointer: '/credentials/user' }, { pointer: '/credentials/password' }],
    });
  });

  it('only enabled abilities may be used', async () => {
    const connections = service();
    await connections.put({ id: 'c1', product: 'echo', settings, credentials, abilities: ['canEcho'] });
    const { connection } = await connections.port('c1');
    expect(() => requireAbility(connection, 'canEcho')).not.toThrow();
    expect(() => requireAbility(connection, 'canWhisper')).toThrow('canWhisper');
  });

  it('another secret key cannot read them, and says which setting is wrong', async () => {
    await service().put({ id: 'c1', product: 'echo', settings, credentials });
    await expect(service(randomBytes(32)).port('c1')).rejects.toThrow('CROSSDOCK_SECRET_KEY');
  });
});

describe('secrets', () => {
  it('what is sealed for one row cannot be opened in another, nor after a change', () => {
    const secrets = new Secrets(randomBytes(32));
    const sealed = secrets.seal('hunter2', 'erp.connection/a');
    expect(secrets.open(sealed, 'erp.connection/a')).toBe('hunter2');
    expect(() => secrets.open(sealed, 'erp.connection/b')).toThrow();
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1);
    expect(() => secrets.open(changed, 'erp.connection/a')).toThrow();
  });

  it('without a key in the environment the data directory keeps one, readable by its owner only', () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'crossdock-secrets-'));
    try {
      const sealed = Secrets.load({ dataDirectory }).seal('x', 'row');
      expect(Secrets.load({ dataDirectory }).open(sealed, 'row')).toBe('x');
      expect(statSync(join(dataDirectory, 'secret.key')).mode & 0o077).toBe(0);
    } finally {
      rmSync(dataDirectory, { recursive: true });
    }
  });

  it('a key of the wrong length, and none at all, are refused with the name of the setting', () => {
    expect(() => Secrets.load({ secretKey: 'c2hvcnQ=' })).toThrow('CROSSDOCK_SECRET_KEY');
    expect(() => Secrets.load({})).toThrow('CROSSDOCK_SECRET_KEY');
  });
});

/** The next reading of a connection's row is kept back after the database has answered it. */
function holdNextFind({ database }: TestDatabase): { readonly read: Promise<void>; letGo: () => void } {
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  let seen = (): void => undefined;
  const read = new Promise<void>((resolve) => (seen = resolve));
  const query = database.query.bind(database);
  const spy = jest.spyOn(database, 'query').mockImplementation(async (statement, values) => {
    const isFind = typeof statement !== 'string' && statement.name === 'wms-connection';
    if (isFind) spy.mockRestore();
    const answer = await query(statement, values);
    if (isFind) {
      seen();
      await gate;
    }
    return answer;
  });
  return { read, letGo };
}
