import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { asSuperuser, createTestDatabase, type TestDatabase } from '#test/database.ts';
import { centres } from '../../content/demonstration/people.ts';
import { auditRowLevelSecurity } from './row-level-security.ts';

const numbers = centres.map((centre) => centre.number) as unknown as readonly [string, string];

let database: TestDatabase;
before(async () => {
  database = await createTestDatabase();
});
after(() => database.drop());

test('row-level security alone leaks nothing between the two centres', async (t) => {
  const { tables, ownRows, problems } = await auditRowLevelSecurity(database, numbers);
  t.diagnostic(`${tables} tables, ${ownRows} own rows read, as each of two centres`);
  assert.ok(tables >= 40, `only ${tables} tables`);
  assert.ok(ownRows >= 200, `only ${ownRows} rows: the demonstration is too small to prove anything`);
  assert.deepEqual(problems, []);
});

test('it goes red when one policy is dropped, loosened, or a table is opened', async (t) => {
  const planted = {
    'a policy dropped': ['drop policy own_centre on web_portal.candidates', 'web_portal.candidates'],
    'a policy loosened': [
      'alter policy own_centre on web_portal.registrations using (true)',
      'web_portal.registrations',
    ],
    'row-level security off': ['alter table centres_hub.approvals disable row level security', 'centres_hub.approvals'],
    'a new table without a policy': ['create table web_portal.planted (id uuid primary key)', 'web_portal.planted'],
  };
  for (const [name, [statement = '', table = '']] of Object.entries(planted)) {
    await t.test(name, async () => {
      const own = await createTestDatabase();
      try {
        await asSuperuser(own.url, (client) => client.query(statement));
        const { problems } = await auditRowLevelSecurity(own, numbers);
        assert.ok(
          problems.some((problem) => problem.startsWith(table)),
          problems.join('\n'),
        );
      } finally {
        await own.drop();
      }
    });
  }
});
