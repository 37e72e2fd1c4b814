/**
 * Many running sittings at once, written straight into the tables as the superuser: what admission, identity check and
 * start leave behind, one sitting for each candidate. Thousands through the pages would take minutes.
 */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { ItemContent } from '#qti';
import { candidateNumber } from '#web-portal';
import { type BlueprintPart, drawPaper } from '../../../src/systems/online-assessments/start-sitting/paper.ts';
import type { PreparedSeat } from './load-seat.ts';

export interface PreparedRoom {
  readonly seats: readonly PreparedSeat[];
  /** Questions of the paper that all of them have. */
  readonly questions: number;
  /** Open sessions, `SEATS_A_SESSION` sittings each, and the demonstration's user names of their invigilators. */
  readonly sessionIds: readonly string[];
  readonly invigilator: string;
}

const SEATS_A_SESSION = 25;
const CENTRE = '04417';
/** Above all monotonic stamps of a run, and within what a form may allow. */
const ALLOWED_MS = 8 * 3600 * 1000;
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '23456789';

interface Form {
  id: string;
  bank_id: string;
  blueprint: BlueprintPart[];
  product_id: string;
  version_id: string;
  unit_id: string;
  centre_id: string;
}

/** Makes `count` running sittings at the first demonstration centre. Needs the demonstration. */
export async function prepareSittings(adminUrl: string, count: number): Promise<PreparedRoom> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('begin');
    const room = await prepare(client, count);
    await client.query('commit');
    await client.query('analyze online_assessments.sittings, online_assessments.sitting_papers');
    return room;
  } finally {
    await client.end();
  }
}

async function prepare(client: pg.Client, count: number): Promise<PreparedRoom> {
  const form = await publishedForm(client);
  const paper = await paperOf(client, form);
  const sessionIds = await makeSessions(client, form, Math.ceil(count / SEATS_A_SESSION));
  const seats = await makeSittings(client, form, sessionIds, count);
  const seed = randomBytes(32);
  await client.query(
    'insert into online_assessments.sitting_papers (sitting_id, order_seed, paper) select s, $2, $3 from unnest($1::uuid[]) s',
    [seats.map(({ sittingId }) => sittingId), seed, JSON.stringify(paper)],
  );
  return { seats, questions: paper.questions.length, sessionIds, invigilator: 'invigilator' };
}

async function publishedForm(client: pg.Client): Promise<Form> {
  const { rows } = await client.query<Form>(
    `select f.id, f.bank_id, f.blueprint, f.product_id, u.version_id, u.id as unit_id, c.id as centre_id
    from online_assessments.test_forms f
    join products.versions v on v.product_id = f.product_id
    join products.units u on u.version_id = v.id and u.code = f.unit_code
    join accounts.organisations c on c.number = $1
    where f.published_at is not null and f.withdrawn_at is null order by f.code limit 1`,
    [CENTRE],
  );
  if (!rows[0]) throw new Error('The demonstration has no published test form; sittings cannot be prepared.');
  return rows[0];
}

async function paperOf(client: pg.Client, form: Form) {
  const bank = await client.query<{ id: string; group_code: string; content: ItemContent }>(
    `select v.id, i.group_code, v.content from online_assessments.items i
    join online_assessments.item_versions v on v.id = i.current_version_id
    where i.bank_id = $1 and i.status = 'live'`,
    [form.bank_id],
  );
  const drawable = bank.rows.map(({ id, group_code, content }) => ({ itemVersionId: id, group: group_code, content }));
  const drawn = drawPaper(form.blueprint, drawable, randomBytes(32));
  if (!drawn.ok) throw new Error(drawn.message);
  return drawn.paper;
}

async function makeSessions(client: pg.Client, form: Form, count: number): Promise<string[]> {
  const codes = Array.from({ length: count }, (_, n) => sessionCode(n));
  const { rows } = await client.query<{ id: string }>(
    `insert into online_assessments.sessions (centre_id, room, starts_at, code, state, created_at, opened_at)
    select $1, 'Load ' || n, now(), code, 'open', now(), now() from unnest($2::text[]) with ordinality as c(code, n) returning id`,
    [form.centre_id, codes],
  );
  const ids = rows.map(({ id }) => id);
  await client.query(
    `insert into online_assessments.session_invigilators (session_id, centre_id, person_id, added_at)
    select s, $1, m.person_id, now() from unnest($2::uuid[]) s cross join lateral (
      select person_id from accounts.memberships where organisation_id = $1 and role = 'invigilator' and ended_at is null limit 1) m`,
    [form.centre_id, ids],
  );
  return ids;
}

/** Codes that no session of the demonstration uses: they begin with Z. */
function sessionCode(n: number): string {
  const letter = (k: number) => LETTERS[k % LETTERS.length] as string;
  const digit = (k: number) => DIGITS[k % DIGITS.length] as string;
  const rest = Math.floor(n / 512);
  return `Z${letter(Math.floor(rest / 24))}${letter(rest)}-${digit(Math.floor(n / 64))}${digit(Math.floor(n / 8))}${digit(n)}`;
}

async function makeSittings(
  client: pg.Client,
  form: Form,
  sessionIds: readonly string[],
  count: number,
): Promise<PreparedSeat[]> {
  const numbers = Array.from({ length: count }, (_, n) => candidateNumber(7_000_000 + n));
  const tokens = numbers.map(() => randomBytes(32).toString('base64url'));
  const { rows } = await client.query<{ id: string; n: string }>(
    `with numbered as (select number, token, n from unnest($1::text[], $2::text[]) with ordinality as t(number, token, n)),
    candidates as (
      insert into web_portal.candidates (candidate_number, given_names, family_name, name_key, search_text, birth_date, uln_absent_reason, created_at)
      select number, 'Load', 'Candidate ' || n, 'candidate load ' || n, 'load candidate ' || n || ' ' || number, '2005-05-05', 'Not yet known', now()
      from numbered returning id, candidate_number),
    joined as (
      insert into web_portal.centre_candidates (centre_id, candidate_id, how, joined_at) select $3, id, 'registered', now() from candidates),
    registrations as (
      insert into web_portal.registrations (centre_id, candidate_id, product_id, product_version_id, programme_start, registered_at, days_used, late, state, state_changed_at, units_needed)
      select $3, id, $4, $5, current_date, now(), 0, false, 'active', now(), 1 from candidates returning id, candidate_id),
    sittings as (
      insert into online_assessments.sittings (centre_id, session_id, registration_id, candidate_id, unit_id, test_form_id, seat, state,
        state_changed_at, booked_at, arrived_at, seat_token_hash, identity_document, identity_confirmed_at,
        started_at, allowed_ms, running_since, deadline_at, epoch, device_key, seen_at)
      select $3, ($6::uuid[])[1 + (n.n - 1) / $7], r.id, c.id, $8, $9, 1 + (n.n - 1) % $7, 'running',
        now(), now(), now(), sha256(convert_to(n.token, 'UTF8')), 'passport', now(),
        now(), $10::bigint, now(), now() + make_interval(secs => $10::bigint / 1000), 1, '{"kty":"EC","crv":"P-256"}', now()
      from numbered n join candidates c on c.candidate_number = n.number join registrations r on r.candidate_id = c.id
      returning id, candidate_id),
    states as (
      insert into online_assessments.sitting_states (centre_id, sitting_id, from_state, to_state, at, reason)
      select $3, id, 'checked_in', 'running', now(), 'Prepared for a test under load' from sittings)
    select s.id, n.n from sittings s join candidates c on c.id = s.candidate_id join numbered n on n.number = c.candidate_number order by n.n`,
    [
      numbers,
      tokens,
      form.centre_id,
      form.product_id,
      form.version_id,
      sessionIds,
      SEATS_A_SESSION,
      form.unit_id,
      form.id,
      ALLOWED_MS,
    ],
  );
  const ids = rows.map(({ id }) => id);
  // The empty chain begins with the hash of the sitting's id, which the insert has only just made.
  await client.query(
    `update online_assessments.sittings set head = sha256(convert_to(id::text, 'UTF8')) where id = any ($1::uuid[])`,
    [ids],
  );
  return ids.map((sittingId, n) => ({ sittingId, token: tokens[n] as string }));
}
