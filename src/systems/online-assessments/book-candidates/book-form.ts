import { z } from 'zod';
import type { Writer } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  actionBar,
  crumbs,
  emptyState,
  errorSummary,
  form,
  formatDateTime,
  linkButton,
  listHref,
  note,
  pageHead,
  pager,
  submitButton,
  table,
  toolbar,
} from '#ui';
import { arrangementWords } from '#web-portal';
import { assessmentsPage } from '../assessments-page/assessments-page.ts';
import { type Session, sessionById } from '../session/sessions.ts';
import { typed } from '../sitting-act/act.ts';
import { type Booking, bookCandidates } from './book-candidates.ts';
import {
  type Bookable,
  type BookableQuery,
  bookableQuery,
  extraTimeChoices,
  listBookable,
  PAGE_SIZE,
} from './list-bookable.ts';

const params = z.object({ session: z.uuid() });
type BookContext = Context<{ session: string }, BookableQuery>;

const choice = z
  .string()
  .regex(/^[0-9a-f-]{36}_[0-9a-f-]{36}$/)
  .transform((value) => {
    const [registrationId, unitId] = value.split('_') as [string, string];
    return { registrationId, unitId, key: value };
  });
const NOBODY = 'Tick at least one candidate';
const schema = z
  .object({
    who: z
      .preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(choice).max(PAGE_SIZE))
      .refine((list) => list.length > 0, NOBODY),
  })
  .loose();

/** GET /online-assessments/sessions/:session/book */
export const showBooking = handler({ params, query: bookableQuery }, async (context): Promise<Answer> => {
  const values = await context.keptFields();
  return page(await bookingPage(context, values, []));
});

/** POST /online-assessments/sessions/:session/book: several at once, all or none. */
export const submitBooking = handler({ params, query: bookableQuery }, async (context): Promise<Answer> => {
  try {
    return await submitForm(context as unknown as Context, {
      schema,
      page: (values, errors) => bookingPage(context, values, errors),
      action: async (writer, { who }) => {
        await sessionById(writer, context.params.session);
        const bookings = who.map(({ key, ...unit }) => ({ ...unit, ...arrangementOf(context.fields, key) }));
        await bookEach(writer, context.params.session, bookings);
        return `/online-assessments/sessions/${context.params.session}?booked=${bookings.length}`;
      },
    });
  } catch (error) {
    // Booked into another session at the very same moment: the index of live sittings has the last word.
    if (!(error instanceof Error) || (error as Error & { code?: string }).code !== '23505') throw error;
    const message = 'One of these candidates was booked elsewhere a moment ago. Look at the list again';
    return page(await bookingPage(context, context.fields, [{ field: 'who', message }]), 422);
  }
});

/** Books one after the other, so that each refusal names its candidate; what one refuses takes back all. */
async function bookEach(writer: Writer, sessionId: string, bookings: readonly Booking[]): Promise<void> {
  const errors: FieldError[] = [];
  for (const booking of bookings) {
    try {
      await bookCandidates(writer, { sessionId, bookings: [booking] });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const name = await nameOf(writer, booking.registrationId);
      errors.push(...error.errors.map(({ message }) => ({ field: 'who', message: `${name}: ${message}` })));
    }
  }
  if (errors.length > 0) throw new Refused(errors);
}

async function nameOf(writer: Writer, registrationId: string): Promise<string> {
  const row = await writer.db
    .selectFrom('web_portal.published_registrations as r')
    .innerJoin('web_portal.published_candidates as c', (join) =>
      join.onRef('c.id', '=', 'r.candidate_id').onRef('c.centre_id', '=', 'r.centre_id'),
    )
    .select(['c.given_names', 'c.family_name'])
    .where('r.id', '=', registrationId)
    .executeTakeFirstOrThrow();
  return `${row.given_names} ${row.family_name}`;
}

/** The approved access arrangement as typed for one row. Throws Refused with the field of that row. */
function arrangementOf(fields: FormValues, key: string): Pick<Booking, 'extraTimePercent' | 'addedSeconds'> {
  const percent = typed(fields, `extra-${key}`) || '0';
  const minutes = typed(fields, `minutes-${key}`).trim() || '0';
  if (!/^\d{1,3}$/.test(percent) || Number(percent) > 100)
    throw new Refused([{ field: `extra-${key}`, message: 'Choose the extra time from the list' }]);
  if (!/^\d{1,3}$/.test(minutes) || Number(minutes) > 120)
    throw new Refused([
      { field: `minutes-${key}`, message: 'Enter the added minutes as a whole number from 0 to 120' },
    ]);
  return { extraTimePercent: Number(percent), addedSeconds: Number(minutes) * 60 };
}

async function bookingPage(context: BookContext, values: FormValues, errors: readonly FieldError[]): Promise<Safe> {
  const { query } = context;
  const { session, found } = await context.read(async (reader) => {
    const own = await sessionById(reader, context.params.session);
    const at = new Date(Math.max(own.startsAt.getTime(), context.now.getTime()));
    return { session: own, found: await listBookable(reader, own.centreId, query, at) };
  });
  const back = `/online-assessments/sessions/${session.id}`;
  const path = `${back}/book`;
  const narrowed = Boolean(query.q || query.product);
  const linked = { q: query.q, product: query.product };
  const address = listHref(path, linked, { page: query.page > 1 ? String(query.page) : undefined });
  return assessmentsPage(
    context as unknown as Context,
    { title: 'Book candidates', form: true, hasErrors: errors.length > 0 },
    html`${crumbs([
      { label: 'Sessions', href: '/online-assessments' },
      { label: session.room, href: back },
      { label: 'Book candidates' },
    ])}${errorSummary(errors)}
${pageHead({ title: 'Book candidates', lead: `${session.room}, ${formatDateTime(session.startsAt)}` })}
${closed(session)}
<section class="ao-card flush" aria-label="Registrations with a test to take">${
      (found.rows.length > 0 || narrowed) &&
      toolbar({
        action: path,
        label: 'Find candidates',
        query: linked,
        filters: [
          { kind: 'search', name: 'q', label: 'Name or candidate number' },
          {
            kind: 'select',
            name: 'product',
            label: 'Product',
            choices: [
              { value: '', label: 'All products' },
              ...found.products.map(({ id, title }) => ({ value: id, label: title })),
            ],
          },
        ],
      })
    }${
      found.rows.length === 0
        ? html`<div class="pad">${nobody(narrowed, path)}</div>`
        : form(
            { action: address, submissionId: crypto.randomUUID() },
            html`${bookableTable(found.rows, values, errors)}${pager({
              page: query.page,
              pageSize: PAGE_SIZE,
              total: found.total,
              href: (number) => listHref(path, linked, { page: number > 1 ? String(number) : undefined }),
            })}${actionBar(
              html`Extra time and added minutes are those approved for the candidate`,
              html`${linkButton('Back to the session', back, { look: 'quiet' })}${submitButton('Book the ticked candidates')}`,
            )}`,
          )
    }</section>`,
  );
}

function closed({ state }: Session): Safe | null {
  if (state === 'planned' || state === 'open') return null;
  return note(`This session is ${state}: nobody can be booked any more. Plan another one.`, {
    tone: 'warn',
    class: 'mb',
  });
}

function nobody(narrowed: boolean, path: string): Safe {
  return narrowed
    ? emptyState({
        icon: 'search',
        title: 'No candidates match',
        text: 'Search for another name or number, or look at the whole list.',
        actions: linkButton('Clear the search', path, { look: 'quiet' }),
      })
    : emptyState({
        icon: 'users',
        title: 'Nobody has a test to take',
        text: 'Candidates appear here when they are registered for a product with an online test that they have not passed yet.',
        actions: linkButton('Candidates', '/web-portal/candidates', { look: 'quiet' }),
      });
}

function bookableTable(rows: readonly Bookable[], values: FormValues, errors: readonly FieldError[]): Safe {
  const ticked = new Set([values.who ?? []].flat());
  const firstFree = rows.findIndex(({ answer }) => answer.available);
  return table<Bookable>({
    caption: 'Registrations with a test to take, by name',
    rows,
    columns: [
      {
        label: 'Candidate',
        header: true,
        cell: (row) => {
          const key = keyOf(row);
          const id = row === rows[firstFree] ? 'who' : `who-${key}`;
          if (!row.answer.available)
            return html`<span class="strong">${row.name}</span><span class="sub code">${row.candidateNumber}</span>`;
          return html`<label class="ao-tick" for="${id}"><input class="ao-check" type="checkbox" id="${id}" name="who" value="${key}"${
            ticked.has(key) && html` checked`
          }><span><span class="strong">${row.name}</span><span class="sub code">${row.candidateNumber}</span></span></label>`;
        },
      },
      { label: 'Test', phone: 'plain', cell: (row) => html`${row.test}<span class="sub">${row.product}</span>` },
      {
        label: 'Time, or why not',
        phone: 'plain',
        cell: (row) => (row.answer.available ? arrangement(row, values, errors) : why(row)),
      },
    ],
  });
}

const keyOf = ({ registrationId, unitId }: Bookable): string => `${registrationId}_${unitId}`;

/** Why not, and from when. */
function why({ answer }: Bookable): Safe {
  if (answer.available) return html``;
  return html`<span class="warnc">Cannot sit at this time.</span> ${answer.obstacles.map(({ message }) => message).join(' ')}`;
}

function arrangement(row: Bookable, values: FormValues, errors: readonly FieldError[]): Safe {
  const key = keyOf(row);
  const [extra, minutes] = [`extra-${key}`, `minutes-${key}`];
  const wrong = errors.filter(({ field }) => field === extra || field === minutes);
  const granted = row.arrangement?.extraTimePercent ?? 0;
  const chosen = typed(values, extra) || String(granted);
  return html`${wrong.map(
    ({ message }) =>
      html`<p class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ${message}</p>`,
  )}<span class="ao-arrangement"><select class="govuk-select" id="${extra}" name="${extra}" aria-label="Extra time of ${row.name}">${extraTimeChoices(
    row.baseSeconds,
    granted,
  ).map(
    ({ value, label }) => html`<option value="${value}"${value === chosen && html` selected`}>${label}</option>`,
  )}</select><span><label for="${minutes}">plus</label><input class="govuk-input govuk-input--width-2" id="${minutes}" name="${minutes}" inputmode="numeric" autocomplete="off" value="${typed(
    values,
    minutes,
  )}" aria-label="Added minutes of ${row.name}"><span>min</span></span></span>${row.arrangement && html`<span class="sub">Granted: ${arrangementWords(row.arrangement)}${row.arrangement.notes && html`. ${row.arrangement.notes}`}</span>`}`;
}
