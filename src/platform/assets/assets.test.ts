import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { buildAssets } from '../../../scripts/build-assets.ts';
import { type Assets, loadAssets } from './assets.ts';
import { serveAssets } from './serve-assets.ts';

let dir: string;
let assets: Assets;
let app: FastifyInstance;
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'assets-'));
  const { built } = await buildAssets(dir);
  assert.equal(built, true);
  // A stand-in for the worker of the test seat, which another part of the product brings.
  const manifest = JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8'));
  manifest.files['seat-worker.js'] ??= manifest.files['page.js'];
  const served = await mkdtemp(join(tmpdir(), 'assets-served-'));
  await cp(dir, served, { recursive: true });
  await writeFile(join(served, 'manifest.json'), JSON.stringify(manifest));
  assets = loadAssets(served);
  app = Fastify();
  await app.register(serveAssets, { assets });
});
after(async () => {
  await app?.close();
  for (const made of [dir, assets.dir]) await rm(made, { recursive: true, force: true });
});

describe('building assets', () => {
  it('does nothing the second time, in under 100 ms', async () => {
    const times: number[] = [];
    for (let i = 0; i < 3; i++) {
      const start = performance.now();
      assert.equal((await buildAssets(dir)).built, false);
      times.push(performance.now() - start);
    }
    assert.ok(Math.min(...times) < 100, `took ${times.join(', ')} ms`);
  });
  it('builds again when an output is missing', async () => {
    const { manifest } = await buildAssets(dir);
    await rm(join(dir, manifest.files['theme.css'] as string));
    assert.equal((await buildAssets(dir)).built, true);
  });
  it('leaves no half-written file behind, and names fonts by their hash in the theme', async () => {
    assert.deepEqual(
      (await readdir(dir)).filter((name) => name.endsWith('.tmp')),
      [],
    );
    const css = await readFile(join(assets.dir, assets.file('theme.css')), 'utf8');
    assert.ok(
      css.includes(`url("${assets.file('hanken.woff2')}")`) || css.includes(`url(${assets.file('hanken.woff2')})`),
    );
    assert.doesNotMatch(css, /url\("?data:|fonts\//);
  });
  // A browser fetches a face only for letters that the page shows.
  const PAGES: Record<string, readonly string[]> = {
    'the public home page': ['hanken', 'newsreader'],
    'a list with names in other Latin scripts': ['hanken', 'hanken-ext', 'code'],
  };
  for (const [page, faces] of Object.entries(PAGES)) {
    it(`keeps the fonts of ${page} within 40 kB`, async () => {
      const sizes = await Promise.all(
        faces.map(async (name) => (await stat(join(assets.dir, assets.file(`${name}.woff2`)))).size),
      );
      const bytes = sizes.reduce((sum, size) => sum + size, 0);
      assert.ok(bytes > 0 && bytes < 40_000, `${bytes} bytes`);
    });
  }
});

describe('serving assets', () => {
  it('lets browsers keep them for a year, compressed as they ask', async () => {
    const url = assets.url('theme.css');
    const plain = await app.inject({ url, headers: { 'accept-encoding': 'identity' } });
    assert.equal(plain.statusCode, 200);
    assert.match(String(plain.headers['cache-control']), /max-age=31536000, immutable/);
    assert.match(String(plain.headers['content-type']), /^text\/css/);
    const br = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } });
    assert.equal(br.headers['content-encoding'], 'br');
    assert.match(String(br.headers['content-type']), /^text\/css/);
    assert.match(String(br.headers.vary), /accept-encoding/i);
    assert.ok(brotliDecompressSync(br.rawPayload).equals(plain.rawPayload));
    const gz = await app.inject({ url, headers: { 'accept-encoding': 'gzip' } });
    assert.equal(gz.headers['content-encoding'], 'gzip');
    assert.ok(gunzipSync(gz.rawPayload).equals(plain.rawPayload));
  });
  it('serves the worker of the seat at an address of its own, asked for anew each time', async () => {
    const answer = await app.inject({ url: '/seat-worker.js' });
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers['cache-control'], 'no-cache');
    assert.match(String(answer.headers['content-type']), /javascript/);
  });
  for (const url of [
    '/assets/manifest.json',
    '/assets/..%2fmanifest.json',
    '/assets/nothing-abc.js',
    '/assets/',
    '/assets/theme.css',
  ]) {
    it(`answers 404 to ${url}`, async () => {
      assert.equal((await app.inject({ url })).statusCode, 404);
    });
  }
  it('names what there is when asked for an asset that is not', () => {
    assert.throws(() => assets.url('them.css'), /No asset is called them\.css.*theme\.css/);
  });
});
