/**
 * Reads a zip file entry by entry, into memory only. Every name, size and place is checked from the directory of the zip
 * before a single byte is unpacked; unpacking stops at the declared size. Nothing is written anywhere.
 */
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { type Diagnostic, quote } from './diagnostics.ts';
import { isArchiveName, isLitter, nameFault } from './file-names.ts';
import { type ImportLimits, sizeText } from './limits.ts';

/** A package given by path (an upload on disk) or by its bytes. */
export type ArchiveSource = string | Uint8Array;

/** The files of a checked archive. `read` returns the bytes, or a diagnostic when the file is larger than `maxBytes` or damaged. */
export type Archive = {
  readonly names: readonly string[];
  read(name: string, maxBytes: number): Promise<Buffer | Diagnostic>;
};

class Refusal extends Error {
  readonly diagnostic: Diagnostic;
  constructor(code: string, message: string, file: string) {
    super(message);
    this.diagnostic = { code, severity: 'error', message, file };
  }
}

/**
 * Opens and checks an archive, lets `use` read from it, and closes it.
 * @param label what messages call the package, such as the name under which it was uploaded.
 */
export async function withArchive<T>(
  source: ArchiveSource,
  label: string,
  limits: ImportLimits,
  use: (archive: Archive) => Promise<T>,
): Promise<T | Diagnostic> {
  const handle = typeof source === 'string' ? await open(source, 'r') : null;
  let zip: yauzl.ZipFile | undefined;
  try {
    const size = handle ? (await handle.stat()).size : source.length;
    if (size > limits.fileBytes) {
      throw new Refusal(
        'zip-size',
        `${label} is larger than ${sizeText(limits.fileBytes)}. Split it into smaller packages.`,
        label,
      );
    }
    const start = handle
      ? (await handle.read(Buffer.alloc(4), 0, 4, 0)).buffer
      : Buffer.from((source as Uint8Array).subarray(0, 4));
    // A zip may by its format begin with anything; ours begin with a file, so that nothing else can be the same file.
    if (!start.equals(Buffer.from('PK\x03\x04', 'latin1'))) {
      throw new Refusal('not-a-zip', `${label} is not a zip file, or is empty. Give a zip file.`, label);
    }
    zip = await openZip(handle ? handle.fd : (source as Uint8Array));
    return await use(await check(zip, label, limits));
  } catch (error) {
    if (error instanceof Refusal) return error.diagnostic;
    if (zip === undefined || error instanceof ZipError) {
      const text = `${label} cannot be read as a zip file; it may be cut off or damaged. Make the zip again.`;
      return new Refusal('zip-broken', text, label).diagnostic;
    }
    throw error;
  } finally {
    // The handle is ours: yauzl would close its number a second time.
    await handle?.close();
  }
}

/** What yauzl says about a zip. */
class ZipError extends Error {}

function openZip(source: number | Uint8Array): Promise<yauzl.ZipFile> {
  // Names come as bytes: our own check names them in its sentence, where yauzl would only throw.
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true } as const;
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, zip: yauzl.ZipFile) =>
      error ? reject(new ZipError(error.message)) : resolve(zip);
    if (typeof source === 'number') yauzl.fromFd(source, options, done);
    else yauzl.fromBuffer(Buffer.from(source.buffer, source.byteOffset, source.byteLength), options, done);
  });
}

async function check(zip: yauzl.ZipFile, label: string, limits: ImportLimits): Promise<Archive> {
  if (zip.entryCount > limits.entries) {
    const text = `${label} holds ${zip.entryCount} files, more than ${limits.entries}. Split it into smaller packages.`;
    throw new Refusal('zip-entries', text, label);
  }
  const entries = new Map<string, yauzl.Entry>();
  const folded = new Set<string>();
  const all: yauzl.Entry[] = [];
  let unpacked = 0;
  await eachEntry(zip, (entry) => {
    const name = checkEntry(entry, label, limits);
    all.push(entry);
    unpacked += entry.uncompressedSize;
    if (unpacked > limits.unpackedBytes) {
      const text = `${label} is larger than ${sizeText(limits.unpackedBytes)} unpacked. Split it into smaller packages.`;
      throw new Refusal('zip-unpacked', text, label);
    }
    const fold = name.normalize('NFC').toLowerCase();
    if (folded.has(fold)) throw new Refusal('zip-duplicate', `${label} holds ${quote(name)} twice. Keep one.`, label);
    folded.add(fold);
    if (!name.endsWith('/') && !isLitter(name)) entries.set(name, entry);
  });
  checkOverlap(all, label);
  return {
    names: [...entries.keys()],
    async read(name, maxBytes) {
      const entry = entries.get(name);
      if (!entry) throw new RangeError(`${name} is not in the archive`);
      return readEntry(zip, entry, name, label, maxBytes);
    },
  };
}

function eachEntry(zip: yauzl.ZipFile, visit: (entry: yauzl.Entry) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    zip.on('error', (error: Error) => reject(new ZipError(error.message)));
    zip.on('end', () => resolve());
    zip.on('entry', (entry: yauzl.Entry) => {
      try {
        visit(entry);
      } catch (error) {
        reject(error);
        return;
      }
      zip.readEntry();
    });
    zip.readEntry();
  });
}

const SYMBOLIC_LINK = 0o120000;
const FOLDER = 0o040000;
const FILE = 0o100000;

/** Checks what the directory says of one entry, and returns its name. */
function checkEntry(entry: yauzl.Entry, label: string, limits: ImportLimits): string {
  const name = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
  const refuse = (code: string, reason: string) =>
    new Refusal(code, `${label}: the file ${quote(name)} ${reason}.`, label);
  const fault = nameFault(name, limits.nameLength, limits.folderDepth);
  if (fault) throw refuse(fault.code, `${fault.reason}. Make the zip again with plain names`);
  // The upper half holds the file mode where the zip was made on Unix; believed wherever it was made.
  const kind = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (kind === SYMBOLIC_LINK) throw refuse('zip-link', 'is a link, not a file. Put the file itself into the zip');
  if (kind !== 0 && kind !== FOLDER && kind !== FILE) throw refuse('zip-link', 'is a device, not a file. Take it out');
  // Bits 0, 6 and 13: encrypted, strongly encrypted, names masked.
  if (entry.generalPurposeBitFlag & 0x2041)
    throw refuse('zip-encrypted', 'is encrypted. Make the zip without a password');
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    throw refuse('zip-method', 'is packed in an unusual way. Make the zip again with ordinary compression');
  }
  if (name.endsWith('/')) {
    if (entry.uncompressedSize > 0) throw refuse('zip-name', 'is a folder that has content. Make the zip again');
    return name;
  }
  if (isArchiveName(name)) throw refuse('zip-nested', 'is an archive within the package. Unpack it or take it out');
  if (entry.uncompressedSize > 65_536 && entry.uncompressedSize > entry.compressedSize * limits.ratio) {
    throw refuse('zip-ratio', `unpacks to more than ${limits.ratio} times its size, as zip bombs do. Take it out`);
  }
  return name;
}

/** Entries that share bytes are how small zips unpack to great sizes; honest zips lay files side by side. */
function checkOverlap(entries: readonly yauzl.Entry[], label: string): void {
  const LOCAL_HEADER = 30;
  let end = 0;
  for (const entry of [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
    if (entry.relativeOffsetOfLocalHeader < end) {
      const text = `${label}: two files share the same bytes, as in zip bombs. Make the zip again.`;
      throw new Refusal('zip-overlap', text, label);
    }
    end = entry.relativeOffsetOfLocalHeader + LOCAL_HEADER + entry.fileNameLength + entry.compressedSize;
  }
}

async function readEntry(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  name: string,
  label: string,
  maxBytes: number,
): Promise<Buffer | Diagnostic> {
  const refuse = (code: string, reason: string) =>
    new Refusal(code, `${label}: the file ${quote(name)} ${reason}.`, name).diagnostic;
  if (entry.uncompressedSize > maxBytes)
    return refuse('file-size', `is larger than ${sizeText(maxBytes)}. Make it smaller`);
  try {
    const bytes = await unpack(zip, entry, maxBytes);
    if (crc32(bytes) !== entry.crc32)
      return refuse('zip-damaged', 'is damaged (its checksum differs). Make the zip again');
    return bytes;
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    return refuse('zip-damaged', 'cannot be unpacked. Make the zip again');
  }
}

function unpack(zip: yauzl.ZipFile, entry: yauzl.Entry, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) {
        reject(new ZipError(error.message));
        return;
      }
      const chunks: Buffer[] = [];
      let size = 0;
      stream.on('error', (cause: Error) => reject(new ZipError(cause.message)));
      stream.on('end', () => resolve(Buffer.concat(chunks)));
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > maxBytes) stream.destroy(new ZipError('larger than its declared size'));
      });
    });
  });
}
