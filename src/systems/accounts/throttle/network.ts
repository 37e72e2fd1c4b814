import { isIPv6 } from 'node:net';

/**
 * What counts as one network address: an IPv4 address as it is (also when written as IPv6), of an IPv6 address its
 * first 64 bits, because a single customer has all the addresses below them.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '').toLowerCase();
  if (!isIPv6(plain)) return plain;
  const [, dotted] = /:((?:\d+\.){3}\d+)$/.exec(plain) ?? [];
  if (dotted && /^[0:]*(?::ffff)?:(?:\d+\.){3}\d+$/.test(plain)) return dotted;
  const [front = '', back] = plain.replace(/(?:\d+\.){3}\d+$/, '0:0').split('::');
  const head = front ? front.split(':') : [];
  const tail = back ? back.split(':') : [];
  const middle = back === undefined ? [] : Array<string>(8 - head.length - tail.length).fill('0');
  const groups = [...head, ...middle, ...tail].map((group) => Number.parseInt(group, 16));
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (mapped)
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 255])
      .join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}
