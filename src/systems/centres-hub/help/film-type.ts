/** What kind of film a file is, by its content: EBML (RFC 8794, section 11.2) and ISO base media (ISO/IEC 14496-12, 4.3). */
export function filmType(beginning: Buffer): 'video/webm' | 'video/mp4' | null {
  const head = beginning.subarray(0, BEGINNING).toString('latin1');
  if (head.startsWith(EBML) && documentType(head) === 'webm') return 'video/webm';
  // Brands of MP4; QuickTime ("qt  ") and pictures (HEIC, AVIF) have the same box and another brand.
  if (head.slice(4, 8) === 'ftyp' && /^(?:isom|iso[2-9]|mp4[12]|avc1|M4V |dash|MSNV)/.test(head.slice(8, 12)))
    return 'video/mp4';
  return null;
}

/** So many bytes are enough to tell. */
export const BEGINNING = 256;

const EBML = '\x1aE\xdf\xa3';
const DOCUMENT_TYPE = 'B\x82';

/** The text of the element DocType: an id of two bytes, a size of one to eight, the text. */
function documentType(head: string): string {
  const size = head.indexOf(DOCUMENT_TYPE) + DOCUMENT_TYPE.length;
  // Leading zero bits of the first byte say how many bytes of size follow it.
  const width = Math.clz32(head.charCodeAt(size)) - 23;
  const length = head.charCodeAt(size + width - 1) & 0x7f;
  return head.slice(size + width, size + width + length);
}
