import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asSuperuser, createTestDatabase } from '#test/database.ts';
import { fillOnce } from './fill-once.ts';
import { migrate } from './migrate.ts';

test('a filling that was cut off is taken back and made anew; a complete one stays', async () => {
  const database = await createTestDatabase({ demo: false });
  const count = async () =>
    (await asSuperuser(database.url, (client) => client.query('select count(*)::int as n from accounts.people')))
      .rows[0].n;
  const add = async (times: number) => {
    for (let i = 0; i < times; i++)
      await asSuperuser(database.url, (client) =>
        client.query("insert into accounts.people (given_names, family_name) values ('A', 'B')"),
      );
  };
  const steps = {
    isEmpty: async () => (await count()) === 0,
    migrate: async () => void (await migrate({ adminUrl: database.url, passwords: database.keys.database })),
  };
  try {
    await assert.rejects(
      fillOnce(database.url, {
        ...steps,
        fill: async () => {
          await add(1);
          throw new Error('cut off');
        },
      }),
      /cut off/,
    );
    assert.equal(await count(), 1);
    await fillOnce(database.url, { ...steps, fill: () => add(2) });
    assert.equal(await count(), 2);
    await fillOnce(database.url, { ...steps, fill: () => add(3) });
    assert.equal(await count(), 2);
  } finally {
    await database.drop();
  }
});
