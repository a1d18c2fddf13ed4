import { masked } from './masking';

describe('what is kept of a payload', () => {
  it('keeps what explains an order, and neither credentials nor who lives where', () => {
    const body = {
      externalId: 'ord_1',
      apiKey: 'canary-key',
      shipTo: { name: 'Ada Canary', street: '1 Canary Street', city: 'Bristol', postalCode: 'BS1', phone: '+44 1' },
      lines: [{ item: 'MUG', name: 'Blue mug', quantity: '2', note: 'ask ada@canary.example' }],
    };
    const kept = masked(JSON.stringify(body));
    expect(kept).not.toMatch(/canary/i);
    expect(JSON.parse(kept)).toMatchObject({
      externalId: 'ord_1',
      shipTo: { city: 'Bristol', postalCode: 'BS1' },
      lines: [{ item: 'MUG', name: 'Blue mug', quantity: '2' }],
    });
  });

  it('keeps nothing of a field that is there twice, and leaves what has nothing to hide as it is', () => {
    expect(masked('{"apiKey":"canary","apiKey":null}')).toBe('{"apiKey":null}');
    const plain = '{"lines":[{"item":"MUG","quantity":{"value":"1","unit":"EA"},"name":"Blue mug"}],"more":null}';
    expect(masked(plain)).toBe(plain);
  });

  it.each([
    ['the secrets of the connection, wherever they stand', 'Bearer s3cr3t-token, twice s3cr3t-token', 'Bearer ***, twice ***'],
    ['keys of ours in plain text', 'key cdk_live_abcDEF123 was used', 'key cdk_live_*** was used'],
    ["clients' secrets", 'secret cds_test_abcDEF123', 'secret cds_test_***'],
    ['access tokens', 'Bearer eyJhbGciOiJF.eyJpc3MiOiJ1.c2ln-_nature', 'Bearer eyJ***'],
    ['e-mail addresses in files', 'H;ada@example.org;2', 'H;***;2'],
    ['what is asked for in a query', '/portal/v1/items?limit=5&access_token=abc.def&x=1', '/portal/v1/items?limit=5&access_token=***&x=1'],
    ['who logs in by an address', 'get https://me:pass@host.example/a', 'get https://***@host.example/a'],
    ['broken JSON as text', '{"email":"ada@example.org"', '{"email":"***"'],
  ])('masks %s', (_, text, expected) => {
    expect(masked(text, ['s3cr3t-token'])).toBe(expected);
  }); // prettier-ignore
});
