import { createHash } from 'node:crypto';
import type { Services } from '../services.ts';

/** Work that is done again and again beside the requests. */
export interface Jobs {
  /**
   * Does `work` now and then every `seconds` after it ended. In all processes of an installation together, one at a
   * time does the work of this name; each run must find for itself what there is to do. A run that fails is logged and
   * tried again at the next turn.
   */
  every(name: string, seconds: number, work: () => Promise<void>): void;
  /** Begins nothing new and waits for what runs. */
  stop(): Promise<void>;
}

/** A system makes its own in `start` and stops it at the end. What must not be lost stands in a table, not here. */
export function startJobs(services: Services): Jobs {
  const names = new Set<string>();
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let stopped = false;

  function begin(name: string, seconds: number, work: () => Promise<void>): void {
    const run = inTurn(services, async () => {
      if (!stopped) await alone(services, name, work);
    })
      .catch((error) => {
        if (!stopped) services.log.error(`The job ${name} failed; it is tried again in ${seconds} s.`, error);
      })
      .finally(() => {
        running.delete(run);
        if (stopped) return;
        const timer = setTimeout(() => begin(name, seconds, work), seconds * 1000);
        timer.unref();
        timers.set(name, timer);
      });
    running.add(run);
  }

  return {
    every(name, seconds, work) {
      if (names.has(name)) throw new Error(`There is a job ${name} already.`);
      names.add(name);
      begin(name, seconds, work);
    },
    async stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.allSettled(running);
    },
  };
}

/**
 * How many jobs of a process run at once. Each holds one connection for its lock and needs another for its work: were all
 * to begin together, as at the start, they would hold every connection of the pool and wait for each other.
 */
const AT_ONCE = 4;
const turns = new WeakMap<Services['database'], { running: number; readonly waiting: (() => void)[] }>();

async function inTurn<T>({ database }: Services, work: () => Promise<T>): Promise<T> {
  const turn = turns.get(database) ?? { running: 0, waiting: [] };
  turns.set(database, turn);
  if (turn.running < AT_ONCE) turn.running += 1;
  else await new Promise<void>((resolve) => turn.waiting.push(resolve));
  try {
    return await work();
  } finally {
    // The place goes on to who waits longest.
    const next = turn.waiting.shift();
    if (next) next();
    else turn.running -= 1;
  }
}

/** Does the work unless another process is at it: a lock that the database forgets when the process dies. */
async function alone({ database }: Services, name: string, work: () => Promise<void>): Promise<void> {
  const key = createHash('sha256').update(`job ${name}`).digest().readBigInt64BE().toString();
  const client = await database.pool.connect();
  let held = false;
  try {
    held = (await client.query('select pg_try_advisory_lock($1) as held', [key])).rows[0].held;
    if (held) await work();
  } finally {
    // A connection that broke has lost its lock already and is thrown away.
    const broken = held
      ? await client.query('select pg_advisory_unlock($1)', [key]).then(
          () => false,
          () => true,
        )
      : false;
    client.release(broken);
  }
}
