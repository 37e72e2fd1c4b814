/** What the Web Portal's pages of a candidate and of a registration ask of Online Assessments. */
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { formatDateTime, link, rowLink, table, tag } from '#ui';
import { availability } from '../availability/availability.ts';
import { readAvailability } from '../availability/read-availability.ts';
import { type SittingState, STATE_WORDS } from '../sitting/states.ts';

/** A part of a candidate's page. */
export interface TestsSection {
  readonly id: string;
  readonly title: string;
  readonly body: Safe;
  readonly flush?: boolean;
}

interface Row {
  id: string;
  registration_id: string;
  unit_id: string;
  test: string;
  session_id: string;
  room: string;
  starts_at: Date;
  ended_at: Date | null;
  state: SittingState;
  score: number | null;
  maximum: number | null;
  passed: boolean | null;
  topics: readonly { readonly topic: string; readonly score: number; readonly max: number }[] | null;
}

/** "Tests": every booking and result of the candidate, newest first, and when the next sitting is allowed and why. */
export async function candidateTests(reader: Reader, candidateId: string): Promise<TestsSection[]> {
  const { centreId } = reader.identity;
  const rows = await reader.rows(sql<Row>`
    select s.id, s.registration_id, s.unit_id, f.title as test, n.id as session_id, n.room, n.starts_at, s.ended_at, s.state,
      r.score, r.maximum, r.passed, r.topics
    from online_assessments.sittings s
    join online_assessments.sessions n on n.id = s.session_id
    join online_assessments.test_forms f on f.id = s.test_form_id
    left join lateral (select score, maximum, passed, topics from online_assessments.results
      where sitting_id = s.id and released_at is not null order by version desc limit 1) r on true
    where s.candidate_id = ${candidateId} and (${centreId}::uuid is null or s.centre_id = ${centreId}::uuid)
    order by coalesce(s.ended_at, n.starts_at) desc, s.id desc limit 100`);
  if (rows.length === 0) return [];
  const next = new Map<string, string>();
  for (const row of rows) {
    const unit = `${row.registration_id} ${row.unit_id}`;
    // Told once for each unit, at its latest sitting.
    if (next.has(unit)) continue;
    next.set(unit, row.passed === false ? await nextInWords(reader, row) : '');
  }
  const told = new Set<string>();
  const shown = rows.map((row) => {
    const unit = `${row.registration_id} ${row.unit_id}`;
    const words = told.has(unit) ? '' : (next.get(unit) ?? '');
    told.add(unit);
    return { ...row, next: words };
  });
  return [{ id: 'tests', title: 'Tests', flush: true, body: testsTable(shown, reader.now) }];
}

/** When the next sitting is allowed, or why not. */
async function nextInWords(reader: Reader, row: Row): Promise<string> {
  const { facts } = await readAvailability(reader, { registrationId: row.registration_id, unitId: row.unit_id });
  const answer = availability(facts, reader.now);
  return answer.available ? 'Can be booked again now.' : answer.obstacles.map(({ message }) => message).join(' ');
}

function testsTable(rows: readonly (Row & { readonly next: string })[], now: Date): Safe {
  return table<Row & { readonly next: string }>({
    caption: 'Tests, newest first',
    rows,
    columns: [
      { label: 'Test', header: true, cell: (row) => rowLink(row.test, `/online-assessments/sittings/${row.id}`) },
      {
        label: 'When',
        phone: 'plain',
        cell: (row) =>
          html`<span class="nw">${formatDateTime(row.ended_at ?? row.starts_at, 'list', now)}</span><span class="sub">${row.room}</span>`,
      },
      { label: 'Result', phone: 'status', cell: resultOf },
      { label: 'What follows', phone: 'plain', cell: (row) => row.next || revise(row) },
    ],
  });
}

function resultOf({ passed, score, maximum, state }: Row): Safe {
  if (passed === null || state === 'void') return tag(STATE_WORDS[state]);
  return html`${passed ? tag('Pass', 'ok', 'check') : tag('Not yet', 'warn')} <span class="nw">${score} of ${maximum}</span>`;
}

function revise({ topics, passed }: Row): string {
  if (passed !== true || !topics) return '';
  const weak = topics.filter(({ score, max }) => score < max).length;
  return weak === 0 ? 'Every question right' : '';
}

/** The registration whose open units are asked for. */
export interface RegistrationAsked {
  readonly id: string;
  readonly versionId: string;
}

/** What comes next for each unit of a registration that is tested online: booked, open, or when and why not. */
export async function testSteps(
  reader: Reader,
  registration: RegistrationAsked,
): Promise<{ readonly unitId: string; readonly text: string | Safe }[]> {
  const units = await reader.rows(sql<{
    id: string;
    sitting_id: string | null;
    session_id: string | null;
    starts_at: Date | null;
    state: SittingState | null;
  }>`
    select u.id, s.id as sitting_id, s.session_id, n.starts_at, s.state
    from products.published_units u
    left join online_assessments.sittings s on s.registration_id = ${registration.id} and s.unit_id = u.id
      and s.state in ('booked', 'checked_in', 'running', 'paused', 'handed_in', 'timed_out', 'ended_by_invigilator', 'marked', 'held')
    left join online_assessments.sessions n on n.id = s.session_id
    where u.version_id = ${registration.versionId} and u.assessed_by = 'online_test' and not exists (
      select from web_portal.published_unit_achievements a where a.registration_id = ${registration.id} and a.unit_id = u.id)
    order by u.position`);
  const steps: { unitId: string; text: string | Safe }[] = [];
  for (const unit of units) {
    if (unit.sitting_id && unit.starts_at && unit.state) {
      const href = `/online-assessments/sittings/${unit.sitting_id}`;
      const words =
        unit.state === 'booked' ? `Test booked for ${formatDateTime(unit.starts_at)}` : STATE_WORDS[unit.state];
      steps.push({ unitId: unit.id, text: link(words, href) });
      continue;
    }
    const { facts } = await readAvailability(reader, { registrationId: registration.id, unitId: unit.id });
    const answer = availability(facts, reader.now);
    steps.push({
      unitId: unit.id,
      text: answer.available
        ? 'The test can be taken now: book it in Online Assessments'
        : answer.obstacles.map(({ message }) => message).join(' '),
    });
  }
  return steps;
}
