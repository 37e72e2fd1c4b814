/**
 * What a picture is, by its bytes alone: kind, size in pixels, and that it ends where its format ends. Nothing is
 * decompressed; names and declared types are not believed.
 */

export type PictureFacts = {
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  /** Pixels. */
  readonly width: number;
  readonly height: number;
};

/** Why bytes are no picture that we take, as the end of a sentence. */
export type PictureFault = { readonly code: string; readonly reason: string };

const MOVING: PictureFault = { code: 'picture-moves', reason: 'is a moving picture. Use one that stands still.' };
const BROKEN: PictureFault = {
  code: 'picture-broken',
  reason: 'is damaged or cut off. Save it again from a picture editor.',
};
const SURPLUS: PictureFault = {
  code: 'picture-surplus',
  reason: 'has other data after the end of the picture. Save it again from a picture editor.',
};

/** Reads the facts of a PNG, JPEG, GIF or WebP; anything else is refused and, where it is plain what it is, named. */
export function inspectPicture(
  bytes: Uint8Array,
  limits: { readonly pictureSide: number; readonly picturePixels: number },
): PictureFacts | PictureFault {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const facts = read(buffer);
  if ('code' in facts) return facts;
  const { width, height } = facts;
  if (width < 1 || height < 1) return BROKEN;
  if (Math.max(width, height) > limits.pictureSide || width * height > limits.picturePixels) {
    return { code: 'picture-pixels', reason: `is ${width} by ${height} pixels, which is too large. Make it smaller.` };
  }
  return facts;
}

function read(buffer: Buffer): PictureFacts | PictureFault {
  try {
    if (buffer.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) return readPng(buffer);
    if (buffer[0] === 0xff && buffer[1] === 0xd8 && buffer[2] === 0xff) return readJpeg(buffer);
    if (/^GIF8[79]a/.test(buffer.toString('latin1', 0, 6))) return readGif(buffer);
    if (buffer.toString('latin1', 0, 4) === 'RIFF' && buffer.toString('latin1', 8, 12) === 'WEBP')
      return readWebp(buffer);
  } catch (error) {
    // Reading past the end: the file says that it is longer than it is.
    if (error instanceof RangeError) return BROKEN;
    throw error;
  }
  return {
    code: 'picture-kind',
    reason: `is ${nameOf(buffer)}, not a PNG, JPEG, GIF or WebP picture. Save it as PNG.`,
  };
}

function nameOf(buffer: Buffer): string {
  const start = buffer.toString('latin1', 0, 1024).replace(/^\xef\xbb\xbf/, '');
  if (/<svg[\s>/]/i.test(start)) return 'an SVG drawing, which can carry script';
  if (/^\s*<(!doctype|html|script|body|head|\?)/i.test(start)) return 'a web page';
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return 'a zip file';
  if (start.startsWith('%PDF')) return 'a PDF';
  if (start.startsWith('BM')) return 'a BMP picture';
  if (/^(II\*\0|MM\0\*)/.test(start)) return 'a TIFF picture';
  return buffer.length === 0 ? 'empty' : 'something else';
}

function readPng(buffer: Buffer): PictureFacts | PictureFault {
  if (buffer.toString('latin1', 12, 16) !== 'IHDR') return BROKEN;
  const facts = { mediaType: 'image/png' as const, width: buffer.readUInt32BE(16), height: buffer.readUInt32BE(20) };
  for (let at = 8; ; ) {
    const length = buffer.readUInt32BE(at);
    const type = buffer.toString('latin1', at + 4, at + 8);
    if (type === 'acTL') return MOVING;
    at += 12 + length;
    if (at > buffer.length) return BROKEN;
    if (type === 'IEND') return at === buffer.length ? facts : SURPLUS;
  }
}

function readJpeg(buffer: Buffer): PictureFacts | PictureFault {
  let facts: PictureFacts | undefined;
  for (let at = 2; ; ) {
    if (buffer.readUInt8(at) !== 0xff) return BROKEN;
    const marker = buffer.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) return facts ? (at + 2 === buffer.length ? facts : SURPLUS) : BROKEN;
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame)
      facts = { mediaType: 'image/jpeg', height: buffer.readUInt16BE(at + 5), width: buffer.readUInt16BE(at + 7) };
    at += 2 + Math.max(2, buffer.readUInt16BE(at + 2));
    if (marker === 0xda) at = endOfScan(buffer, at);
  }
}

/** Behind the header of a scan come its data, in which FF is followed by 00 or a restart mark. */
function endOfScan(buffer: Buffer, from: number): number {
  for (let at = buffer.indexOf(0xff, from); at >= 0; at = buffer.indexOf(0xff, at + 1)) {
    const next = buffer.readUInt8(at + 1);
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw new RangeError('the scan has no end');
}

function readGif(buffer: Buffer): PictureFacts | PictureFault {
  const facts = { mediaType: 'image/gif' as const, width: buffer.readUInt16LE(6), height: buffer.readUInt16LE(8) };
  const colours = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const afterBlocks = (from: number) => {
    let at = from;
    for (let size = buffer.readUInt8(at); size > 0; size = buffer.readUInt8(at)) at += size + 1;
    return at + 1;
  };
  let frames = 0;
  for (let at = 13 + colours(buffer.readUInt8(10)); ; ) {
    const kind = buffer.readUInt8(at);
    if (kind === 0x3b) return frames === 0 ? BROKEN : at + 1 === buffer.length ? facts : SURPLUS;
    if (kind === 0x21) at = afterBlocks(at + 2);
    else if (kind === 0x2c) {
      if (++frames > 1) return MOVING;
      at = afterBlocks(at + 11 + colours(buffer.readUInt8(at + 9)));
    } else return BROKEN;
  }
}

function readWebp(buffer: Buffer): PictureFacts | PictureFault {
  const end = 8 + buffer.readUInt32LE(4);
  if (end > buffer.length) return BROKEN;
  if (end < buffer.length) return SURPLUS;
  const kind = buffer.toString('latin1', 12, 16);
  const size = (width: number, height: number) => ({ mediaType: 'image/webp' as const, width, height });
  if (kind === 'VP8 ') return size(buffer.readUInt16LE(26) & 0x3fff, buffer.readUInt16LE(28) & 0x3fff);
  if (kind === 'VP8L') {
    const bits = buffer.readUInt32LE(21);
    return size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
  }
  if (kind !== 'VP8X') return BROKEN;
  if (buffer.readUInt8(20) & 0x02) return MOVING;
  return size(buffer.readUIntLE(24, 3) + 1, buffer.readUIntLE(27, 3) + 1);
}
