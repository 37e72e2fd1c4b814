import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkOf } from './network.ts';

test('an IPv6 address counts by its first 64 bits, however it is written', () => {
  const same = [
    '2001:db8:1:2::1',
    '2001:0db8:0001:0002:ffff:ffff:ffff:ffff',
    '2001:DB8:1:2:0:0:0:9',
    '2001:db8:1:2::192.0.2.1',
  ];
  for (const address of same) assert.equal(networkOf(address), '2001:db8:1:2::/64', address);
  assert.equal(networkOf('2001:db8:1:3::1'), '2001:db8:1:3::/64');
  assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0::/64');
  assert.equal(networkOf('::1'), '0:0:0:0::/64');
  assert.equal(networkOf('fe80::1%eth0'), 'fe80:0:0:0::/64');
});

test('an IPv4 address counts as it is, also when it is written as IPv6', () => {
  assert.equal(networkOf('198.51.100.7'), '198.51.100.7');
  assert.equal(networkOf('::ffff:198.51.100.7'), '198.51.100.7');
  assert.equal(networkOf('::FFFF:c633:6407'), '198.51.100.7');
  assert.notEqual(networkOf('::ffff:198.51.100.8'), networkOf('::ffff:198.51.100.7'));
});
