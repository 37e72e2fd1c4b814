/**
 * The negative controls: each fault test once more with something broken on purpose. A test that stays green here
 * would prove nothing.
 */
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { RoleNames } from '#platform/database/roles.ts';
import type { Product } from '../../bench/product.ts';
import type { CheckedSaves } from './load/check-confirmed.ts';
import { startExamDay } from './load/exam-day.ts';

/** Seats that call an answer saved when they have merely sent it, and a server that is killed: such answers are lost. */
export async function sentIsNotSaved(plan: { kills: number; sittings: number }): Promise<CheckedSaves> {
  const day = await startExamDay({ sittings: plan.sittings });
  try {
    for (let kill = 0; kill < plan.kills; kill++) {
      // Each kill with seats of its own: those whose answer was cut off cannot go on.
      const share = Math.floor(plan.sittings / plan.kills);
      const load = day.load({ believe: 'sent', seats: day.room.seats.slice(kill * share, (kill + 1) * share) });
      await load.untilAcked((kill + 1) * 100);
      day.killServer();
      await wait(200);
      await load.stop(0);
      await untilServing(day.product);
    }
    return await day.check();
  } finally {
    await day.end();
  }
}

export interface WeakDatabaseReport {
  readonly checked: CheckedSaves;
  /** What a start of the server on this database says. */
  readonly startSays: string;
}

/**
 * The real server, whose receipts verify, on a database that answers before it has written (synchronous_commit = off,
 * set behind the running server's back): a kill of PostgreSQL loses confirmed answers. And the server refuses to start
 * on such a database.
 */
export async function databaseThatAnswersEarly(plan: { kills: number; sittings: number }): Promise<WeakDatabaseReport> {
  const day = await startExamDay({ sittings: plan.sittings });
  try {
    await weaken(await day.product.adminUrl());
    const share = Math.floor(plan.sittings / plan.kills);
    for (let kill = 0; kill < plan.kills; kill++) {
      const load = day.load({ seats: day.room.seats.slice(kill * share, (kill + 1) * share) });
      await load.untilAcked(500);
      await day.killDatabase();
      await wait(200);
      await load.stop(10_000);
      await untilServing(day.product);
    }
    const checked = await day.check();
    day.killServer();
    return { checked, startSays: await refusalOf(day.product.printed) };
  } finally {
    await day.end();
  }
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

async function untilServing({ url, printed }: Product): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    const answer = await fetch(`${url}/health`).catch(() => null);
    if (answer?.ok) return;
    await wait(25);
  }
  throw new Error(`the product did not come back within 30 s: ${printed().slice(-2000)}`);
}
