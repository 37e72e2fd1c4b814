import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openLog } from '#platform/log/log.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { beat, outagesSince } from './heartbeat.ts';
import { startJobs } from './jobs.ts';

let application: TestApplication;
const errors: string[] = [];
before(async () => {
  application = await startTestApplication({ log: openLog((line) => errors.push(line)) });
});
after(() => application.close());

/** Resolves when the work has been done `times` times. */
function counted(times: number): { work: () => Promise<void>; reached: Promise<void> } {
  let count = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    work: async () => {
      count++;
      if (count === times) resolve();
    },
    reached: promise,
  };
}

test('work is done at once and again, also after it failed', async () => {
  const jobs = startJobs(application.services);
  const { work, reached } = counted(3);
  let failures = 0;
  jobs.every('failing twice', 0.01, async () => {
    await work();
    if (failures++ < 2) throw new Error('not this time');
  });
  assert.throws(() => jobs.every('failing twice', 1, work), /already/);
  await reached;
  await jobs.stop();
  assert.equal(errors.filter((line) => line.includes('failing twice failed')).length, 2);
});

test('more jobs than the pool has connections begin at once, and none waits for another in vain', async () => {
  const before = errors.length;
  const jobs = startJobs(application.services);
  const { work, reached } = counted(14);
  for (let index = 0; index < 14; index++)
    jobs.every(`reading ${index}`, 60, async () => {
      await application.services.database.read(SYSTEM, ({ db }) =>
        db.selectFrom('platform.heartbeat').selectAll().execute(),
      );
      await work();
    });
  await reached;
  await jobs.stop();
  assert.deepEqual(errors.slice(before), []);
});

test('two processes never do the same work at the same time, and stopping waits for it', async () => {
  let inside = 0;
  let most = 0;
  let ended = 0;
  const { work, reached } = counted(10);
  const slow = async () => {
    inside++;
    most = Math.max(most, inside);
    await application.services.database.pool.query('select pg_sleep(0.01)');
    inside--;
    ended++;
    await work();
  };
  const both = [startJobs(application.services), startJobs(application.services)];
  for (const jobs of both) jobs.every('slow', 0.001, slow);
  await reached;
  await Promise.all(both.map((jobs) => jobs.stop()));
  assert.equal(most, 1);
  assert.equal(inside, 0);
  const atStop = ended;
  await application.services.database.pool.query('select pg_sleep(0.05)');
  assert.equal(ended, atStop, 'nothing begins after the stop');
});

test('a gap in the heartbeat is an outage on record, a slow beat is none', async () => {
  const { services } = application;
  const start = new Date(Date.now() + 3_600_000);
  const at = (seconds: number) => new Date(start.getTime() + seconds * 1000);
  await beat(services, at(0));
  assert.equal(await beat(services, at(5)), false);
  assert.equal(await beat(services, at(20)), false);
  assert.equal(await beat(services, at(36)), true);
  assert.equal(await beat(services, at(30)), false, 'a clock that goes back records nothing');
  assert.equal(await beat(services, at(41)), false);
  const since = (from: Date) => services.database.read(SYSTEM, (reader) => outagesSince(reader, from));
  assert.deepEqual((await since(at(0))).map(({ beganAt, endedAt }) => [beganAt, endedAt]).at(-1), [at(20), at(36)]);
  assert.deepEqual(await since(at(36)), []);
  assert.equal((await since(at(35))).length, 1, 'one that had not ended counts');
});

test('beats at the same time record one outage', async () => {
  const { services } = application;
  const later = new Date(Date.now() + 7_200_000);
  const results = await Promise.all(Array.from({ length: 8 }, () => beat(services, later)));
  assert.equal(results.filter(Boolean).length, 1);
});
