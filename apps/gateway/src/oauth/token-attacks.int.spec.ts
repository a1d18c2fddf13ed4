import { createHmac } from 'node:crypto';
import {
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
} from 'jose';
import { Secrets } from '#connections/secrets';
import { signed, tokenWorld, type TokenWorld } from '../../test/token-fixture';

/** Ways to have a token believed that should not be: RFC 8725 and what was found in libraries. Each leads to 401. */
let world: TokenWorld;
let token: string;
let ours: CryptoKey;
let foreign: { privateKey: CryptoKey; publicKey: CryptoKey };

beforeAll(async () => {
  world = await tokenWorld();
  const { id, secret } = await world.client();
  token = (await world.token({ grant_type: 'client_credentials' }, [id, secret])).body.access_token as string;
  ours = await signingKey();
  foreign = await generateKeyPair('ES256', { extractable: true });
});
afterAll(() => world.close());

/** What only the gateway should have: with it, tokens are made here that are wrong in one thing each. */
async function signingKey(): Promise<CryptoKey> {
  const { rows } = await world.query('select kid, sealed from gateway.signing_key');
  const [{ kid, sealed } = { kid: '', sealed: Buffer.alloc(0) }] = rows as { kid: string; sealed: Buffer }[];
  const secrets = Secrets.load({ secretKey: process.env['CROSSDOCK_SECRET_KEY'] });
  return (await importJWK(JSON.parse(secrets.open(sealed, `gateway.signing_key/${kid}`)) as JWK, 'ES256')) as CryptoKey;
}

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const parts = (): [string, string, string] => token.split('.') as [string, string, string];
const header = (): { alg: string; typ: string; kid: string } => decodeProtectedHeader(token) as never;
const claims = (more: object = {}): Record<string, unknown> => ({ ...decodeJwt(token), ...more });
const now = (): number => Math.floor(Date.now() / 1000);
const mine = (more: object, head: object = {}): Promise<string> => signed(ours, claims(more), { ...header(), ...head });
const theirs = (head: object = {}): Promise<string> => signed(foreign.privateKey, claims(), { ...header(), ...head });
async function macWithPublicKey(): Promise<string> {
  const { body } = await world.call('GET', '/.well-known/jwks.json');
  const input = `${base64({ ...header(), alg: 'HS256' })}.${parts()[1]}`;
  const mac = createHmac('sha256', JSON.stringify((body.keys as object[])[0]))
    .update(input)
    .digest('base64url');
  return `${input}.${mac}`;
}

const ATTACKS: [string, () => string | Promise<string>][] = [
  ['no algorithm', () => `${base64({ ...header(), alg: 'none' })}.${parts()[1]}.`],
  [
    'no algorithm, in capitals, with some signature',
    () => `${base64({ ...header(), alg: 'NONE' })}.${parts()[1]}.${parts()[2]}`,
  ],
  ['a MAC keyed with the public key', macWithPublicKey],
  ['claims exchanged under the signature', () => `${parts()[0]}.${base64(claims({ scope: 'admin:*' }))}.${parts()[2]}`],
  ['the signature cut off', () => `${parts()[0]}.${parts()[1]}.`],
  [
    'a signature of zeros (CVE-2022-21449)',
    () => `${parts()[0]}.${parts()[1]}.${Buffer.alloc(64).toString('base64url')}`,
  ],
  ['a foreign key under our kid', () => theirs()],
  ['a foreign key in the header (jwk)', async () => theirs({ jwk: await exportJWK(foreign.publicKey) })],
  ['a foreign key by address (jku)', () => theirs({ jku: 'http://127.0.0.1:9/jwks', kid: 'unknown' })],
  ['a certificate in the header (x5c)', () => theirs({ x5c: ['MIIB'] })],
  ['a kid that is a path', () => theirs({ kid: '../../../../dev/null' })],
  ['a kid that is SQL', () => theirs({ kid: "x' or true --" })],
  ['past its end', () => mine({ iat: now() - 700, exp: now() - 60 })],
  ['without an end', () => mine({ exp: undefined })],
  ['before its beginning', () => mine({ nbf: now() + 300 })],
  ['for another audience', () => mine({ aud: 'urn:somebody:else' })],
  ['by another issuer', () => mine({ iss: 'urn:somebody' })],
  ['of another kind (an ID token)', () => mine({}, { typ: 'JWT' })],
  [
    'a critical extension that we do not know',
    () => mine({}, { crit: ['exp2'], exp2: true }).catch(() => forgedCrit()),
  ],
  ['of a client that does not exist', () => mine({ client_id: 'app_00000000000000000000000000000000' })],
  ['whose client is an object', () => mine({ client_id: { $ne: null } })],
  ['without a client', () => mine({ client_id: undefined })],
  ['encrypted, not signed', () => `${base64({ alg: 'dir', enc: 'A256GCM' })}..${parts()[1]}.x.y`],
  ['very long', () => mine({ filler: 'a'.repeat(5000) })],
];
/** The library does not sign what it would not believe. */
const forgedCrit = (): string => `${base64({ ...header(), crit: ['exp2'], exp2: true })}.${parts()[1]}.${parts()[2]}`;

describe('an attack by token', () => {
  it('is measured against a token that works, and one made here with our own key that does too', async () => {
    for (const good of [token, await mine({ jti: 'another' })])
      expect((await world.call('GET', '/account/v1/keys', undefined, good)).status).toBe(200);
  });

  it.each(ATTACKS)('%s: is not believed', async (_name, forge) => {
    const { status, body, headers } = await world.call('GET', '/account/v1/keys', undefined, await forge());
    expect([status, body.code]).toEqual([401, 'UNAUTHENTICATED']);
    // One answer for all: who tries learns nothing.
    expect(body.detail).toBe('the key is not valid');
    expect(headers.get('www-authenticate')).toContain('Bearer');
  });

  it('a scope that the client has not is worth nothing, even signed by us', async () => {
    const wide = await mine({ scope: 'admin:* account:*' });
    expect((await world.call('GET', '/admin/v1/partners', undefined, wide)).status).toBe(403);
    expect((await world.call('POST', '/account/v1/keys', {}, wide)).status).toBe(403);
  });
});
