import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FastifyRequest } from 'fastify';
import { cleanRequest, cleanText, readableAddress } from './clean-words.ts';

test('a text loses what the database refuses and nothing else', () => {
  assert.equal(cleanText('a\0b'), 'ab');
  assert.equal(cleanText('x\ud800y'), 'x\ufffdy');
  for (const text of ["Seán O'Neill", '👩‍🔧', 'سيارة', ' two  spaces\r\n']) assert.equal(cleanText(text), text);
});

test('query and form fields are cleaned, also those that come twice; a JSON body is not touched', async () => {
  const query = { q: 'a\0', status: ['\0x', 'y'] };
  const body = { name: 'n\0' };
  const request = (type: string) =>
    ({ query, body: { ...body }, headers: { 'content-type': type } }) as unknown as FastifyRequest;
  const form = request('application/x-www-form-urlencoded; charset=utf-8');
  await cleanRequest(form);
  assert.deepEqual([form.query, form.body], [{ q: 'a', status: ['x', 'y'] }, { name: 'n' }]);
  const other = request('application/json');
  await cleanRequest(other);
  assert.deepEqual(other.body, body);
});

test('an address that cannot be read leads nowhere; every other one stays', () => {
  for (const bad of ['/products/%', '/products/%E0%A4%A?q=1', '/login/%00', `/x/${'a'.repeat(201)}`])
    assert.equal(readableAddress(bad), '/no-such-page', bad);
  for (const good of ['/', '/login?q=%', '/products/L3%2FA', `/x/${'a'.repeat(200)}?${'q'.repeat(900)}`])
    assert.equal(readableAddress(good), good);
});
