import { randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Account, isRoot, obstacle, ownerOf, unprivilegedAccount } from './account.ts';
import { ClusterError } from './cluster-error.ts';

/** Where the database lives and as whom PostgreSQL runs. */
export interface Location {
  /** Folder that holds everything of PostgreSQL: its data, log, password and, if need be, a copy of its programs. */
  readonly base: string;
  /** The data folder of the cluster, owned by `account`. */
  readonly data: string;
  /** Password of the superuser, readable by the server alone. */
  readonly passwordFile: string;
  readonly logFile: string;
  /** Undefined: PostgreSQL runs as ourselves. */
  readonly account: Account | undefined;
}

/** Remembers, in the data folder of the application, that the database had to go elsewhere. */
const MARKER = 'postgres-folder.json';
/** Places that keep their content over a restart and that every user can pass, in order of preference. */
const SHELTERS = ['/var/lib', '/var/tmp'];

/**
 * Decides where the cluster of a data folder lives.
 *
 * An ordinary user's cluster is `DATA_DIR/postgres`. As root, PostgreSQL runs as an unprivileged account, which must be
 * able to pass every folder on the way; when it cannot (a clone under /root), the cluster goes to
 * `/var/lib/imi-connect-<random>` (or /var/tmp) and `DATA_DIR/postgres-folder.json` remembers it, so that later starts
 * find it. The name is random rather than made from the path: a new clone at the same path is a new installation.
 * A cluster that an ordinary user made keeps running as that user when root starts it.
 */
export async function locateCluster(dataDir: string): Promise<Location> {
  const home = await openDataFolder(dataDir);
  const remembered = await readMarker(home);
  if (!isRoot()) return at(remembered ?? home, undefined);

  const account = (await accountOfExisting(path.join(remembered ?? home, 'postgres'))) ?? (await unprivilegedAccount());
  if (remembered) return at(remembered, account);
  const blocked = await obstacle(home, account);
  if (!blocked) return at(home, account);
  if (await ownerOf(path.join(home, 'postgres'))) {
    throw new ClusterError(
      `PostgreSQL cannot reach its data in ${home} any more: make ${blocked} passable (chmod o+x), or move the data folder and set DATA_DIR.`,
    );
  }
  return at(await makeShelter(home, account), account);
}

function at(base: string, account: Account | undefined): Location {
  return {
    base,
    data: path.join(base, 'postgres'),
    passwordFile: path.join(base, 'postgres-superuser.key'),
    logFile: path.join(base, 'postgres.log'),
    account,
  };
}

/**
 * Makes the data folder if it is not there. When we are root others may pass it, because PostgreSQL must, but not list
 * it: what is private in it is closed in itself. Returns its real path.
 */
export async function openDataFolder(dataDir: string): Promise<string> {
  try {
    const made = await mkdir(dataDir, { recursive: true, mode: 0o755 });
    const { uid, mode } = await stat(dataDir);
    if (made) await chmod(dataDir, isRoot() ? 0o711 : 0o700);
    else if (isRoot() && uid === 0 && (mode & 0o001) === 0) await chmod(dataDir, (mode & 0o777) | 0o001);
    return await realpath(dataDir);
  } catch (cause) {
    throw new ClusterError(
      `The data folder ${dataDir} cannot be made: let the server's user write there, or set DATA_DIR.`,
      { cause },
    );
  }
}

async function accountOfExisting(data: string): Promise<Account | undefined> {
  const owner = await ownerOf(data);
  return owner && owner.uid !== 0 ? owner : undefined;
}

async function readMarker(home: string): Promise<string | undefined> {
  const file = path.join(home, MARKER);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ClusterError(`${file} cannot be read: start as the user that started before.`, { cause });
  }
  const { folder } = JSON.parse(text) as { folder: string };
  if (!(await ownerOf(folder))) {
    throw new ClusterError(
      `The database in ${folder}, which ${file} names, is gone: put it back from the backup, or remove that file to begin anew.`,
    );
  }
  return folder;
}

async function makeShelter(home: string, account: Account): Promise<string> {
  for (const parent of SHELTERS) {
    try {
      if (await obstacle(parent, account)) continue;
      const folder = path.join(parent, `imi-connect-${randomBytes(6).toString('hex')}`);
      await mkdir(folder, { mode: 0o755 });
      await chmod(folder, 0o755);
      // For whoever wonders, when the data folder is gone, whether this may go too.
      await writeFile(path.join(folder, 'belongs-to.txt'), `${home}\n`);
      const draft = path.join(home, `${MARKER}.new`);
      await writeFile(draft, `${JSON.stringify({ folder }, null, 2)}\n`, { mode: 0o600, flush: true });
      await rename(draft, path.join(home, MARKER));
      return folder;
    } catch (error) {
      if (!(error as NodeJS.ErrnoException).code) throw error;
    }
  }
  throw new ClusterError(
    `PostgreSQL does not run as root, and its user cannot reach ${home} or make a folder in ${SHELTERS.join(' or ')}: set DATA_DIR to a folder outside closed ones.`,
  );
}

/** Gives a folder to the account that PostgreSQL runs as. */
export async function giveTo(account: Account | undefined, file: string): Promise<void> {
  if (!account) return;
  const { uid } = await lstat(file);
  if (uid !== account.uid) await chown(file, account.uid, account.gid);
}
