/** A QTI 3 content package to items and pictures: all of it, or nothing and the reasons. */
import { type Archive, type ArchiveSource, withArchive } from './archive.ts';
import { type Diagnostic, hasErrors, quote } from './diagnostics.ts';
import { DEFAULT_LIMITS, type ImportLimits } from './limits.ts';
import { MANIFEST_NAME, readManifest } from './manifest.ts';
import type { Item } from './model.ts';
import { type Picture, takePictures } from './package-pictures.ts';
import { parseQtiItem } from './parse-item.ts';

/** With an error among the diagnostics there are no items and no pictures; warnings stand beside a whole import. */
export type Imported = {
  readonly items: readonly Item[];
  readonly pictures: readonly Picture[];
  readonly diagnostics: readonly Diagnostic[];
};

/** The end of every import: nothing half, and no more errors than anyone reads. */
export function finished(
  items: readonly Item[],
  pictures: readonly Picture[],
  diagnostics: readonly Diagnostic[],
  limits: ImportLimits,
): Imported {
  if (!hasErrors(diagnostics)) return { items, pictures, diagnostics };
  const errors = diagnostics.filter((each) => each.severity === 'error');
  return { items: [], pictures: [], diagnostics: errors.slice(0, limits.errors) };
}

/**
 * Reads a package from a path or from bytes. Bad input never throws; a file that cannot be opened does.
 * @param label what messages call the package.
 */
export async function readQtiPackage(
  source: ArchiveSource,
  options: { readonly label?: string; readonly limits?: Partial<ImportLimits> } = {},
): Promise<Imported> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const label = options.label ?? 'The package';
  const result = await withArchive(source, label, limits, (archive) => readArchive(archive, label, limits));
  return 'severity' in result ? finished([], [], [result], limits) : result;
}

async function readArchive(archive: Archive, label: string, limits: ImportLimits): Promise<Imported> {
  if (!archive.names.includes(MANIFEST_NAME)) return finished([], [], [missingManifest(archive, label)], limits);
  const xml = await archive.read(MANIFEST_NAME, limits.manifestBytes);
  if (!Buffer.isBuffer(xml)) return finished([], [], [xml], limits);
  const manifest = readManifest(xml, limits);
  const diagnostics: Diagnostic[] = [...manifest.diagnostics];
  if (hasErrors(diagnostics)) return finished([], [], diagnostics, limits);
  const items: Item[] = [];
  const uses: { name: string; usedBy: string }[] = [];
  const codes = new Map<string, string>();
  for (const name of manifest.items) {
    if (diagnostics.filter((each) => each.severity === 'error').length >= limits.errors) break;
    const { item, diagnostics: found } = await readOne(archive, name, limits);
    diagnostics.push(...found);
    if (!item) continue;
    const twin = codes.get(item.code);
    if (twin !== undefined) {
      const message = `${name}: the identifier ${quote(item.code)} is that of ${twin} too. Give each question its own.`;
      diagnostics.push({ code: 'repeated-code', severity: 'error', message, file: name });
    }
    codes.set(item.code, name);
    items.push(item);
    for (const picture of item.pictures) uses.push({ name: picture.name, usedBy: name });
  }
  const { pictures, diagnostics: pictureFaults } = await takePictures(archive, uses, limits);
  diagnostics.push(...pictureFaults);
  const known = new Set([...manifest.files, ...pictures.map((picture) => picture.name)]);
  for (const name of archive.names.filter((each) => !known.has(each))) {
    const message = `${label}: the file ${quote(name)} is named by nothing in the package and was left out.`;
    diagnostics.push({ code: 'left-out', severity: 'warning', message, file: name });
  }
  return finished(items, pictures, diagnostics, limits);
}

async function readOne(archive: Archive, name: string, limits: ImportLimits) {
  if (!archive.names.includes(name)) {
    const message = `${MANIFEST_NAME}: the question ${quote(name)} is not in the package. Add the file or take it off the list.`;
    return { item: null, diagnostics: [{ code: 'item-missing', severity: 'error', message, file: name } as const] };
  }
  const xml = await archive.read(name, limits.itemXmlBytes);
  return Buffer.isBuffer(xml) ? parseQtiItem(xml, name, limits.itemXmlBytes) : { item: null, diagnostics: [xml] };
}

function missingManifest(archive: Archive, label: string): Diagnostic {
  const inner = archive.names.find((name) => name.endsWith(`/${MANIFEST_NAME}`));
  const hint = inner
    ? ` It lies in the folder ${quote(inner.slice(0, -MANIFEST_NAME.length))}: zip what is in that folder, not the folder.`
    : ' Export the questions as a QTI 3 content package.';
  return {
    code: 'manifest-missing',
    severity: 'error',
    message: `${label} has no ${MANIFEST_NAME} at its top.${hint}`,
    file: label,
  };
}
