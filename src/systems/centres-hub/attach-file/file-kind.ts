/** What a file is, judged by its content: its name and what the browser says of it count for nothing. Pure. */

export const MOST_BYTES = 10_000_000;

export interface FileKind {
  readonly mediaType: string;
  readonly name: string;
}

const startsWith = (bytes: Buffer, ...signature: number[]) => signature.every((byte, index) => bytes[index] === byte);

/** The kind, or null for one that is not taken. */
export function fileKind(bytes: Buffer): FileKind | null {
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return { mediaType: 'application/pdf', name: 'PDF' };
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return { mediaType: 'image/png', name: 'PNG' };
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return { mediaType: 'image/jpeg', name: 'JPEG' };
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return zipKind(bytes);
  return isText(bytes) ? { mediaType: 'text/plain; charset=utf-8', name: 'text' } : null;
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** Office documents are zip archives: ODT names itself in its first entry, the others have a folder of their own. */
function zipKind(bytes: Buffer): FileKind | null {
  const names = entryNames(bytes);
  const odt = 'application/vnd.oasis.opendocument.text';
  if (names[0] === 'mimetype' && bytes.subarray(38, 38 + odt.length).toString('latin1') === odt)
    return { mediaType: odt, name: 'ODT' };
  if (!names.includes('[Content_Types].xml')) return null;
  if (names.some((name) => /vbaProject\.bin$/i.test(name))) return null;
  if (names.includes('word/document.xml')) return { mediaType: `${OFFICE}.wordprocessingml.document`, name: 'DOCX' };
  if (names.includes('xl/workbook.xml')) return { mediaType: `${OFFICE}.spreadsheetml.sheet`, name: 'XLSX' };
  return null;
}

/** The names in the central directory of a zip, where an archive says what is in it; empty for a broken one. */
function entryNames(bytes: Buffer): string[] {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 20 > bytes.length) return [];
  const names: string[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return [];
    const length = bytes.readUInt16LE(at + 28);
    names.push(bytes.subarray(at + 46, at + 46 + length).toString('utf8'));
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return names;
}

/** UTF-8 without control characters other than tab and line ends, and no page of HTML or drawing of SVG. */
function isText(bytes: Buffer): boolean {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Bytes that are no UTF-8 are no plain text that every reader shows alike.
    return false;
  }
  if (/[^\P{Cc}\t\n\r\f]/u.test(text)) return false;
  return text.trim() !== '' && !/^\s*<(?:!doctype|html|svg|script|\?xml)/i.test(text);
}

export const KINDS_IN_WORDS = 'a PDF, a picture (PNG or JPEG), a document (DOCX, XLSX or ODT) or plain text';
