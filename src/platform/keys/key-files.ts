import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readdir, readFile, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { OperatorError } from '../process/operator-error.ts';

/** A key that cannot be read or made. The message is one sentence that names the file and what to do. */
export class KeysError extends OperatorError {
  override name = 'KeysError';
}

/** Makes the folder if it is not there, readable by the server alone. */
export async function openKeyFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new KeysError(`The folder for keys ${folder} cannot be made: let the server's user write there.`, { cause });
  }
  await closeToOthers(folder, 0o700);
}

/**
 * The bytes of a key file; made from `make` on the first start. Several processes may ask at the same moment: all get
 * what the first one made. A file is complete and on disk before it has its name, so a power cut leaves none half
 * written.
 */
export async function openKeyFile(file: string, make: () => Buffer): Promise<Buffer> {
  const there = await readKeyFile(file);
  if (there) return there;
  await createKeyFile(file, make());
  const made = await readKeyFile(file);
  if (!made) throw new KeysError(`The key ${file} vanished while it was being made: start again.`);
  return made;
}

/** Writes a new key file; false when a file of that name is there already, which then stays as it is. */
export async function createKeyFile(file: string, bytes: Buffer): Promise<boolean> {
  const folder = path.dirname(file);
  const draft = path.join(folder, `.${path.basename(file)}.${randomBytes(6).toString('hex')}`);
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    try {
      await link(draft, file);
    } finally {
      await unlink(draft);
    }
    await syncFolder(folder);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new KeysError(`The key ${file} cannot be made: let the server's user write in ${folder}.`, { cause });
  }
}

/** The key files of a folder by name, oldest first: rotation adds one, the last is the one in use. */
export async function listKeyFiles(folder: string, ending: string): Promise<{ name: string; bytes: Buffer }[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.') && name.endsWith(ending)).sort();
  const files: { name: string; bytes: Buffer }[] = [];
  for (const name of names) {
    const bytes = await readKeyFile(path.join(folder, name));
    if (bytes) files.push({ name, bytes });
  }
  return files;
}

async function readKeyFile(file: string): Promise<Buffer | undefined> {
  try {
    const bytes = await readFile(file);
    await closeToOthers(file, 0o600);
    return bytes;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new KeysError(`The key ${file} cannot be read: give it to the user that runs the server.`, { cause });
  }
}

/** Takes rights of other users away. Where that is not ours to do (a mounted secret), the operator's choice stands. */
async function closeToOthers(file: string, mode: number): Promise<void> {
  if (process.platform === 'win32') return;
  if (((await stat(file)).mode & 0o077) === 0) return;
  await chmod(file, mode).catch(() => {});
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
