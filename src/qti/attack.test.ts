/**
 * Hostile packages. Each must be refused with a sentence, quickly, in little memory, and with nothing written. The limits
 * are those of the product (2 s, 64 MB); each attack costs a small part of them, so that a busy machine does not flake.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { readItemsCsvPackage, readQtiPackage } from './index.ts';
import { CHOICES, itemXml, MATCH_CORRECT, manifestXml, packageZip, png } from './testing/qti-samples.ts';
import { type Forged, forgeZip } from './testing/zip-forge.ts';

const MANIFEST: Forged = { name: 'imsmanifest.xml', bytes: Buffer.from(manifestXml(['items/a.xml'])) };
const ITEM: Forged = { name: 'items/a.xml', bytes: Buffer.from(itemXml()) };
const honest = (...more: Forged[]) => forgeZip([MANIFEST, ITEM, ...more]);
const withItem = (xml: string | Buffer) => packageZip({ 'items/a.xml': xml });
const withPicture = (bytes: Buffer | string, name = 'fig.png') =>
  packageZip({
    'items/a.xml': itemXml({ body: `<p>Look.</p><p><img src="../img/${name}" alt="A"/></p>${CHOICES}` }),
    [`img/${name}`]: bytes,
  });
const doctype = (inside: string, use: string) =>
  withItem(itemXml({ head: `<!DOCTYPE qti-assessment-item ${inside}>`, body: `<p>${use}</p>${CHOICES}` }));
const zeros = (megabytes: number): Buffer => Buffer.alloc(megabytes * 1024 * 1024);

/** Nine files of text, each ten times the last, as entity definitions. */
const laughs = `[<!ENTITY l0 "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')}]`;

const bomb = (() => {
  const packed = deflateRawSync(zeros(30), { level: 9 });
  return { packed, size: 30 * 1024 * 1024 };
})();

type Attack = [name: string, says: RegExp, make: () => Buffer];

const xmlAttacks: Attack[] = [
  ['a billion laughs', /items\/a\.xml.*document type or entity declaration/, () => doctype(laughs, '&l9;')],
  ['an external entity', /document type/, () => doctype('[<!ENTITY x SYSTEM "file:///etc/passwd">]', '&x;')],
  [
    'an external parameter entity',
    /document type/,
    () => doctype('[<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]', 'x'),
  ],
  ['an external document type', /document type/, () => doctype('SYSTEM "http://127.0.0.1:9/x.dtd"', 'x')],
  [
    'an entity declared nowhere',
    /uses the entity "&boo;"/,
    () => withItem(itemXml({ body: `<p>&boo;</p>${CHOICES}` })),
  ],
  [
    'a character that XML does not have',
    /character that XML does not have/,
    () => withItem(itemXml({ body: `<p>&#1;</p>${CHOICES}` })),
  ],
  ['a NUL character', /control character/, () => withItem(itemXml({ body: `<p>\0</p>${CHOICES}` }))],
  [
    'XInclude',
    /<xi:include> is not supported/,
    () =>
      withItem(
        itemXml({ body: `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>${CHOICES}` }),
      ),
  ],
  [
    'elements 2,000 deep',
    /nested more than 40 deep/,
    () => withItem(itemXml({ body: `${'<div>'.repeat(2_000)}${'</div>'.repeat(2_000)}${CHOICES}` })),
  ],
  [
    '3,000 elements',
    /more than 2000 elements/,
    () => withItem(itemXml({ body: `${'<br/>'.repeat(3_000)}${CHOICES}` })),
  ],
  [
    '1,000 attributes',
    /more than 40 attributes/,
    () =>
      withItem(itemXml({ body: `<p ${Array.from({ length: 1_000 }, (_, i) => `a${i}="1"`).join(' ')}/>${CHOICES}` })),
  ],
  [
    'an attribute of 10 MB',
    /unpacks to more than 100 times its size|larger than 128 kB/,
    () => withItem(itemXml({ body: `<p class="${'x'.repeat(10 * 1024 * 1024)}"/>${CHOICES}` })),
  ],
  [
    'an attribute of 50 kB',
    /attribute longer than 4096/,
    () =>
      withItem(
        itemXml({ body: `<p class="${'xyzzy'.repeat(10_000)}"/>${CHOICES}` }).replace(
          '</qti-item-body>',
          `<!--${randomText(10_000)}--></qti-item-body>`,
        ),
      ),
  ],
  ['UTF-16', /not written in UTF-8/, () => withItem(Buffer.from(`\uFEFF${itemXml()}`, 'utf16le'))],
  [
    'UTF-7 by declaration',
    /written in "UTF-7"/,
    () => withItem(itemXml({ head: '<?xml version="1.0" encoding="UTF-7"?>' })),
  ],
  ['XML that is cut off', /ends within a tag|not well-formed|ends before/, () => withItem(itemXml().slice(0, -5))],
  [
    'entities in the manifest',
    /imsmanifest\.xml.*document type/,
    () =>
      packageZip({
        'imsmanifest.xml': `<!DOCTYPE manifest ${laughs}>${manifestXml(['items/a.xml'])}`,
        'items/a.xml': itemXml(),
      }),
  ],
  [
    'an item without a key',
    /the item has no key/,
    () =>
      withItem(
        itemXml({
          declaration: '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"/>',
        }),
      ),
  ],
  [
    'script in the text',
    /<script> is not supported/,
    () => withItem(itemXml({ body: `<p><script>alert(1)</script></p>${CHOICES}` })),
  ],
  [
    'an event attribute',
    /"onerror" of <img> is not supported/,
    () => withItem(itemXml({ body: `<p>x<img src="x" alt="x" onerror="alert(1)"/></p>${CHOICES}` })),
  ],
  [
    'a template elsewhere',
    /template "https:\/\/evil\.example\/x\.xsl" is not supported/,
    () =>
      withItem(
        itemXml({
          processing: `<qti-response-processing template="https://evil.example/x.xsl" template-location="${MATCH_CORRECT}"/>`,
        }),
      ),
  ],
];

const longName = 'x'.repeat(60_000);
xmlAttacks.push(
  [
    'an element with an endless name',
    /<x{60}> is not supported/,
    () => withItem(itemXml({ body: `<${longName}/>${CHOICES}` })),
  ],
  [
    'an attribute with an endless name',
    /attribute "x{57}\.\.\." of <p>/,
    () => withItem(itemXml({ body: `<p ${longName}="1"/>${CHOICES}` })),
  ],
);

const zipAttacks: Attack[] = [
  // Names
  ['zip slip', /leads out of the package/, () => honest({ name: '../../etc/cron.d/x' })],
  ['zip slip within a name', /leads out of the package/, () => honest({ name: 'items/../../x' })],
  ['an absolute path', /absolute path/, () => honest({ name: '/etc/passwd' })],
  ['a drive letter', /absolute path/, () => honest({ name: 'C:/windows/x' })],
  ['backslashes', /backslash/, () => honest({ name: '..\\..\\windows\\x' })],
  ['a NUL in a name', /control character/, () => honest({ name: 'a.png\0.xml' })],
  ['a name written backwards', /control character/, () => honest({ name: 'a\u202Egnp.exe' })],
  ['bytes that are no name', /control character/, () => honest({ name: Buffer.from([0x61, 0xff, 0xfe]) })],
  ['an endless name', /longer than 200/, () => honest({ name: 'x'.repeat(60_000) })],
  ['folders without end', /folders deep/, () => honest({ name: `${'d/'.repeat(60)}x` })],
  ['a link', /is a link/, () => honest({ name: 'link', bytes: Buffer.from('/etc/passwd'), mode: 0o120777, method: 0 })],
  ['a device', /is a device/, () => honest({ name: 'dev', mode: 0o020666 })],
  ['one name twice', /holds "items\/a\.xml" twice/, () => honest(ITEM)],
  ['one name in two cases', /holds "items\/A\.XML" twice/, () => honest({ name: 'items/A.XML' })],
  // Bombs and broken zips
  [
    'a zip bomb by ratio',
    /more than 100 times its size/,
    () => honest({ name: 'big.txt', packed: bomb.packed, claimedSize: bomb.size }),
  ],
  [
    'a bomb that lies about its size',
    /cannot be unpacked|checksum/,
    () => forgeZip([MANIFEST, { ...ITEM, packed: bomb.packed, claimedSize: 3_000 }]),
  ],
  [
    'many bombs together',
    /larger than 40 MB unpacked/,
    () =>
      honest(
        ...Array.from(
          { length: 60 },
          (_, i): Forged => ({ name: `f${i}`, packed: Buffer.alloc(10_000), claimedSize: 900_000 }),
        ),
      ),
  ],
  [
    'overlapping files',
    /share the same bytes/,
    () =>
      honest(
        ...Array.from(
          { length: 40 },
          (_, i): Forged => ({ name: `f${i}`, bytes: Buffer.alloc(60_000), sameBytesAs: 1 }),
        ),
      ),
  ],
  ['a zip within the zip', /archive within the package/, () => honest({ name: 'inner.zip', bytes: honest() })],
  ['a zip within the zip by another name', /"img\/fig\.png" is a zip file/, () => withPicture(honest())],
  [
    '120,000 files',
    /more than 4000/,
    () =>
      honest(
        ...Array.from({ length: 120_000 }, (_, i): Forged => ({ name: `f${i}`, packed: Buffer.alloc(0), method: 0 })),
      ),
  ],
  [
    'more files than the end record says',
    /./,
    () => forgeZip([MANIFEST, ITEM, { name: '../x' }], { claimedEntries: 1 }),
  ],
  ['encryption', /is encrypted/, () => honest({ name: 'x', flags: 1 })],
  ['strong encryption', /cannot be read as a zip file|is encrypted/, () => honest({ name: 'x', flags: 0x41 })],
  ['an unusual packing', /unusual way/, () => honest({ name: 'x', method: 14 })],
  ['a wrong checksum', /checksum differs/, () => forgeZip([MANIFEST, { ...ITEM, claimedCrc: 1 }])],
  ['damaged data', /cannot be unpacked/, () => forgeZip([MANIFEST, { ...ITEM, packed: Buffer.alloc(50, 0xff) }])],
  ['a zip behind a picture', /is not a zip file/, () => forgeZip([MANIFEST, ITEM], { prefix: png() })],
  ['a zip behind a PDF', /is not a zip file/, () => forgeZip([MANIFEST, ITEM], { prefix: Buffer.from('%PDF-1.7\n') })],
  ['a zip that is cut off', /cut off or damaged/, () => honest().subarray(0, -30)],
  ['bytes behind the zip', /cut off or damaged/, () => Buffer.concat([honest(), Buffer.alloc(100, 1)])],
  ['no zip at all', /is not a zip file/, () => Buffer.from('<html>')],
  ['an empty file', /is not a zip file/, () => Buffer.alloc(0)],
  ['an empty zip', /is not a zip file, or is empty/, () => forgeZip([])],
  ['no manifest', /no imsmanifest\.xml at its top/, () => forgeZip([ITEM])],
];

const pictureAttacks: Attack[] = [
  [
    'SVG named .png',
    /SVG drawing, which can carry script/,
    () => withPicture('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  ],
  ['SVG by its own name', /SVG drawing/, () => withPicture('<svg/>', 'fig.svg')],
  ['a web page named .png', /a web page/, () => withPicture('<!doctype html><script>alert(1)</script>')],
  [
    'a PNG with a page behind it',
    /other data after the end/,
    () => withPicture(png(2, 2, Buffer.from('<script>alert(1)</script>'))),
  ],
  ['a PNG with a zip behind it', /other data after the end/, () => withPicture(png(2, 2, honest()))],
  ['a flood of pixels', /too large/, () => withPicture(png(30_000, 30_000))],
  [
    'a picture of 5 MB',
    /larger than 4 MB|100 times/,
    () => withPicture(Buffer.concat([png(), noise(5 * 1024 * 1024)])),
  ],
];

function noise(size: number): Buffer {
  const out = Buffer.alloc(size);
  let state = 1;
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    out[i] = state >>> 24;
  }
  return out;
}

function randomText(size: number): string {
  return noise(size).toString('hex').replaceAll('-', '');
}

describe('hostile packages', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qti-attack-'));
  });
  after(() => rm(folder, { recursive: true }));

  for (const [name, says, make] of [...xmlAttacks, ...zipAttacks, ...pictureAttacks]) {
    it(`are refused: ${name}`, async () => {
      const path = join(folder, 'package.zip');
      await writeFile(path, make());
      const memoryBefore = process.memoryUsage.rss();
      // Processor time: what else the machine does is no fault of the package.
      const start = process.cpuUsage();
      const { items, pictures, diagnostics } = await readQtiPackage(path);
      const { user, system } = process.cpuUsage(start);
      const took = (user + system) / 1000;
      const grown = (process.memoryUsage.rss() - memoryBefore) / 1024 / 1024;
      if (name === 'more files than the end record says') {
        // The manifest is the only file that counts; what the directory hides is never looked at.
        assert.match(diagnostics[0]?.message ?? '', /"items\/a\.xml" is not in the package/);
      }
      assert.deepEqual([items.length, pictures.length], [0, 0]);
      const words = diagnostics.map((each) => each.message).join('\n');
      assert.match(words, says);
      assert.ok(
        diagnostics.every((each) => each.severity === 'error' && each.message.endsWith('.')),
        words,
      );
      assert.ok(
        diagnostics.every((each) => each.message.length < 700),
        'no message repeats the attack at length',
      );
      assert.ok(took < 2_000, `took ${took.toFixed(0)} ms`);
      assert.ok(grown < 64, `grew by ${grown.toFixed(0)} MB`);
      assert.deepEqual(await readdir(folder), ['package.zip'], 'nothing is written');
    });
  }

  it('are refused by the same rules when they carry CSV', async () => {
    for (const [name, says, make] of zipAttacks) {
      if (/manifest|end record says|checksum|damaged data|lies about|by another name/.test(name)) continue;
      const { items, diagnostics } = await readItemsCsvPackage(make());
      assert.equal(items.length, 0, name);
      assert.match(diagnostics.map((each) => each.message).join('\n'), says, name);
    }
  });

  it('and the honest package beside them is read', async () => {
    const { items, diagnostics } = await readQtiPackage(honest());
    assert.deepEqual(diagnostics, []);
    assert.equal(items.length, 1);
    assert.equal((await readQtiPackage(withPicture(png(), 'fig.png'))).pictures.length, 1);
  });
});
