/** A submitted request of a form that comes with the product, as if a centre's user had filled it in. */
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { dueOn } from '../../src/systems/centres-hub/requests/request-clock.ts';
import type { TestApplication } from './application.ts';
import { asSuperuser } from './database.ts';

export interface SubmittedRequest {
  readonly id: string;
  /** "R-10001" */
  readonly number: string;
}

/** Writes it past the pages, so that a test of what follows need not fill in a form first. */
export async function submittedRequest(
  app: TestApplication,
  {
    form,
    by,
    centre = '04417',
    answers = {},
  }: {
    readonly form: string;
    /** Username of whoever made it. */
    readonly by: string;
    readonly centre?: string;
    readonly answers?: Readonly<Record<string, string | readonly string[]>>;
  },
): Promise<SubmittedRequest> {
  const now = app.services.clock.now();
  return asSuperuser(app.database.url, async (db) => {
    const { rows: versions } = await db.query(
      `select v.id, (v.definition ->> 'daysAllowed')::int as days from centres_hub.form_versions v
       join centres_hub.forms f on f.id = v.form_id where f.code = $1 and v.withdrawn_at is null`,
      [form],
    );
    const version = versions[0] as { id: string; days: number };
    const { rows } = await db.query(
      `insert into centres_hub.requests (form_version_id, centre_id, state, answers, begun_at, begun_by, saved_at, saved_by,
         submitted_at, submitted_by, days_allowed, due_on)
       select $1, o.id, 'submitted', $2, $3, c.person_id, $3, c.person_id, $3, c.person_id, $4, $5
       from accounts.organisations o, accounts.credentials c where o.number = $6 and c.username = $7
       returning id, number, centre_id, begun_by`,
      [version.id, JSON.stringify(answers), now, version.days, dueOn(dayInLondon(now), version.days), centre, by],
    );
    const made = rows[0] as { id: string; number: number; centre_id: string; begun_by: string };
    await db.query(
      `insert into centres_hub.request_entries (request_id, centre_id, at, person_id, side, kind, words)
       values ($1, $2, $3, $4, 'centre', 'submitted', '')`,
      [made.id, made.centre_id, now, made.begun_by],
    );
    return { id: made.id, number: `R-${made.number}` };
  });
}
