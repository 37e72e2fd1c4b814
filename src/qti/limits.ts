/** Caps on what import reads. All are far above honest input, and low enough that a hostile file costs little. */

export type ImportLimits = {
  /** The package or CSV file itself, in bytes. */
  readonly fileBytes: number;
  /** Files in a package, folders included. */
  readonly entries: number;
  /** All files of a package together, unpacked, in bytes. */
  readonly unpackedBytes: number;
  /** Unpacked to packed size of one file; looked at only from 64 kB unpacked. */
  readonly ratio: number;
  /** Folders within folders. */
  readonly folderDepth: number;
  /** Characters of a file name with its folders. */
  readonly nameLength: number;
  readonly itemXmlBytes: number;
  readonly manifestBytes: number;
  readonly csvBytes: number;
  readonly items: number;
  readonly pictureBytes: number;
  /** Pixels along the longer side. */
  readonly pictureSide: number;
  readonly picturePixels: number;
  /** After so many errors import stops looking for more. */
  readonly errors: number;
};

export const DEFAULT_LIMITS: ImportLimits = {
  fileBytes: 32 * 1024 * 1024,
  entries: 4_000,
  unpackedBytes: 40 * 1024 * 1024,
  ratio: 100,
  folderDepth: 8,
  nameLength: 200,
  itemXmlBytes: 128 * 1024,
  manifestBytes: 1536 * 1024,
  csvBytes: 2 * 1024 * 1024,
  items: 2_000,
  pictureBytes: 4 * 1024 * 1024,
  pictureSide: 6_000,
  picturePixels: 16_000_000,
  errors: 50,
};

/** A size for a sentence: "4 MB", "256 kB". */
export function sizeText(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB` : `${Math.ceil(bytes / 1024)} kB`;
}
