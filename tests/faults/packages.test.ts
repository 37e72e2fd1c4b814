/** What comes before the server: installing the packages once, running on the pinned Node, and usable programs of PostgreSQL. */
import assert from 'node:assert/strict';
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, cp, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { processBeginning } from '../../scripts/live-process.mjs';
import { unprivilegedAccount } from '../../src/platform/database/cluster/account.ts';
import { installedBinaries, usableBinaries } from '../../src/platform/database/cluster/binaries.ts';
import { repository } from './server-process.ts';

let root: string;
before(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'packages-test-'));
  await chmod(root, 0o755);
});
after(() => rm(root, { recursive: true, force: true }));

describe('prepare.mjs', () => {
  let project: string;
  const installed = () => readdir(path.join(project, 'node_modules')).catch(() => undefined);

  function prepare(env: Record<string, string> = {}): SpawnSyncReturns<string> {
    const { PATH = '', HOME = '' } = process.env;
    return spawnSync(process.execPath, ['scripts/prepare.mjs'], {
      cwd: project,
      encoding: 'utf8',
      env: { PATH, HOME, ...env },
    });
  }

  async function lockFile(version: string): Promise<void> {
    const manifest = { name: 'small', version, private: true };
    await writeFile(path.join(project, 'package.json'), JSON.stringify(manifest));
    const lock = {
      name: 'small',
      version,
      lockfileVersion: 3,
      requires: true,
      packages: { '': { name: 'small', version } },
    };
    await writeFile(path.join(project, 'package-lock.json'), JSON.stringify(lock));
  }

  before(async () => {
    project = path.join(root, 'small');
    await mkdir(path.join(project, 'scripts'), { recursive: true });
    for (const name of ['prepare.mjs', 'live-process.mjs']) {
      await copyFile(path.join(repository, 'scripts', name), path.join(project, 'scripts', name));
    }
    await lockFile('1.0.0');
  });

  test('installs on a fresh clone, and not again', async () => {
    const first = prepare();
    assert.equal(first.status, 0, first.stderr);
    assert.match(first.stderr, /Installing the packages/);
    assert.deepEqual(await installed(), ['.imi-connect-stamp']);
    // npm ci would remove this file.
    await writeFile(path.join(project, 'node_modules', 'witness'), '');
    const second = prepare();
    assert.equal(second.status, 0);
    assert.equal(second.stderr, '');
    assert.deepEqual(await installed(), ['.imi-connect-stamp', 'witness']);
  });

  test('never under a running server, whose record is in DATA_DIR/run; a dead record does not count', async () => {
    const run = path.join(project, 'data', 'run');
    await mkdir(run, { recursive: true });
    const record = { pid: process.pid, began: processBeginning(process.pid), address: 'http://127.0.0.1:3000' };
    await writeFile(path.join(run, 'server.json'), JSON.stringify(record));
    assert.equal(prepare().status, 0, 'nothing has changed: nothing to refuse');
    await lockFile('1.0.1');
    const refused = prepare();
    assert.equal(refused.status, 1);
    assert.equal(
      refused.stderr,
      `The packages have changed, but IMI Connect is running on them (process ${process.pid}, http://127.0.0.1:3000): stop it, then run the same command again.\n`,
    );
    assert.deepEqual(await installed(), ['.imi-connect-stamp', 'witness'], 'untouched');
    await writeFile(path.join(run, 'server.json'), JSON.stringify({ ...record, began: 'another time' }));
    assert.equal(prepare().status, 0);
    assert.ok(!(await installed())?.includes('witness'), 'installed anew');
  });

  test('an installation that fails is said, and tried again next time', async () => {
    await writeFile(
      path.join(project, 'package.json'),
      JSON.stringify({ name: 'small', version: '2.0.0', dependencies: { zod: '1.0.0' } }),
    );
    await writeFile(path.join(project, 'package-lock.json'), '{"lockfileVersion":3}');
    for (let time = 0; time < 2; time++) {
      const failed = prepare();
      assert.equal(failed.status, 1);
      assert.match(failed.stderr, /The packages could not be installed: read what npm says above/);
    }
  });

  test('the commands prepare in their own line: npm skips scripts such as "prestart" where ignore-scripts is set, as here', async () => {
    const { scripts } = JSON.parse(await readFile(path.join(repository, 'package.json'), 'utf8'));
    for (const name of ['start', 'test', 'bench', 'test:faults']) {
      assert.match(scripts[name], /^node scripts\/prepare\.mjs && /, name);
      assert.equal(scripts[`pre${name}`], undefined);
    }
  });

  test('the lock file has every platform, pinned, and no registry addresses', async () => {
    const manifest = JSON.parse(await readFile(path.join(repository, 'package.json'), 'utf8'));
    const text = await readFile(path.join(repository, 'package-lock.json'), 'utf8');
    const lock = JSON.parse(text);
    const platforms = ['linux x64', 'linux arm64', 'darwin x64', 'darwin arm64', 'win32 x64'];
    const seen: Record<string, string[]> = { node: [], postgres: [] };
    for (const [name, version] of Object.entries<string>(manifest.optionalDependencies)) {
      const entry = lock.packages[`node_modules/${name}`];
      assert.equal(entry?.version, version, name);
      assert.match(version, /^\d/, 'pinned exactly');
      assert.ok(entry.integrity, name);
      seen[name.startsWith('node-') ? 'node' : 'postgres']?.push(`${[entry.os].flat()} ${[entry.cpu].flat()}`);
    }
    assert.deepEqual(seen.node?.sort(), platforms.toSorted());
    assert.deepEqual(seen.postgres?.sort(), platforms.toSorted());
    assert.ok(!text.includes('"resolved"'));
    // Otherwise `npm ci` refuses the lock file, on every machine but the one that wrote it.
    for (const [at, entry] of Object.entries<{ optionalDependencies?: object }>(lock.packages)) {
      for (const name of Object.keys(entry.optionalDependencies ?? {})) {
        assert.ok(
          lock.packages[`${at ? `${at}/` : ''}node_modules/${name}`] ?? lock.packages[`node_modules/${name}`],
          `${name} of ${at}`,
        );
      }
    }
  });
});

describe('node24.mjs', () => {
  const launcher = path.join(repository, 'scripts/node24.mjs');
  // Older versions of Node cannot become another program; there the launcher starts a child.
  const WAYS: readonly (readonly [string, string[]])[] = [
    ['by becoming it', []],
    ['by starting it', ['--import', 'data:text/javascript,process.execve=undefined']],
  ];
  let program: string;
  before(async () => {
    program = path.join(root, 'program.ts');
    await writeFile(
      program,
      `const [kind, value]: string[] = process.argv.slice(2);
       if (kind === 'exit') process.exit(Number(value));
       if (kind === 'version') console.log(process.versions.node);
       if (kind === 'wait') {
         process.on('SIGINT', () => { console.log('interrupted'); process.exit(7); });
         setInterval(() => {}, 1000);
         console.log('waiting');
       }`,
    );
  });

  for (const [way, flags] of WAYS) {
    test(`runs TypeScript on Node 24, ${way}: exit code and signals pass through`, async () => {
      const run = (...args: string[]) =>
        spawnSync(process.execPath, [...flags, launcher, program, ...args], { encoding: 'utf8' });
      assert.match(run('version').stdout, /^24\./);
      assert.equal(run('version').stderr, '');
      assert.equal(run('exit', '3').status, 3);
      assert.equal(run('exit', '0').status, 0);

      const start = async () => {
        const child = spawn(process.execPath, [...flags, launcher, program, 'wait'], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        await once(child.stdout, 'data');
        return child;
      };
      const interrupted = await start();
      interrupted.kill('SIGINT');
      assert.deepEqual(await once(interrupted, 'exit'), [7, null]);
      const terminated = await start();
      terminated.kill('SIGTERM');
      assert.deepEqual(await once(terminated, 'exit'), [null, 'SIGTERM']);
    });
  }

  test('without a file to run: one sentence', () => {
    const { status, stderr } = spawnSync(process.execPath, [launcher], { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stderr, /^Name the file to run: [^\n]+\n$/);
  });
});

describe('the programs of PostgreSQL', () => {
  const skip = process.getuid?.() === 0 ? false : 'only root can run them as another user';

  test('a package as npm unpacks it (no links, not executable) under a closed folder: completed and copied where they run', {
    skip,
  }, async () => {
    const installed = await installedBinaries();
    const closed = path.join(root, 'closed');
    await mkdir(closed, { mode: 0o700 });
    const native = path.join(closed, 'native');
    await cp(installed.folder, native, { recursive: true, verbatimSymlinks: true });
    for (const name of await readdir(path.join(native, 'lib'))) {
      const file = path.join(native, 'lib', name);
      if ((await lstat(file)).isSymbolicLink()) await rm(file);
    }
    const at = (name: string) => path.join(native, 'bin', name);
    for (const name of ['postgres', 'initdb', 'pg_ctl']) await chmod(at(name), 0o644);
    const unpacked = {
      ...installed,
      folder: native,
      postgres: at('postgres'),
      initdb: at('initdb'),
      pgCtl: at('pg_ctl'),
    };

    const account = await unprivilegedAccount();
    const asAccount = (file: string) => spawnSync(file, ['--version'], { ...account, cwd: '/', encoding: 'utf8' });
    assert.equal(asAccount(unpacked.initdb).status, null, 'the control: it cannot run there');
    const shelter = path.join(root, 'shelter');
    await mkdir(shelter);
    const usable = await usableBinaries(unpacked, account, shelter);
    assert.ok(usable.folder.startsWith(shelter));
    for (const file of [usable.initdb, usable.postgres]) assert.match(asAccount(file).stdout, /\(PostgreSQL\) 18\./);
    const { ino } = await stat(usable.folder);
    await usableBinaries(unpacked, account, shelter);
    assert.equal((await stat(usable.folder)).ino, ino, 'copied once');
    assert.equal(
      (await usableBinaries(installed, undefined, shelter)).folder,
      installed.folder,
      'an ordinary user needs no copy',
    );
  });
});
