/** Bytes over the wire for the first view of a page: HTML, style, script, fonts, pictures, as a browser asks for them. */
import { request } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { report } from './figure.ts';
import { logInAs } from './people.ts';
import { removeFolder, startProduct, temporaryFolder } from './product.ts';

const PAGES: readonly (readonly [username: string, url: string])[] = [
  ['', '/'],
  ['', '/login'],
  ['', '/verify'],
  ['', '/find-a-qualification'],
  ['', '/sit'],
  ['coordinator', '/home'],
  ['coordinator', '/web-portal/candidates'],
  ['coordinator', '/web-portal/candidates/register'],
  ['coordinator', '/centres-hub/users'],
  ['coordinator', '/products'],
  ['coordinator', '/certificates'],
  ['invigilator', '/online-assessments'],
];

interface Fetched {
  readonly wire: number;
  readonly bytes: Buffer;
}

function fetchWire(url: string, cookie: string): Promise<Fetched> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { 'accept-encoding': 'gzip', cookie } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const wire = Buffer.concat(parts);
        resolve({ wire: wire.length, bytes: answer.headers['content-encoding'] === 'gzip' ? gunzipSync(wire) : wire });
      });
    })
      .on('error', reject)
      .end();
  });
}

export async function measureWeight(): Promise<void> {
  const folder = await temporaryFolder();
  const product = await startProduct({ dataDir: join(folder, 'data') });
  try {
    for (const [username, url] of PAGES) {
      const cookies = username ? (await logInAs(product.url, username)).cookies : new Map<string, string>();
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const { total, script, raw } = await weigh(product.url, url, cookie);
      const reference = { what: 'kB of the same without compression', value: raw / 1000 };
      report({ name: `weight${url}`, value: total / 1000, unit: 'kB', reference, goal: 'at most 100 kB' });
      report({ name: `weight${url}.script`, value: script / 1000, unit: 'kB', reference, goal: 'at most 30 kB' });
    }
  } finally {
    await product.stop();
    await removeFolder(folder);
  }
}

async function weigh(
  origin: string,
  url: string,
  cookie: string,
): Promise<{ total: number; script: number; raw: number }> {
  const page = await fetchWire(origin + url, cookie);
  const wanted = new Set(
    [...page.bytes.toString().matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1] as string),
  );
  let [total, script, raw] = [page.wire, 0, page.bytes.length];
  for (const asset of wanted) {
    const part = await fetchWire(origin + asset, cookie);
    total += part.wire;
    raw += part.bytes.length;
    if (asset.endsWith('.js')) script += part.wire;
    if (asset.endsWith('.css'))
      for (const [, font = ''] of part.bytes
        .toString()
        .matchAll(/url\("?([^")]+(?:code|newsreader)[^")]*\.woff2)"?\)/g)) {
        const loaded = await fetchWire(new URL(font, origin + asset).href, cookie);
        total += loaded.wire;
        raw += loaded.bytes.length;
      }
  }
  return { total, script, raw };
}
