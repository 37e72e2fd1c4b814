/** Texts as centres' programs save them. Pure. */

export const ENCODINGS = ['utf-8', 'utf-8-mark', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const ENCODING_WORDS: Record<Encoding, string> = {
  'utf-8': 'UTF-8',
  'utf-8-mark': 'UTF-8 with its mark',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16, high byte first',
  'windows-1252': 'Windows-1252',
};

const begins = (bytes: Uint8Array, ...mark: number[]) => mark.every((byte, at) => bytes[at] === byte);

/**
 * The encoding of a text: by its mark; UTF-16 without one by where its zero bytes stand; UTF-8 when it is valid as such;
 * else Windows-1252. Null for bytes that are no text in any of them.
 */
export function encodingOf(bytes: Uint8Array): Encoding | null {
  if (begins(bytes, 0xef, 0xbb, 0xbf)) return isUtf8(bytes) ? 'utf-8-mark' : null;
  if (begins(bytes, 0xff, 0xfe)) return bytes.length % 2 === 0 ? 'utf-16le' : null;
  if (begins(bytes, 0xfe, 0xff)) return bytes.length % 2 === 0 ? 'utf-16be' : null;
  if (bytes.includes(0)) return bytes.length % 2 === 0 ? wideWithoutMark(bytes) : null;
  if (isUtf8(bytes)) return 'utf-8';
  return [0x81, 0x8d, 0x8f, 0x90, 0x9d].some((unused) => bytes.includes(unused)) ? null : 'windows-1252';
}

/** Most letters of such files are Latin: their high byte is zero, and their low byte never. */
function wideWithoutMark(bytes: Uint8Array): Encoding | null {
  let even = 0;
  let odd = 0;
  const looked = Math.min(bytes.length, 4000);
  for (let at = 0; at < looked; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  const half = looked / 4;
  if (odd > half && even === 0) return 'utf-16le';
  return even > half && odd === 0 ? 'utf-16be' : null;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The text, without its mark. */
export function decode(bytes: Uint8Array, encoding: Encoding): string {
  const label = encoding === 'utf-8-mark' ? 'utf-8' : encoding;
  return new TextDecoder(label).decode(bytes);
}

// What Windows-1252 has in place of the control characters 0x80 to 0x9f.
const HIGH = new Map(
  [...new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, at) => 0x80 + at))].map(
    (letter, at) => [letter, 0x80 + at] as const,
  ),
);

/** The bytes of a text; UTF-8 with its mark when the encoding has no sign for one of its letters. */
export function encode(text: string, encoding: Encoding): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text, 'utf8');
    case 'utf-8-mark':
      return Buffer.from(`\ufeff${text}`, 'utf8');
    case 'utf-16le':
      return Buffer.from(`\ufeff${text}`, 'utf16le');
    case 'utf-16be':
      return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
    case 'windows-1252': {
      const bytes: number[] = [];
      for (const letter of text) {
        const code = letter.codePointAt(0) as number;
        const byte = HIGH.get(letter) ?? (code < 0x80 || (code > 0x9f && code < 0x100) ? code : null);
        if (byte === null) return encode(text, 'utf-8-mark');
        bytes.push(byte);
      }
      return Buffer.from(bytes);
    }
  }
}
