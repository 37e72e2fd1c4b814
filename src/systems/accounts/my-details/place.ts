import { BlockList, isIP } from 'node:net';

const PRIVATE = new BlockList();
for (const [net, bits] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const)
  PRIVATE.addSubnet(net, bits);
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fe80::', 10, 'ipv6');
const OWN_MACHINE = new BlockList();
OWN_MACHINE.addSubnet('127.0.0.0', 8);
OWN_MACHINE.addAddress('::1', 'ipv6');

/** A network address and what is known of it without asking anybody; `here` is the address of the session that reads. */
export function placeInWords(address: string | null, here: string | null): string {
  const family = isIP(address ?? '');
  if (address === null || family === 0) return 'Not recorded';
  const kind = family === 6 ? 'ipv6' : 'ipv4';
  if (address === here) return `${address}, the same as here`;
  if (OWN_MACHINE.check(address, kind)) return `${address}, the server's own machine`;
  if (PRIVATE.check(address, kind)) return `${address}, a local network`;
  return address;
}
