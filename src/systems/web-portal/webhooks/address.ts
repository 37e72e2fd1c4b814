import { lookup as lookUp } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** The address is inside, or nobody's: nothing is sent there. */
export class InternalAddress extends Error {
  constructor() {
    super('The address is not one of the public internet');
  }
}

// The special-purpose registries of IANA: this host, private networks, link-local (where clouds keep secrets), and the rest
// that is not routed. Of IPv6, only what is given out to the public internet is let through.
const NOT_PUBLIC_4 = new BlockList();
for (const range of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]) {
  const [network = '', bits] = range.split('/');
  NOT_PUBLIC_4.addSubnet(network, Number(bits), 'ipv4');
}
const PUBLIC_6 = new BlockList();
PUBLIC_6.addSubnet('2000::', 3, 'ipv6');
const NOT_PUBLIC_6 = new BlockList();
// Special purposes, documentation, and 6to4, which wraps any IPv4 address.
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  NOT_PUBLIC_6.addSubnet(network, bits, 'ipv6');

/** Whether a numeric address belongs to the public internet. */
export function isPublic(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !NOT_PUBLIC_4.check(address, 'ipv4');
  return version === 6 && PUBLIC_6.check(address, 'ipv6') && !NOT_PUBLIC_6.check(address, 'ipv6');
}

/** Looks a name up and refuses it where any of its addresses is not public: what was checked is what is connected to. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookUp(hostname, { ...options, all: true }).then(
    (addresses) => {
      const [first] = addresses;
      if (!first || !addresses.every(({ address }) => isPublic(address))) callback(new InternalAddress(), '', 0);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    },
    (error: NodeJS.ErrnoException) => callback(error, '', 0),
  );
};

export type Targets = 'public' | 'any';

/** What is wrong with a web address that somebody typed, as a sentence, or null. */
export function addressProblem(typed: string, targets: Targets): string | null {
  const url = URL.parse(typed);
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && targets === 'any')))
    return 'Enter a web address that begins with https://';
  if (url.username || url.password) return 'Take name and password out of the address: the signature proves who sends';
  if (url.hash) return 'Take out what stands after #: it is never sent';
  if (targets === 'any') return null;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const inside =
    isIP(host) > 0
      ? !isPublic(host)
      : !host.includes('.') || /(?:^|\.)(?:localhost|local|internal|home\.arpa)\.?$/.test(host);
  return inside ? 'Enter an address of the public internet: this one is inside a network' : null;
}
