/** Takes the pictures that items use out of a package: by content, never by name. */
import { createHash } from 'node:crypto';
import type { Archive } from './archive.ts';
import { type Diagnostic, quote } from './diagnostics.ts';
import type { ImportLimits } from './limits.ts';
import { inspectPicture, type PictureFacts } from './picture-kind.ts';

/** A picture as import hands it on. `name` is its name in the package, by which items use it. */
export type Picture = PictureFacts & {
  readonly name: string;
  readonly bytes: Buffer;
  /** Of the bytes, hexadecimal. */
  readonly sha256: string;
};

/** Checks the bytes of one picture. */
export function takePicture(name: string, bytes: Buffer, limits: ImportLimits): Picture | Diagnostic {
  const facts = inspectPicture(bytes, limits);
  if ('code' in facts) {
    return { code: facts.code, severity: 'error', message: `The picture ${quote(name)} ${facts.reason}`, file: name };
  }
  return { name, ...facts, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Reads each named picture once. A missing one is an error that names the file that uses it. */
export async function takePictures(
  archive: Archive,
  uses: Iterable<{ readonly name: string; readonly usedBy: string }>,
  limits: ImportLimits,
): Promise<{ pictures: Picture[]; diagnostics: Diagnostic[] }> {
  const pictures: Picture[] = [];
  const diagnostics: Diagnostic[] = [];
  const names = new Set(archive.names);
  const done = new Set<string>();
  for (const { name, usedBy } of uses) {
    if (done.has(name)) continue;
    done.add(name);
    if (diagnostics.length >= limits.errors) break;
    if (!names.has(name)) {
      const message = `${usedBy}: the picture ${quote(name)} is not in the package. Add it, or correct its name (capital letters count).`;
      diagnostics.push({ code: 'picture-missing', severity: 'error', message, file: usedBy });
      continue;
    }
    const bytes = await archive.read(name, limits.pictureBytes);
    const picture = Buffer.isBuffer(bytes) ? takePicture(name, bytes, limits) : bytes;
    if ('severity' in picture) diagnostics.push(picture);
    else pictures.push(picture);
  }
  return { pictures, diagnostics };
}
