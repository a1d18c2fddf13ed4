import { clientCredentials } from './client-credentials';

interface Asked {
  readonly url: string;
  readonly authorization: string | null;
  readonly form: string;
}

/** A token endpoint that counts: `seconds` of life each, or a refusal. */
function endpoint(seconds: number, refusals = 0): { asked: Asked[]; fetch: typeof fetch } {
  const asked: Asked[] = [];
  const answer: typeof fetch = (input, init) => {
    const headers = new Headers(init?.headers);
    const url = input instanceof Request ? input.url : String(input);
    asked.push({ url, authorization: headers.get('authorization'), form: String(init?.body as URLSearchParams) });
    if (asked.length <= refusals)
      return Promise.resolve(
        Response.json({ error: 'invalid_client' }, { status: 401, headers: { 'request-id': 'req_1' } }),
      );
    return Promise.resolve(
      Response.json({ access_token: `token-${asked.length}`, token_type: 'Bearer', expires_in: seconds }),
    );
  };
  return { asked, fetch: answer };
}
const client = { url: 'https://api.example.com', clientId: 'app_1', clientSecret: 'cds_live_x' };

describe('client credentials', () => {
  it('ask for one token, however many calls want it at once, and keep it while it lives', async () => {
    const { asked, fetch } = endpoint(600);
    const token = clientCredentials({ ...client, scopes: ['portal:orders:read', 'portal:items:read'], fetch });
    expect(await Promise.all([token(), token(), token()])).toEqual(['token-1', 'token-1', 'token-1']);
    expect(await token()).toBe('token-1');
    expect(asked).toEqual([
      {
        url: 'https://api.example.com/oauth/token',
        authorization: `Basic ${btoa('app_1:cds_live_x')}`,
        form: 'grant_type=client_credentials&scope=portal%3Aorders%3Aread+portal%3Aitems%3Aread',
      },
    ]);
  });

  it('ask again before a token ends', async () => {
    const { asked, fetch } = endpoint(60);
    const token = clientCredentials({ ...client, clientSecret: () => Promise.resolve('cds_live_y'), fetch });
    expect([await token(), await token()]).toEqual(['token-1', 'token-2']);
    expect(asked[1]?.authorization).toBe(`Basic ${btoa('app_1:cds_live_y')}`);
  });

  it('are asked for anew after a refusal', async () => {
    const { fetch } = endpoint(600, 1);
    const token = clientCredentials({ ...client, fetch });
    await expect(token()).rejects.toMatchObject({ status: 401 });
    expect(await token()).toBe('token-2');
  });
});
