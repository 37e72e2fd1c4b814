import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { it } from 'node:test';
import yazl from 'yazl';
import { fileKind } from './file-kind.ts';
import { tidyFileName } from './file-name.ts';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

async function zipOf(...names: string[]): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const name of names) zip.addBuffer(Buffer.from('<x/>'), name);
  zip.end();
  return buffer(zip.outputStream);
}

const PDF = bytes('%PDF-1.7\n');
const PNG = bytes([0x89], 'PNG\r\n', [0x1a, 0x0a]);
const JPEG = bytes([0xff, 0xd8, 0xff, 0xe0]);

it('knows a file by its content', async () => {
  assert.equal(fileKind(PDF)?.mediaType, 'application/pdf');
  assert.equal(fileKind(PNG)?.mediaType, 'image/png');
  assert.equal(fileKind(JPEG)?.mediaType, 'image/jpeg');
  assert.match(fileKind(await zipOf('[Content_Types].xml', 'word/document.xml'))?.mediaType ?? '', /wordprocessingml/);
  assert.equal(fileKind(await zipOf('[Content_Types].xml', 'xl/workbook.xml'))?.name, 'XLSX');
  assert.equal(fileKind(await zipOf('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin')), null);
  assert.equal(fileKind(await zipOf('macros.exe')), null);
  assert.equal(
    fileKind(bytes('PK', [3, 4], '[Content_Types].xml word/document.xml')),
    null,
    'names alone are no archive',
  );
  assert.equal(fileKind(bytes('<svg onload="alert(1)">')), null);
  assert.equal(fileKind(bytes('MZ', [0])), null);
  assert.equal(fileKind(bytes('Seán wrote this.\r\n'))?.name, 'text');
});

it('keeps a name to read, without a path, ending as the content says', () => {
  assert.equal(tidyFileName('C:\\Users\\me\\cv.pdf', fileKind(PDF)), 'cv.pdf');
  assert.equal(tidyFileName('../../etc/passwd', fileKind(PDF)), 'passwd.pdf');
  assert.equal(tidyFileName('photo.JPEG', fileKind(JPEG)), 'photo.JPEG');
  assert.equal(tidyFileName('run.html', fileKind(PNG)), 'run.png');
  assert.equal(tidyFileName('', fileKind(PDF)), 'file.pdf');
  assert.equal(tidyFileName('x'.repeat(300), fileKind(PDF)).length, 120);
  assert.equal(tidyFileName('run\u202Efdp.exe', null), 'runfdp.exe');
});
