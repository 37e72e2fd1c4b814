/** What a file is, judged by its content: its name and what the browser says of it count for nothing. Pure. */

export type KindName = 'PDF' | 'PNG' | 'JPEG' | 'DOCX' | 'XLSX' | 'ODT' | 'text';

export interface FileKind {
  readonly mediaType: string;
  readonly name: KindName;
  /** What its name ends in; the first where a name has to be given one. */
  readonly endings: readonly string[];
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const ODT = 'application/vnd.oasis.opendocument.text';

const KINDS: Record<KindName, FileKind> = {
  PDF: { mediaType: 'application/pdf', name: 'PDF', endings: ['.pdf'] },
  PNG: { mediaType: 'image/png', name: 'PNG', endings: ['.png'] },
  JPEG: { mediaType: 'image/jpeg', name: 'JPEG', endings: ['.jpg', '.jpeg'] },
  DOCX: { mediaType: `${OFFICE}.wordprocessingml.document`, name: 'DOCX', endings: ['.docx'] },
  XLSX: { mediaType: `${OFFICE}.spreadsheetml.sheet`, name: 'XLSX', endings: ['.xlsx'] },
  ODT: { mediaType: ODT, name: 'ODT', endings: ['.odt'] },
  text: { mediaType: 'text/plain; charset=utf-8', name: 'text', endings: ['.txt', '.csv', '.md', '.text'] },
};

/** For the attribute `accept` of a file field. */
export const acceptOf = (kinds: readonly KindName[]): string => kinds.flatMap((name) => KINDS[name].endings).join(',');

const startsWith = (bytes: Buffer, ...signature: number[]) => signature.every((byte, index) => bytes[index] === byte);

/** The kind, or null for one that is not taken. */
export function fileKind(bytes: Buffer): FileKind | null {
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return KINDS.PDF;
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return KINDS.PNG;
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return KINDS.JPEG;
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return zipKind(bytes);
  return isText(bytes) ? KINDS.text : null;
}

/** Office documents are zip archives: ODT names itself in its first entry, the others have a folder of their own. */
function zipKind(bytes: Buffer): FileKind | null {
  const names = entryNames(bytes);
  if (names[0] === 'mimetype' && bytes.subarray(38, 38 + ODT.length).toString('latin1') === ODT) return KINDS.ODT;
  if (!names.includes('[Content_Types].xml')) return null;
  if (names.some((name) => /vbaProject\.bin$/i.test(name))) return null;
  if (names.includes('word/document.xml')) return KINDS.DOCX;
  if (names.includes('xl/workbook.xml')) return KINDS.XLSX;
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
