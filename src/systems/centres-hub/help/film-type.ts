/** What kind of film a file is, by its content: EBML (RFC 8794, section 11.2) and ISO base media (ISO/IEC 14496-12, 4.3). */
export function filmType(beginning: Buffer): 'video/webm' | 'video/mp4' | null {
  const head = beginning.subarray(0, BEGINNING).toString('latin1');
  // The document type (0x4282), its size in one to eight bytes, and the word.
  if (head.startsWith('\x1aE\xdf\xa3') && /\x42\x82(?:\x84|[\x01\x10\x20\x40][^]{0,6}\x04)webm/.test(head))
    return 'video/webm';
  // Brands of MP4; QuickTime ("qt  ") and pictures (HEIC, AVIF) have the same box and another brand.
  if (head.slice(4, 8) === 'ftyp' && /^(?:isom|iso[2-9]|mp4[12]|avc1|M4V |dash|MSNV)/.test(head.slice(8, 12)))
    return 'video/mp4';
  return null;
}

/** So many bytes are enough to tell. */
export const BEGINNING = 256;
