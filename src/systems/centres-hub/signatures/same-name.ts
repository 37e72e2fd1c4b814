/** A signature is a name typed as it stands: letters count; case, spaces, accents, hyphens, apostrophes and dots do not. Pure. */

const plain = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/[\p{M}'’.-]/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();

/** Whether what was typed is this name; nothing typed is nobody's. */
export function sameName(typed: string, name: string): boolean {
  return plain(typed) !== '' && plain(typed) === plain(name);
}
