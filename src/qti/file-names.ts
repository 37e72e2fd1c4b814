/** Names of files within a package: what they may look like, and how one file names another. */

/**
 * Why a name within a zip may not be used, as the end of a sentence; null when it may. A folder's name ends in "/".
 * Nothing is ever written to disk under such a name; the rule keeps names unambiguous all the same.
 */
export function nameFault(name: string, maxLength: number, maxDepth: number): { code: string; reason: string } | null {
  if (name === '' || name === '/') return { code: 'zip-name', reason: 'has no name' };
  if (name.length > maxLength) return { code: 'zip-name', reason: `has a name longer than ${maxLength} characters` };
  if (/[\p{Cc}\p{Cf}\p{Cs}\uFFFD]/u.test(name))
    return { code: 'zip-name', reason: 'has a control character in its name' };
  if (name.includes('\\')) return { code: 'zip-name', reason: 'has a backslash in its name' };
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return { code: 'zip-path', reason: 'has an absolute path' };
  const parts = name.replace(/\/$/, '').split('/');
  if (parts.includes('..')) return { code: 'zip-path', reason: 'leads out of the package with ".."' };
  if (parts.includes('.') || parts.includes('')) return { code: 'zip-path', reason: 'has an empty step in its path' };
  if (parts.length > maxDepth + 1) return { code: 'zip-depth', reason: `lies more than ${maxDepth} folders deep` };
  return null;
}

/**
 * The name that `reference` means in the file `from` ("items/q1.xml" + "../img/a%20b.png" = "img/a b.png").
 * Null when it is empty, leads out of the package, or is an address elsewhere (with a scheme, query or fragment).
 */
export function resolveName(from: string, reference: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(reference.trim());
  } catch {
    return null;
  }
  if (path === '' || /^[A-Za-z][A-Za-z0-9+.-]*:|^\/|[?#\\]|[\p{Cc}\p{Cf}]/u.test(path)) return null;
  const parts = from.split('/').slice(0, -1);
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') parts.push(step);
    else if (parts.pop() === undefined) return null;
  }
  return parts.length === 0 ? null : parts.join('/');
}

/** Files that operating systems leave in zips of their own accord; passed over in silence. */
export function isLitter(name: string): boolean {
  return /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i.test(name);
}

/** True for names of archives, and of office files, which are archives. */
export function isArchiveName(name: string): boolean {
  return /\.(zip|zipx|7z|rar|gz|tgz|bz2|xz|zst|tar|jar|war|apk|cab|iso|imscc|epub|docx|xlsx|pptx|odt|ods|odp)$/i.test(
    name,
  );
}
