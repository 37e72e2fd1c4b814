import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import type { Binaries } from './binaries.ts';
import { ClusterError } from './cluster-error.ts';
import { giveTo, type Location } from './location.ts';

/** The major version of PostgreSQL that our data folders belong to. */
const MAJOR = '18';

/**
 * Makes the cluster if it is not there, and returns the superuser's password. The cluster is made under another name
 * and gets its own when it is complete, so that a start that is cut off half way leaves nothing behind that counts.
 */
export async function initialiseCluster(location: Location, binaries: Binaries): Promise<string> {
  const version = await readIfThere(path.join(location.data, 'PG_VERSION'));
  if (version !== undefined) {
    if (version.trim() !== MAJOR) {
      throw new ClusterError(
        `The database in ${location.data} is of PostgreSQL ${version.trim()}, but this version of IMI Connect brings ${MAJOR}: upgrade it with pg_upgrade first.`,
      );
    }
    const password = await readIfThere(location.passwordFile);
    if (password === undefined) {
      throw new ClusterError(
        `The password of the database, ${location.passwordFile}, is missing: put it back from the backup.`,
      );
    }
    return password.trim();
  }
  await clearDrafts(location);
  const password = randomBytes(32).toString('base64url');
  await writePrivate(location.passwordFile, `${password}\n`);

  const draft = `${location.data}.new-${process.pid}`;
  await mkdir(draft, { mode: 0o700 });
  await giveTo(location.account, draft);
  // initdb reads the password as PostgreSQL's own user, who cannot read ours.
  const note = `${draft}.password`;
  await writePrivate(note, `${password}\n`);
  await giveTo(location.account, note);
  try {
    await runInitdb(location, binaries, draft, note);
  } finally {
    await rm(note, { force: true });
  }
  await rename(draft, location.data);
  return password;
}

async function runInitdb(location: Location, binaries: Binaries, data: string, passwordFile: string): Promise<void> {
  const args = [
    `--pgdata=${data}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
  ];
  const output: Buffer[] = [];
  const code = await new Promise<number | string>((resolve) => {
    const child = spawn(binaries.initdb, args, {
      ...location.account,
      cwd: data,
      env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.on('error', (error) => resolve(error.message));
    child.on('close', (status, signal) => resolve(status ?? signal ?? 1));
  });
  if (code !== 0) {
    const said = Buffer.concat(output).toString('utf8').trim().replace(/\s+/g, ' ');
    throw new ClusterError(
      `The database could not be made in ${location.data}: ${said || `initdb ended with ${code}`}.`,
    );
  }
}

/** Removes what starts that were cut off have left, and an empty data folder; anything else there is not ours to remove. */
async function clearDrafts(location: Location): Promise<void> {
  for (const name of await readdir(location.base)) {
    if (/^postgres\.new-\d+(\.password)?$/.test(name))
      await rm(path.join(location.base, name), { recursive: true, force: true });
  }
  await rmdir(location.data).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT')
      throw new ClusterError(`${location.data} holds something that is not a database: move it away, or set DATA_DIR.`);
  });
}

async function writePrivate(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ClusterError(`${file} cannot be read: start as the user that started before.`, { cause });
  }
}
