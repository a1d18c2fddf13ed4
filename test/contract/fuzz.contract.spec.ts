import { openApiDocument } from '#service/documents';
import { Chance, sizeOf } from '../support/random';
import { Sampler } from './support/sampled';
import { PUBLIC_DOCUMENTS } from './support/public-documents';
import { World } from './support/world';

const SEED = sizeOf('CROSSDOCK_FUZZ_SEED', 1);
/** 20,000 in a long run: `CROSSDOCK_FUZZ_CALLS=20000 npx jest --selectProjects contract --testPathPatterns fuzz`. */
const CALLS = sizeOf('CROSSDOCK_FUZZ_CALLS', 2_400);
const AT_ONCE = 8;

/** Of an address, a sign-in or a second secret: what they call or end is outside of what is asked here. */
const LEFT_OUT =
  /^\/(portal\/v1\/(events|webhook)|account\/v1\/(clients|requests|usage)|admin\/v1\/(partners\/\{id\}\/(clients|people)|signing-keys))/;

/** Calls made out of the documents, whole and broken, with a key that may do everything of its audience. */
describe(`calls made from the documents (seed ${SEED})`, () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start('local');
  });
  afterAll(() => world.close());

  it(`${CALLS} of them get no 5xx and no answer that is not documented`, async () => {
    const chance = new Chance(SEED);
    const { portal, ...keys } = world.demo.keys;
    const keyOf: Readonly<Record<string, string>> = { portal, account: portal, ...keys };
    const targets = PUBLIC_DOCUMENTS.flatMap((name) => {
      const document = world.document(name);
      const sampler = new Sampler(openApiDocument(name), chance);
      return (
        document.operations
          // A backend that is set to an address nobody serves makes the sandbox fail, which is not what is asked here.
          .filter(
            ({ id, path }) =>
              !LEFT_OUT.test(path) &&
              !/^operationsConnections\.(put|pause)$|^operationsReference\.putNodes$|^account\.revoke$|^partners\.revoke$/.test(
                id,
              ),
          )
          .map((operation) => ({ document, sampler, ...operation }))
      );
    });
    const faults: string[] = [];
    const statuses = new Map<number, number>();
    const reached = new Set<string>();
    const one = async (): Promise<void> => {
      const { document, sampler, id, method, path, operation } = chance.pick(targets);
      const call = sampler.call(path, operation, chance.between(0, 2));
      const query = new URLSearchParams(call.query).toString();
      const url = `${world.demo.url}${call.path}${query === '' ? '' : `?${query}`}`;
      const response = await fetch(url, {
        method: method.toUpperCase(),
        headers: {
          authorization: `Bearer ${keyOf[path.split('/')[1] ?? ''] ?? portal}`,
          ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...call.headers,
        },
        ...(call.body === undefined || method === 'get' ? {} : { body: JSON.stringify(call.body) }),
      });
      const text = await response.text();
      const { status } = response;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status < 300) reached.add(id);
      const found = document.faults(id, { status, headers: Object.fromEntries(response.headers), body: text === '' ? undefined : JSON.parse(text) }); // prettier-ignore
      if (status >= 500) found.push(`${id}: ${status} ${text.slice(0, 300)}`);
      faults.push(...found.map((fault) => `${fault}\n    ${method.toUpperCase()} ${url} ${JSON.stringify(call.headers)} ${call.body === undefined ? '' : JSON.stringify(call.body).slice(0, 600)}`)); // prettier-ignore
    };
    for (let sent = 0; sent < CALLS && faults.length < 20; sent += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, one));
    expect(faults).toEqual([]);
    // Not everything bounced off the door: the calls are good enough to get in.
    expect((statuses.get(200) ?? 0) + (statuses.get(201) ?? 0) + (statuses.get(207) ?? 0)).toBeGreaterThan(CALLS / 20);
    expect(reached.size).toBeGreaterThan(targets.length / 3);
  });
});
