import { BlockList, isIP } from 'node:net';

/** IPv4 networks that are not the public Internet (IANA special-purpose registry), and what clouds answer their machines at. */
const REFUSED_V4 = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // carrier-grade NAT, metadata of Alibaba Cloud
  '127.0.0.0/8', // loopback
  '168.63.129.16/32', // what Azure answers its machines at
  '169.254.0.0/16', // link-local, metadata of most clouds
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments, metadata of Oracle Cloud
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, broadcast
];
/** The only IPv6 network that is given out. Loopback, mapped and translated IPv4, private and link-local all lie outside. */
const PUBLIC_V6 = ['2000::/3'];
const REFUSED_V6 = [
  '2001::/23', // protocol assignments: Teredo, ORCHID
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4: carries an IPv4 address
  '3fff::/20', // documentation
];
/** What `loopback` in an allow-list stands for. */
const LOOPBACK = ['127.0.0.0/8', '::1/128'];

const refused = blockList([...REFUSED_V4, ...REFUSED_V6]);
const publicV6 = blockList(PUBLIC_V6);
/** Another way to write an IPv4 address, which BlockList would take for that address. */
const mapped = blockList(['::ffff:0:0/96']);

/** True for a numeric address of the public Internet. Text that is no address is not one. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !refused.check(address, 'ipv4');
  if (family !== 6 || address.includes('%')) return false;
  return publicV6.check(address, 'ipv6') && !refused.check(address, 'ipv6');
}

/** Networks that may be called although they are not public: `loopback`, or CIDR notation, separated by commas. Throws RangeError. */
export function allowList(text: string): (address: string) => boolean {
  const parts = text.split(',').map((part) => part.trim());
  const networks = parts.filter((part) => part !== '').flatMap((part) => (part === 'loopback' ? LOOPBACK : [part]));
  if (networks.length === 0) return () => false;
  const allowed = blockList(networks);
  return (address) => {
    const family = isIP(address);
    if (family === 4) return allowed.check(address, 'ipv4');
    return family === 6 && !address.includes('%') && !mapped.check(address, 'ipv6') && allowed.check(address, 'ipv6');
  };
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits = ''] = network.split('/');
    const family = isIP(address);
    const most = family === 4 ? 32 : 128;
    if (family === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > most)
      throw new RangeError(`${network} is neither "loopback" nor a network like 10.1.0.0/16 or fd00::/8`);
    list.addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}
