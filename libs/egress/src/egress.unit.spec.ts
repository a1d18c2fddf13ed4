import { CrossdockError } from '#canonical/errors';
import { allowList, isPublicAddress } from './addresses';
import { Egress } from './egress';

/** What must never be called, in every way to write it. None of these asks a name server. */
const REFUSED = [
  // loopback
  'http://127.0.0.1/',
  'http://127.0.0.1:5432/',
  'http://127.1/',
  'http://127.0.1/',
  'http://127.255.255.254/',
  'http://2130706433/', // decimal
  'http://017700000001/', // octal
  'http://0177.0.0.1/',
  'http://0177.00.00.01/',
  'http://0x7f000001/', // hexadecimal
  'http://0x7f.0.0.1/',
  'http://0x7F.0x0.0x0.0x1/',
  'http://127.0.0.1./',
  'http://%31%32%37.0.0.1/', // percent-encoded
  'http://１２７.0.0.1/', // full-width digits
  'http://127。0。0。1/', // ideographic full stops
  'http://①②⑦.⓪.⓪.①/', // circled digits
  'https://[::1]/',
  'https://[0:0:0:0:0:0:0:1]/',
  'https://[0000::0001]/',
  // this host
  'http://0/',
  'http://0.0.0.0/',
  'http://0x0/',
  'http://00000000/',
  'http://[::]/',
  // private
  'http://10.0.0.1/',
  'http://10.255.255.255/',
  'http://167772161/',
  'http://012.0.0.1/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.0.1/',
  'http://192.168.1/',
  'http://0xC0A80001/',
  'http://3232235521/',
  'http://[fc00::1]/',
  'http://[fd12:3456:789a::1]/',
  'http://[fec0::1]/',
  // link-local and metadata
  'http://169.254.169.254/latest/meta-data/',
  'http://2852039166/',
  'http://0xa9fea9fe/',
  'http://0251.0376.0251.0376/',
  'http://169.254.170.2/',
  'http://169.254.0.1/',
  'http://100.100.100.200/', // Alibaba Cloud
  'http://192.0.0.192/', // Oracle Cloud
  'http://168.63.129.16/', // Azure
  'http://[fd00:ec2::254]/', // AWS
  'http://[fe80::1]/',
  // IPv4 inside IPv6
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::ffff:10.0.0.1]/',
  'http://[::ffff:169.254.169.254]/',
  'http://[::ffff:8.8.8.8]/',
  'http://[::127.0.0.1]/',
  'http://[::ffff:0:127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[64:ff9b:1::a00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001:0:7f00:1::]/',
  // nobody's
  'http://100.64.0.1/',
  'http://100.127.255.255/',
  'http://192.0.2.1/',
  'http://192.88.99.1/',
  'http://198.18.0.1/',
  'http://198.51.100.1/',
  'http://203.0.113.1/',
  'http://224.0.0.1/',
  'http://239.255.255.255/',
  'http://240.0.0.1/',
  'http://255.255.255.255/',
  'http://[ff02::1]/',
  'http://[2001:db8::1]/',
  'http://[3fff::1]/',
  'http://[5f00::1]/',
  'http://[100::1]/',
  'http://[4000::1]/',
];

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'nothing';
  } catch (error) {
    return error instanceof CrossdockError ? error.code : String(error);
  }
};

describe('addresses that somebody outside has named', () => {
  const egress = new Egress();

  test.each(REFUSED)('%s is refused', (url) => {
    expect(codeOf(() => egress.checked(url))).toBe('TARGET_REFUSED');
  });

  test('there are at least sixty of them, none twice', () => {
    expect(new Set(REFUSED).size).toBe(REFUSED.length);
    expect(REFUSED.length).toBeGreaterThanOrEqual(60);
  });

  test.each(['http://localhost/', 'http://LOCALHOST./', 'https://a.localhost:8443/'])('%s is loopback', async (url) => {
    await expect(egress.resolved(url)).rejects.toMatchObject({ code: 'TARGET_REFUSED' });
  });

  test.each([
    'https://8.8.8.8/hook',
    'http://134744072/',
    'http://172.15.255.255/',
    'http://172.32.0.1/',
    'http://100.63.255.255/',
    'http://11.0.0.1/',
    'https://[2606:4700:4700::1111]/',
    'https://[2a00:1450:4009:80b::200e]:8443/',
  ])('%s is public', (url) => {
    expect(codeOf(() => egress.checked(url))).toBe('nothing');
  });

  test.each([
    'ftp://8.8.8.8/',
    'file:///etc/passwd',
    'gopher://8.8.8.8/',
    'javascript:alert(1)',
    'unix:/var/run/docker.sock',
    'https://user@8.8.8.8/',
    'https://user:secret@8.8.8.8/',
    'http://1.1.1.1:99999/',
    'http://256.1.1.1/',
    'http://[::1/',
    '/relative',
    '',
  ])('%s is no address for us', (url) => {
    expect(codeOf(() => egress.checked(url))).toBe('TARGET_INVALID');
  });

  test('text that is no address is not a public one', () => {
    for (const text of ['', 'localhost', '8.8.8.8 ', '8.8.8', 'fe80::1%eth0', '2606:4700::1%1'])
      expect([text, isPublicAddress(text)]).toEqual([text, false]);
  });

  test('what a sandbox allows is allowed, and nothing beside it', () => {
    const sandbox = new Egress({ allow: 'loopback, 10.1.0.0/16' });
    const allowed = ['http://127.0.0.1:8080/', 'http://[::1]/', 'http://10.1.255.1/'];
    expect(allowed.map((url) => codeOf(() => sandbox.checked(url)))).toEqual(allowed.map(() => 'nothing'));
    const refused = REFUSED.filter((url) => !/^(127\.|\[::1\]|0\.0\.0\.0$)/.test(new URL(url).hostname));
    // A mapped form of what is allowed is another way to write it: it stays refused.
    for (const url of [...refused, 'http://10.2.0.1/'])
      expect([url, codeOf(() => sandbox.checked(url))]).toEqual([url, 'TARGET_REFUSED']);
  });

  test.each(['10.1.0.0', '10.1.0.0/33', 'fd00::/129', 'all', '10.1.0.0/', '*/0'])(
    '%s is no network to allow',
    (text) => {
      expect(() => allowList(text)).toThrow(RangeError);
    },
  );
});
