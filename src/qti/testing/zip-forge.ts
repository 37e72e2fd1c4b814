/** Zips made byte by byte, honest and hostile: what no ordinary zip writer would write. */
import { crc32, deflateRawSync } from 'node:zlib';

export type Forged = {
  readonly name: string | Buffer;
  readonly bytes?: Buffer;
  /** Packed data as they stand; default: `bytes` deflated. */
  readonly packed?: Buffer;
  readonly method?: number;
  readonly flags?: number;
  /** Unix file mode, such as 0o120777 for a link. */
  readonly mode?: number;
  /** What the directory claims, if not the truth. */
  readonly claimedSize?: number;
  readonly claimedCrc?: number;
  /** Points the directory at the local entry of another file: shared bytes. */
  readonly sameBytesAs?: number;
};

/** Joins files to a zip. `claimedEntries` overrides the number in the end record, `prefix` stands before all. */
export function forgeZip(files: readonly Forged[], changes: { claimedEntries?: number; prefix?: Buffer } = {}): Buffer {
  const parts: Buffer[] = changes.prefix ? [changes.prefix] : [];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let offset = changes.prefix?.length ?? 0;
  for (const file of files) {
    const name = Buffer.isBuffer(file.name) ? file.name : Buffer.from(file.name, 'utf8');
    const bytes = file.bytes ?? Buffer.alloc(0);
    const method = file.method ?? 8;
    const packed = file.packed ?? (method === 8 ? deflateRawSync(bytes) : bytes);
    const flags = (file.flags ?? 0) | 0x800;
    const size = file.claimedSize ?? bytes.length;
    const crc = file.claimedCrc ?? crc32(bytes);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(crc, 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(size, 22);
    local.writeUInt16LE(name.length, 26);
    const at = file.sameBytesAs === undefined ? offset : (offsets[file.sameBytesAs] as number);
    offsets.push(at);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE((3 << 8) | 20, 4);
    local.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(((file.mode ?? 0o100644) << 16) >>> 0, 38);
    entry.writeUInt32LE(at, 42);
    directory.push(entry, name);
    if (file.sameBytesAs !== undefined) continue;
    parts.push(local, name, packed);
    offset += 30 + name.length + packed.length;
  }
  const directoryBytes = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  const count = Math.min(changes.claimedEntries ?? files.length, 0xffff);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directoryBytes.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directoryBytes, end]);
}
