/**
 * The negative controls: each fault test once more with something broken on purpose. A test that stays green here
 * would prove nothing.
 */
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { RoleNames } from '#platform/database/roles.ts';
import type { CheckedSaves } from './load/check-confirmed.ts';
import { type ExamDay, onExamDay } from './load/exam-day.ts';

/** Seats that call an answer saved when they have merely sent it, and a server that is killed: such answers are lost. */
export function sentIsNotSaved(plan: { kills: number; sittings: number }, given?: ExamDay): Promise<CheckedSaves[]> {
  return onExamDay(plan.kills * plan.sittings, given, async (day) => {
    const checked: CheckedSaves[] = [];
    for (let kill = 0; kill < plan.kills; kill++) {
      // Each kill with seats of its own: those whose answer was cut off cannot go on.
      const part = await day.part(plan.sittings);
      const load = part.load({ believe: 'sent' });
      await load.untilAcked(200);
      day.killServer();
      await load.stop(0);
      await day.untilServing();
      checked.push(await part.check());
    }
    return checked;
  });
}

export interface WeakDatabaseReport {
  readonly checked: CheckedSaves;
  /** What a start of the server on this database says. */
  readonly startSays: string;
}

/**
 * The real server, whose receipts verify, on a database that answers before it has written (synchronous_commit = off,
 * set behind the running server's back): a kill of PostgreSQL loses confirmed answers. And the server refuses to start
 * on such a database, so the day is over.
 */
export function databaseThatAnswersEarly(plan: { sittings: number }, given?: ExamDay): Promise<WeakDatabaseReport> {
  return onExamDay(plan.sittings, given, async (day) => {
    const part = await day.part(plan.sittings);
    await weaken(await day.product.adminUrl());
    const load = part.load();
    await load.untilAcked(1000);
    await day.killDatabase();
    // Seats whose confirmed answers are gone are refused from now on; perhaps all of them.
    await wait(500);
    await load.stop(10_000);
    await day.untilServing();
    const checked = await part.check();
    day.killServer();
    return { checked, startSays: await refusalOf(day.product.printed) };
  });
}

async function weaken(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const roles = (await client.query<{ roles: RoleNames }>('select roles from public.installation')).rows[0]?.roles;
    if (!roles) throw new Error('the database names no roles');
    await client.query(`alter role ${client.escapeIdentifier(roles.delivery)} set synchronous_commit = off`);
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [roles.delivery]);
  } finally {
    await client.end();
  }
}

/** The sentence with which the server ends, once its supervisor has tried to start it again. */
async function refusalOf(printed: () => string): Promise<string> {
  for (let tries = 0; tries < 400; tries++) {
    const found = /The database could lose answers[^\n]*/.exec(printed());
    if (found) return found[0];
    await wait(50);
  }
  return '';
}
