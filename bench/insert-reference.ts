/**
 * What PostgreSQL alone can do on this machine at this moment: 64 connections that each insert the row of a saved
 * answer, one a transaction, with prepared statements. pgbench where it is installed, else an inserter of our own.
 */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const CONNECTIONS = 64;
const HASH = 'ab'.repeat(32);
const INSERT = `insert into bench.answers (sitting_id, epoch, seq, kind, item, value, monotonic_ms, previous, head, at)
  values (gen_random_uuid(), 1, 1, 'answer', 5, 'B', 123456, decode('${HASH}', 'hex'), decode('${HASH}', 'hex'), now());`;

export interface Reference {
  readonly what: string;
  /** Inserts a second over so many seconds. */
  measure(seconds: number): Promise<number>;
}

/** Makes a table like that of the answers, with its indexes and partitions, beside the product's. */
export async function insertReference(adminUrl: string, folder: string): Promise<Reference> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`create schema bench;
    create table bench.answers (like online_assessments.answers including all) partition by range (sitting_id);
    create table bench.answers_default partition of bench.answers default;`);
  await client.end();
  const script = join(folder, 'insert.sql');
  await writeFile(script, INSERT);
  const installed = await run('pgbench', ['--version']).then(
    () => true,
    () => false,
  );
  if (!installed)
    return {
      what: `inserts of the same row a second by ${CONNECTIONS} connections of our own (prepared statements)`,
      measure: (seconds) => insertByHand(adminUrl, seconds),
    };
  return {
    what: `inserts of the same row a second by pgbench -c ${CONNECTIONS} -j 2 -M prepared`,
    measure: async (seconds) => {
      const size = ['-n', '-c', String(CONNECTIONS), '-j', '2', '-M', 'prepared', '-T', String(seconds)];
      const { stdout } = await run('pgbench', [...size, '-f', script, adminUrl]);
      return Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
    },
  };
}

async function insertByHand(adminUrl: string, seconds: number): Promise<number> {
  const clients = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const client = new pg.Client({ connectionString: adminUrl });
      await client.connect();
      return client;
    }),
  );
  const from = performance.now();
  let inserted = 0;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() - from < seconds * 1000) {
        await client.query({ name: 'insert', text: INSERT });
        inserted++;
      }
    }),
  );
  const rate = inserted / ((performance.now() - from) / 1000);
  await Promise.all(clients.map((client) => client.end()));
  return rate;
}
