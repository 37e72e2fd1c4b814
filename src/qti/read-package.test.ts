import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished as streamFinished } from 'node:stream/promises';
import { describe, it } from 'node:test';
import yazl from 'yazl';
import { readQtiPackage } from './index.ts';
import { CHOICES, itemXml, manifestXml, packageZip, png } from './testing/qti-samples.ts';

const withPicture = (identifier: string, src: string) =>
  itemXml({ identifier, body: `<p>Look.</p><p><img src="${src}" alt="A gauge"/></p>${CHOICES}` });

describe('readQtiPackage', () => {
  it('reads items in the order of the manifest, and each picture once', async () => {
    const picture = png(4, 3);
    const zip = packageZip({
      'items/b.xml': withPicture('B', '../img/gauge.png'),
      'items/a.xml': withPicture('A', '../img/gauge.png'),
      'img/gauge.png': picture,
    });
    const { items, pictures, diagnostics } = await readQtiPackage(zip);
    assert.deepEqual(diagnostics, []);
    assert.deepEqual(
      items.map((item) => item.code),
      ['B', 'A'],
    );
    assert.equal(pictures.length, 1);
    assert.deepEqual(pictures[0], {
      name: 'img/gauge.png',
      mediaType: 'image/png',
      width: 4,
      height: 3,
      bytes: picture,
      sha256: createHash('sha256').update(picture).digest('hex'),
    });
  });

  it('reads a package on disk that another writer made', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'qti-package-'));
    try {
      const writer = new yazl.ZipFile();
      writer.addEmptyDirectory('items');
      writer.addBuffer(Buffer.from(manifestXml(['items/a.xml'])), 'imsmanifest.xml');
      writer.addBuffer(Buffer.from(itemXml()), 'items/a.xml');
      writer.addBuffer(Buffer.from('x'), '__MACOSX/._a');
      writer.addBuffer(Buffer.from('x'), 'items/.DS_Store');
      writer.end();
      const chunks: Buffer[] = [];
      writer.outputStream.on('data', (chunk: Buffer) => chunks.push(chunk));
      await streamFinished(writer.outputStream as unknown as NodeJS.ReadableStream);
      const path = join(folder, 'package.zip');
      await writeFile(path, Buffer.concat(chunks));
      const { items, diagnostics } = await readQtiPackage(path);
      assert.deepEqual(diagnostics, []);
      assert.equal(items.length, 1);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('warns of files that nothing names', async () => {
    const { items, diagnostics } = await readQtiPackage(
      packageZip({ 'items/a.xml': itemXml(), 'notes/readme.txt': 'hello' }),
      { label: 'bank.zip' },
    );
    assert.equal(items.length, 1);
    assert.deepEqual(
      diagnostics.map((each) => [each.code, each.severity]),
      [['left-out', 'warning']],
    );
    assert.match(diagnostics[0]?.message ?? '', /^bank\.zip: the file "notes\/readme\.txt"/);
  });

  const test = '<resource identifier="t" type="imsqti_test_xmlv3p0" href="test.xml"/>';
  const cases: [string, RegExp, Buffer][] = [
    [
      'manifest-missing',
      /no imsmanifest\.xml at its top\. Export/,
      packageZip({ 'imsmanifest.xml': '' }).subarray(0, 0),
    ],
    [
      'item-missing',
      /"items\/gone\.xml" is not in the package/,
      packageZip({ 'imsmanifest.xml': manifestXml(['items/gone.xml']), 'a.txt': 'x' }),
    ],
    ['no-items', /lists no questions/, packageZip({ 'imsmanifest.xml': manifestXml([]) })],
    [
      'resource-type',
      /"imsqti_test_xmlv3p0" are not supported\. Export the questions without the test/,
      packageZip({ 'imsmanifest.xml': manifestXml(['items/a.xml'], test), 'items/a.xml': itemXml() }),
    ],
    [
      'resource-twice',
      /is listed twice/,
      packageZip({ 'imsmanifest.xml': manifestXml(['items/a.xml', 'items/a.xml']), 'items/a.xml': itemXml() }),
    ],
    [
      'resource-name',
      /"\.\.\/\.\.\/etc\/passwd" is not a file of the package/,
      packageZip({ 'imsmanifest.xml': manifestXml(['../../etc/passwd']), 'items/a.xml': itemXml() }),
    ],
    ['manifest', /<nothing> is not a package manifest/, packageZip({ 'imsmanifest.xml': '<nothing/>' })],
    [
      'repeated-code',
      /"VEH-001" is that of items\/a\.xml too/,
      packageZip({ 'items/a.xml': itemXml(), 'items/b.xml': itemXml() }),
    ],
    [
      'picture-missing',
      /items\/a\.xml: the picture "img\/none\.png" is not in the package/,
      packageZip({ 'items/a.xml': withPicture('A', '../img/none.png') }),
    ],
    [
      'picture-kind',
      /"img\/x\.png" is an SVG drawing, which can carry script/,
      packageZip({ 'items/a.xml': withPicture('A', '../img/x.png'), 'img/x.png': '<svg onload="alert(1)"/>' }),
    ],
  ];
  for (const [code, says, zip] of cases.slice(1)) {
    it(`refuses ${code} and imports nothing`, async () => {
      const { items, pictures, diagnostics } = await readQtiPackage(zip);
      assert.deepEqual([items.length, pictures.length], [0, 0]);
      const hit = diagnostics.find((each) => each.code === code);
      assert.ok(hit, JSON.stringify(diagnostics));
      assert.match(hit.message, says);
    });
  }

  it('says where a manifest lies that is not at the top', async () => {
    const zip = packageZip({ 'bank/imsmanifest.xml': manifestXml([]) })
      .toString('latin1')
      .replaceAll('imsmanifest.xml', 'imsmanifest.xml');
    const inner = await readQtiPackage(
      Buffer.from(zip.replaceAll(/(?<!bank\/)imsmanifest\.xml/g, 'imsmanifest_xml'), 'latin1'),
    );
    assert.equal(inner.diagnostics[0]?.code, 'manifest-missing');
    assert.match(inner.diagnostics[0]?.message ?? '', /It lies in the folder "bank\/": zip what is in that folder/);
  });

  it('imports nothing when one of many items is bad, and names them all', async () => {
    const files: Record<string, string> = {};
    for (let i = 0; i < 20; i++)
      files[`items/q${i}.xml`] = itemXml({ identifier: `Q${i}`, ...(i % 7 === 3 ? { processing: '' } : {}) });
    const { items, diagnostics } = await readQtiPackage(packageZip(files));
    assert.equal(items.length, 0);
    assert.deepEqual(
      diagnostics.map((each) => each.file),
      ['items/q3.xml', 'items/q10.xml', 'items/q17.xml'],
    );
  });

  it('stops at a sensible number of errors', async () => {
    const files: Record<string, string> = {};
    for (let i = 0; i < 120; i++) files[`items/q${i}.xml`] = itemXml({ identifier: `Q${i}`, processing: '' });
    const { diagnostics } = await readQtiPackage(packageZip(files));
    assert.equal(diagnostics.length, 50);
  });

  it('throws for a path that cannot be opened: that is no fault of the package', async () => {
    await assert.rejects(readQtiPackage('/nowhere/package.zip'), { code: 'ENOENT' });
  });
});
