import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { checkDatabase } from '../database/cluster/check-database.ts';
import { type Cluster, startCluster } from '../database/cluster/cluster.ts';
import { openDataFolder } from '../database/cluster/location.ts';
import { type Keys, openKeys } from '../keys/keys.ts';
import { type Log, openLog } from '../log/log.ts';
import { addressOf, readSettings, type Settings } from '../settings/settings.ts';
import { OperatorError } from './operator-error.ts';
import { claimablePort, explainListening } from './ports.ts';
import { claimRunLock } from './run-lock.ts';

/** What the composition root gives back: a server that is ready but does not listen yet. */
export interface RunnableApplication {
  readonly app: FastifyInstance;
  /** Lines for the operator: who can log in, or the link that makes the first administrator. */
  readonly whoCanLogIn: readonly string[];
  /** Ends requests, then jobs, then database connections. */
  close(): Promise<void>;
}

export type CreateApplication = (parts: {
  readonly settings: Settings;
  readonly keys: Keys;
  readonly databaseUrl: string;
  readonly log: Log;
}) => Promise<RunnableApplication>;

/** How long requests and jobs may take to end before the database is closed under them. */
const CLOSING_MS = 10_000;
/** Ctrl-C reaches us from the terminal and again through npm: within this time it counts as one. */
const ONE_SIGNAL_MS = 1000;

/**
 * The life of the server process: settings, lock, keys, database, application, listening; then, on SIGINT, SIGTERM or
 * SIGHUP, everything closed in the opposite order and exit 0. A second signal ends at once (the next start recovers).
 * Whatever the operator must put right is one sentence and exit 1; an error nobody caught is logged, everything is
 * closed, exit 1.
 */
export async function runServer(
  loadApplication: () => Promise<CreateApplication>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  process.title = 'imi-connect';
  const log = openLog();
  /** What to undo, last first. */
  const undo: (() => Promise<void>)[] = [];
  let cluster: Cluster | undefined;
  let closing: Promise<void> | undefined;
  let signalledAt = 0;

  function close(exitCode: number): Promise<void> {
    closing ??= (async () => {
      for (let step = undo.pop(); step; step = undo.pop()) {
        await step().catch((error) => {
          exitCode ||= error instanceof OperatorError ? 1 : 0;
          log.error('While stopping:', error);
        });
      }
      process.exit(exitCode);
    })();
    return closing;
  }

  // Whoever read what we say may be gone (a closed terminal, a cut pipe): no reason to stop, and none to complain.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!closing) {
        signalledAt = Date.now();
        log.info('Stopping.');
        void close(0);
      } else if (Date.now() - signalledAt > ONE_SIGNAL_MS) {
        log.warn('Stopping at once; the next start recovers by itself.');
        cluster?.abandon();
        process.exit(1);
      }
    });
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.error(closing ? 'While stopping:' : 'Stopping after an error that nobody expected.', error);
      void close(1);
    });
  }

  watchLauncher(env, () => {
    log.warn('The npm that started this server has ended; stopping.');
    void close(0);
  });

  try {
    const settings = await settle(readSettings(env));
    await openDataFolder(settings.dataDir);
    const lock = await claimRunLock(settings.dataDir, settings.publicUrl, settings.databaseUrl !== undefined);
    undo.push(() => lock.release());
    await claimablePort(settings.host, settings.port);

    // Reading the application's files takes as long as starting the database: at the same time.
    const loading = loadApplication();
    loading.catch(() => {});
    const keys = await openKeys(settings.keysDir);
    if (settings.databaseUrl === undefined && !closing) {
      const starting = startCluster({ dataDir: settings.dataDir, log });
      // Before it has started: a signal that comes meanwhile must not leave PostgreSQL behind.
      undo.push(async () => {
        const started = await starting.catch(() => undefined);
        await started?.stop();
      });
      cluster = await starting;
    }
    const databaseUrl = cluster?.adminUrl ?? (settings.databaseUrl as string);
    if (closing) return;
    await checkDatabase(databaseUrl);
    const createApplication = await loading;
    if (closing) return;
    const application = await createApplication({ settings, keys, databaseUrl, log });
    undo.push(() => closeInTime(application, log));
    if (closing) return;
    await application.app.listen({ host: settings.host, port: settings.port }).catch((error) => {
      throw explainListening(error, settings.host, settings.port);
    });
    announce(settings, application);
  } catch (error) {
    if (closing) return; // the database went away under a start that was told to stop
    if (error instanceof OperatorError) process.stderr.write(`${error.message}\n`);
    else log.error('IMI Connect could not start.', error);
    await close(1);
  }
}

/**
 * npm runs a script through a shell, and some shells do not pass a signal on: `kill` on npm would end both and leave
 * the server behind. So a server that npm started stops when its parent is gone.
 */
function watchLauncher(env: NodeJS.ProcessEnv, whenGone: () => void): void {
  if (env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    whenGone();
  }, 500);
  timer.unref();
}

/** Chooses the port when any will do, so that everything after knows the address. */
async function settle(settings: Settings): Promise<Settings> {
  if (settings.port !== 0) return settings;
  const port = await claimablePort(settings.host, 0);
  const derived = settings.publicUrl === addressOf(settings.host, 0, settings.tls !== undefined);
  return {
    ...settings,
    port,
    publicUrl: derived ? addressOf(settings.host, port, settings.tls !== undefined) : settings.publicUrl,
  };
}

async function closeInTime(application: RunnableApplication, log: Log): Promise<void> {
  const late = Symbol('late');
  const timeout = delay(CLOSING_MS, late, { ref: false });
  const first = await Promise.race([application.close(), timeout]);
  if (first === late) log.warn('Some requests or jobs did not end in time; stopping without them.');
}

function announce(settings: Settings, application: RunnableApplication): void {
  const address = addressOf(settings.host, settings.port, settings.tls !== undefined);
  const lines = [`IMI Connect is ready on ${address} (Ctrl-C stops it).`];
  if (settings.publicUrl !== address) lines.push(`People reach it on ${settings.publicUrl}`);
  process.stdout.write(`${[...lines, ...application.whoCanLogIn].join('\n')}\n`);
}
