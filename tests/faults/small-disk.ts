/** A small file system of its own, for a disk that can be filled: ext4 in a file where that can be mounted, else in memory. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, open, rm, statfs, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { removeFolder, temporaryFolder } from '../../bench/product.ts';

const run = promisify(execFile);

export interface SmallDisk {
  readonly folder: string;
  readonly kind: 'ext4' | 'tmpfs';
  /** Takes all that is free. */
  fill(): Promise<void>;
  /** Gives it back. */
  free(): Promise<void>;
  freeBytes(): Promise<number>;
  remove(): Promise<void>;
}

/** Why a small file system cannot be mounted here, or null. */
export async function cannotMount(): Promise<string | null> {
  if (process.platform !== 'linux') return 'small file systems are mounted on Linux only';
  if (process.getuid?.() !== 0) return 'only root may mount a file system';
  const folder = await temporaryFolder();
  try {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
    await run('umount', [folder]);
    return null;
  } catch (error) {
    return `mounting is refused here: ${String((error as { stderr?: string }).stderr ?? error).trim()}`;
  } finally {
    await removeFolder(folder);
  }
}

export async function mountSmallDisk(megabytes: number): Promise<SmallDisk> {
  const home = await temporaryFolder();
  const folder = join(home, 'disk');
  await mkdir(folder);
  const kind = await mount(join(home, 'image'), folder, megabytes);
  await chmod(folder, 0o711);
  const ballast = join(folder, 'ballast');
  const freeBytes = async () => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  };
  return {
    folder,
    kind,
    freeBytes,
    async fill() {
      const file = await open(ballast, 'w');
      const piece = Buffer.alloc(1 << 20);
      try {
        for (let size = piece.length; size >= 4096; ) {
          await file.appendFile(piece.subarray(0, size)).catch(() => {
            size >>= 1;
          });
        }
      } finally {
        // Space that was promised and not yet given must be taken before this says that the disk is full.
        await file.sync().catch(() => {});
        await file.close();
      }
    },
    free: () => rm(ballast, { force: true }),
    async remove() {
      // Whatever still closes its files is waited for.
      for (let tries = 0; tries < 50; tries++) {
        const done = await run('umount', [folder]).then(
          () => true,
          () => false,
        );
        if (done) break;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      await removeFolder(home);
    },
  };
}

async function mount(image: string, folder: string, megabytes: number): Promise<SmallDisk['kind']> {
  try {
    await (await open(image, 'w')).close();
    await truncate(image, megabytes << 20);
    // Without blocks kept for root: nobody else writes here.
    await run('mkfs.ext4', ['-q', '-F', '-m', '0', image]);
    await run('mount', ['-o', 'loop', image, folder]);
    return 'ext4';
  } catch {
    await rm(image, { force: true });
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
    return 'tmpfs';
  }
}
