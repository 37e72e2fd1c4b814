import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { arrangementOn } from './access-arrangements.ts';

test('without row-level security too a centre reads its own arrangements alone', async (t) => {
  const app = await startTestApplication();
  t.after(() => app.close());
  const [made] = (
    await asSuperuser(app.database.url, (db) =>
      db.query(
        `insert into web_portal.access_arrangements (centre_id, candidate_id, extra_time_percent, valid_from, valid_until, granted_at, request_number)
         select c.centre_id, c.id, 25, '2026-11-01', '2027-11-01', now(), 'R-1' from web_portal.published_candidates c
           join accounts.organisations o on o.id = c.centre_id
         where o.number = '04417' and not exists (select from web_portal.access_arrangements a where a.candidate_id = c.id) limit 1
         returning candidate_id as candidate, centre_id as own, (select id from accounts.organisations where number = '04426') as other`,
      ),
    )
  ).rows as { candidate: string; own: string; other: string }[];
  assert.ok(made);
  const asked = { candidateId: made.candidate, day: '2026-11-25' };
  // The system's role passes the policies; the centre it acts for still binds the question.
  const as = (centreId: string) =>
    app.services.database.read({ kind: 'system', centreId }, (reader) => arrangementOn(reader, asked));
  assert.equal((await as(made.own))?.extraTimePercent, 25);
  assert.equal(await as(made.other), null);
});
