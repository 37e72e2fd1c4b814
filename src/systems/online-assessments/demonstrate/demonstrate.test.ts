import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { publishedFormFor } from '#online-assessments';
import { openLog } from '#platform/log/log.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { checkLedger } from '#test/check-ledger.ts';
import { createTestDatabase, settingsFor } from '#test/database.ts';
import { createApplication } from '../../../application.ts';
import { sessions } from './sitting-plan.ts';

let app: TestApplication;
before(async () => {
  app = await startTestApplication();
});
after(() => app.close());

const rows = <Row>(query: ReturnType<typeof sql<Row>>) =>
  app.services.database.read(SYSTEM, (reader) => reader.rows(query));

describe('the demonstration of online assessments', () => {
  it('has three banks of 20 questions, each with a published form of 12 that somebody else than its author approved', async () => {
    const banks = await rows(sql<{ code: string; items: number; pictures: number }>`
      select b.code, count(distinct i.id)::int as items, count(l.name)::int as pictures
      from online_assessments.item_banks b join online_assessments.items i on i.bank_id = b.id
      left join online_assessments.item_pictures l on l.item_version_id = i.current_version_id
      group by b.code order by b.code`);
    assert.deepEqual(
      banks.map(({ code, items }) => [code, items]),
      [
        ['ARH', 20],
        ['EVH', 20],
        ['LVE', 20],
      ],
    );
    assert.ok(banks.every(({ pictures }) => pictures >= 4));
    const forms = await rows(sql<{ product: string; unit: string; hours: number; own: boolean }>`
      select p.id as product, f.unit_code as unit, f.hours_after_registration as hours, f.created_by = f.published_by as own
      from online_assessments.test_forms f join products.products p on p.id = f.product_id order by f.unit_code`);
    assert.deepEqual(
      forms.map(({ unit, hours, own }) => [unit, hours, own]),
      [
        ['ARH-1', 0, false],
        ['EVH-1', 48, false],
        ['LVP-K03', 48, false],
      ],
    );
    for (const { product, unit } of forms) {
      const form = await app.services.database.read(SYSTEM, (reader) => publishedFormFor(reader, product, unit));
      assert.deepEqual([form?.questions, form?.passMark, form?.state], [12, 9, 'published']);
    }
  });

  it('has sittings of every kind whose chains, papers and results fit', async () => {
    const kinds = await rows(
      sql<{ state: string }>`select distinct state from online_assessments.sittings order by state`,
    );
    assert.deepEqual(
      kinds.map(({ state }) => state),
      ['absent', 'booked', 'cancelled', 'released', 'void'],
    );
    const ended = await rows(sql<{ to_state: string }>`
      select distinct to_state from online_assessments.sitting_states where to_state in ('handed_in', 'timed_out', 'ended_by_invigilator') order by 1`);
    assert.equal(ended.length, 3);
    const report = await checkLedger(app.database.url);
    assert.ok(report.sittings >= 9 && report.stored > 90);
    assert.deepEqual(report.problems, []);
  });

  it('shows passes and fails, records the passes, and has no result before its sitting', async () => {
    const results = await rows(sql<{ passed: boolean; recorded: boolean; inOrder: boolean; topics: unknown[] }>`
      select r.passed, r.topics,
        exists (select from web_portal.unit_achievements a where a.source_kind = 'sitting' and a.source_id = r.sitting_id) as recorded,
        s.booked_at < s.arrived_at and s.arrived_at < s.started_at and s.started_at < s.ended_at and s.ended_at <= r.released_at as "inOrder"
      from online_assessments.results r join online_assessments.sittings s on s.id = r.sitting_id`);
    assert.ok(results.some(({ passed }) => passed) && results.some(({ passed }) => !passed));
    for (const { passed, recorded, inOrder, topics } of results) {
      assert.equal(recorded, passed);
      assert.ok(inOrder);
      assert.ok(topics.length >= 4);
    }
  });

  it('has a planned session with the candidate who can log in, and keeps the centres apart', async () => {
    const [booked] = await rows(sql<{ state: string; unit: string; session: string }>`
      select s.state, u.code as unit, n.state as session from online_assessments.sittings s
      join online_assessments.sessions n on n.id = s.session_id join products.units u on u.id = s.unit_id
      join web_portal.candidates c on c.id = s.candidate_id join accounts.credentials k on k.person_id = c.person_id
      where k.username = 'candidate'`);
    assert.deepEqual(booked, { state: 'booked', unit: 'ARH-1', session: 'planned' });
    const [mixed] = await rows(sql<{ n: number }>`
      select count(*)::int as n from online_assessments.sittings s join web_portal.registrations r on r.id = s.registration_id
      join online_assessments.sessions e on e.id = s.session_id where r.centre_id <> s.centre_id or e.centre_id <> s.centre_id`);
    assert.equal(mixed?.n, 0);
  });

  for (const hour of ['00:10', '08:50', '23:50']) {
    it(`fills every seat of its plan when the first start is at ${hour}`, async () => {
      const database = await createTestDatabase({ demo: false });
      const application = await createApplication({
        settings: settingsFor(database.server),
        keys: database.keys,
        databaseUrl: database.url,
        log: openLog(() => {}),
        clock: new SetClock(new Date(`2026-11-20T${hour}:00Z`)),
      });
      const [filled] = await application.services.database.read(SYSTEM, (reader) =>
        reader.rows(sql<{ n: number }>`select count(*)::int as n from online_assessments.sittings`),
      );
      await application.close();
      await database.drop();
      assert.equal(filled?.n, sessions.flatMap(({ seats }) => seats).length);
    });
  }
});
