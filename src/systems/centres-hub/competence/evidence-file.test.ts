import assert from 'node:assert/strict';
import { it } from 'node:test';
import { mediaTypeOf, tidyFileName } from './evidence-file.ts';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

it('knows a file by its content', () => {
  assert.equal(mediaTypeOf(bytes('%PDF-1.7\n')), 'application/pdf');
  assert.equal(mediaTypeOf(bytes([0x89], 'PNG\r\n', [0x1a, 0x0a])), 'image/png');
  assert.equal(mediaTypeOf(bytes([0xff, 0xd8, 0xff, 0xe0])), 'image/jpeg');
  assert.match(mediaTypeOf(bytes('PK', [3, 4], '[Content_Types].xml word/document.xml')) ?? '', /wordprocessingml/);
  assert.equal(mediaTypeOf(bytes('PK', [3, 4], 'macros.exe')), null);
  assert.equal(mediaTypeOf(bytes('<svg onload="alert(1)">')), null);
  assert.equal(mediaTypeOf(bytes('MZ')), null);
});

it('keeps a name to read, without a path, ending as the content says', () => {
  assert.equal(tidyFileName('C:\\Users\\me\\cv.pdf', 'application/pdf'), 'cv.pdf');
  assert.equal(tidyFileName('../../etc/passwd', 'application/pdf'), 'passwd.pdf');
  assert.equal(tidyFileName('photo.JPEG', 'image/jpeg'), 'photo.JPEG');
  assert.equal(tidyFileName('run.html', 'image/png'), 'run.png');
  assert.equal(tidyFileName('', 'application/pdf'), 'evidence.pdf');
});
