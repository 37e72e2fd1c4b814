import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import Fastify, { type FastifyInstance } from 'fastify';
import { sendCompressed } from './compression.ts';

const LONG = '<p>Register a candidate</p>'.repeat(200);
let app: FastifyInstance;
before(async () => {
  app = Fastify();
  app.get('/page', (_request, reply) => sendCompressed(reply, 'text/html; charset=utf-8', LONG));
  app.get('/short', (_request, reply) => sendCompressed(reply, 'text/html; charset=utf-8', '<p>Short</p>'));
  app.get('/pdf', (_request, reply) => sendCompressed(reply, 'application/pdf', Buffer.from(LONG)));
  await app.listen({ host: '127.0.0.1', port: 0 });
});
after(() => app.close());

async function ask(path: string, encoding: string) {
  const { port } = app.server.address() as { port: number };
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'accept-encoding': encoding } });
  return {
    text: await answer.text(),
    encoding: answer.headers.get('content-encoding'),
    length: Number(answer.headers.get('content-length')),
    vary: answer.headers.get('vary'),
  };
}

test('a page is compressed for whoever takes it, and whole for everybody', async () => {
  for (const accepted of ['gzip', 'br, gzip;q=0.8', 'gzip, deflate, br, zstd']) {
    const packed = await ask('/page', accepted);
    assert.equal(packed.encoding, 'gzip', accepted);
    assert.equal(packed.text, LONG);
    assert.ok(packed.length < LONG.length / 10);
    assert.equal(packed.vary, 'accept-encoding');
  }
  for (const accepted of ['identity', 'br', 'gzip;q=0, br', 'gzip; q=0.0']) {
    const plain = await ask('/page', accepted);
    assert.equal(plain.encoding, null, accepted);
    assert.equal(plain.text, LONG);
    assert.equal(plain.vary, 'accept-encoding');
  }
});

test('what is short or packed already is sent as it is', async () => {
  assert.equal((await ask('/short', 'gzip')).encoding, null);
  const pdf = await ask('/pdf', 'gzip');
  assert.equal(pdf.encoding, null);
  assert.equal(pdf.vary, null);
});
