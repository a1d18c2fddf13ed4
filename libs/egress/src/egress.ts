import { Resolver } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { CrossdockError } from '#canonical/errors';
import { allowList, isPublicAddress } from './addresses';

export interface EgressOptions {
  /** Networks that may be called although they are not public: see `allowList`. Empty: none. */
  readonly allow?: string;
  /** Name servers, `address[:port]`; those of the machine when absent. */
  readonly nameServers?: readonly string[];
}

interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

const RESOLVE_MS = 3_000;

/**
 * Whom we may call when somebody outside has told us the address. A name is resolved once, every address it has is checked, and the
 * connection is made to one of those: what the name means a moment later changes nothing. Names are asked of name servers by
 * this process itself, because the resolver of the operating system has four places in all and a slow zone would take them.
 */
export class Egress {
  private readonly isAllowed: (address: string) => boolean;
  private readonly resolver = new Resolver({ timeout: RESOLVE_MS, tries: 2 });

  constructor({ allow = '', nameServers }: EgressOptions = {}) {
    this.isAllowed = allowList(allow);
    if (nameServers) this.resolver.setServers(nameServers);
  }

  /** For `net.connect` and whatever is built on it: the connection goes to an address that was checked, or is refused. */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    const wanted = options.family === 4 || options.family === 'IPv4' ? 4 : options.family === 6 || options.family === 'IPv6' ? 6 : 0; // prettier-ignore
    this.addressesOf(hostname).then(
      (found) => {
        const fitting = found.filter(({ family }) => wanted === 0 || family === wanted);
        const [first] = fitting;
        if (first === undefined) callback(unresolved(hostname), '', 4);
        else if (options.all === true) callback(null, fitting);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), '', 4),
    );
  };

  /**
   * What can be told of an address without asking a name server. Node asks `lookup` for names only, so this comes before every
   * connection. Errors: TARGET_INVALID, TARGET_REFUSED (refused).
   */
  checked(text: string): URL {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol)) throw invalid('this is no address of http or https');
    if (url.username !== '' || url.password !== '')
      throw invalid('an address must not carry a user or a password: everyone who may see it would see them');
    const host = hostOf(url);
    // The parser has turned decimal, octal, hexadecimal and short forms into the usual one.
    if (isIP(host) !== 0) this.assertAllowed(host, host);
    return url;
  }

  /** The same, and every address the name has now. Errors: as `checked`, and TARGET_UNRESOLVED (refused). */
  async resolved(text: string): Promise<{ readonly url: URL; readonly addresses: readonly string[] }> {
    const url = this.checked(text);
    return { url, addresses: (await this.addressesOf(hostOf(url))).map(({ address }) => address) };
  }

  /** True when every address was named in the allow-list: a sandbox, where plain http is good enough. */
  isExempt(addresses: readonly string[]): boolean {
    return addresses.length > 0 && addresses.every((address) => this.isAllowed(address));
  }

  private async addressesOf(hostname: string): Promise<Address[]> {
    const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
    const found = isIP(host) === 0 ? await this.ask(host) : [addressOf(host)];
    if (found.length === 0) throw unresolved(hostname);
    for (const { address } of found) this.assertAllowed(hostname, address);
    return found;
  }

  private async ask(name: string): Promise<Address[]> {
    // RFC 6761: never a question for a name server.
    if (/(^|\.)localhost\.?$/.test(name)) return [addressOf('127.0.0.1'), addressOf('::1')];
    const none = (): string[] => [];
    const answers = await Promise.all([
      this.resolver.resolve4(name).catch(none),
      this.resolver.resolve6(name).catch(none),
    ]);
    return answers.flat().map(addressOf);
  }

  private assertAllowed(host: string, address: string): void {
    if (isPublicAddress(address) || this.isAllowed(address)) return;
    throw new CrossdockError({
      code: 'TARGET_REFUSED',
      kind: 'refused',
      message: `${host} is not on the public Internet`,
    });
  }
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function addressOf(address: string): Address {
  return { address, family: isIP(address) === 6 ? 6 : 4 };
}

function invalid(message: string): CrossdockError {
  return new CrossdockError({ code: 'TARGET_INVALID', kind: 'refused', message });
}

function unresolved(host: string): CrossdockError {
  return new CrossdockError({ code: 'TARGET_UNRESOLVED', kind: 'refused', message: `${host} has no address` });
}
