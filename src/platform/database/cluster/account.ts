import { lstat, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { ClusterError } from './cluster-error.ts';

/** The user and group that PostgreSQL runs as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** True when we run as root, as which PostgreSQL refuses to run. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The unprivileged account that PostgreSQL gets when we are root: user 65534 ("nobody" nearly everywhere), else
 * whichever user is called nobody. It must be in the passwd file, because PostgreSQL looks itself up there.
 */
export async function unprivilegedAccount(): Promise<Account> {
  const users = (await readFile('/etc/passwd', 'utf8').catch(() => ''))
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4 && !fields[0]?.startsWith('#'));
  const user = users.find(([, , uid]) => uid === '65534') ?? users.find(([name]) => name === 'nobody');
  if (!user) {
    throw new ClusterError(
      'PostgreSQL does not run as root and there is no user "nobody" to run it as: start as an ordinary user, or set DATABASE_URL.',
    );
  }
  return { uid: Number(user[2]) >>> 0, gid: Number(user[3]) >>> 0 };
}

/** The account that owns a folder; undefined when the folder is not there. */
export async function ownerOf(folder: string): Promise<Account | undefined> {
  try {
    const { uid, gid } = await lstat(folder);
    return { uid, gid };
  } catch {
    return undefined;
  }
}

/** The first folder on the way to `target`, `target` included, that the account may not pass; undefined if it reaches it. */
export async function obstacle(target: string, account: Account): Promise<string | undefined> {
  const steps: string[] = [];
  for (let step = path.resolve(target); ; step = path.dirname(step)) {
    steps.unshift(step);
    if (step === path.dirname(step)) break;
  }
  for (const step of steps) {
    const info = await stat(step);
    const bit = info.uid === account.uid ? 0o100 : info.gid === account.gid ? 0o010 : 0o001;
    if ((info.mode & bit) === 0) return step;
  }
  return undefined;
}
