import { sql } from 'kysely';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import {
  buttonRow,
  card,
  crumbs,
  dateField,
  errorSummary,
  form,
  formatDate,
  linkButton,
  pageHead,
  radios,
  readDate,
  submitButton,
  textareaField,
  textField,
} from '#ui';
import { roomChecked } from '../centre-audit.ts';
import { sitesOf } from '../centres/centres.ts';
import { centreHandler, type HubQuery, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { recordProfileChanges } from '../profile-changes/record.ts';
import { dateAsTyped, typed, typedDate } from '../typed-fields/typed-fields.ts';

/** What was found of a room when it was looked at last. */
export interface RoomCheck {
  readonly siteId: string;
  readonly room: string;
  readonly seats: number;
  readonly fitForTests: boolean;
  readonly note: string | null;
  readonly checkedOn: string;
}

/** The newest check of each room of a centre. */
export function roomChecksOf(reader: Pick<Reader, 'rows'>, centreId: string): Promise<RoomCheck[]> {
  return reader.rows(sql<RoomCheck>`
    select distinct on (site_id, room) site_id as "siteId", room, seats, fit_for_tests as "fitForTests", note, checked_on as "checkedOn"
    from centres_hub.room_checks where centre_id = ${centreId} order by site_id, room, id desc`);
}

/** A check in words: "24 seats, fit for tests, checked on 3 March 2026". */
export function checkInWords({ seats, fitForTests, checkedOn }: RoomCheck): string {
  return `${seats} ${seats === 1 ? 'seat' : 'seats'}, ${fitForTests ? 'fit' : 'not fit'} for tests, checked on ${formatDate(checkedOn)}`;
}

const params = z.object({ siteId: z.uuid(), place: z.coerce.number().int().min(1).max(100) });
type Params = z.infer<typeof params>;

/** A room is named in the address by its place in the list of the site: names may hold anything. */
async function inQuestion(reader: Reader, context: Context<Params, HubQuery>) {
  const hub = await hubOf(reader, context);
  const site = (await sitesOf(reader, hub.centre.id)).find(({ id }) => id === context.params.siteId);
  const room = site?.rooms[context.params.place - 1];
  if (!site || room === undefined) throw new NotFound();
  const checks = await roomChecksOf(reader, hub.centre.id);
  return { hub, site, room, last: checks.find((one) => one.siteId === site.id && one.room === room) ?? null };
}
type Found = Awaited<ReturnType<typeof inQuestion>>;

const checkSchema = (today: string) =>
  z.record(z.string(), z.unknown()).transform((fields, check) => {
    const refuse = (field: string, message: string) => check.addIssue({ code: 'custom', path: [field], message });
    const seats = Number(String(fields.seats ?? '').trim() || 'none');
    const checkedOn = readDate(fields, 'checkedOn', 'day of the check', { required: true });
    const words = String(fields.note ?? '').trim();
    if (!Number.isInteger(seats) || seats < 0 || seats > 500)
      refuse('seats', 'Enter the number of seats, from 0 to 500');
    if (fields.fit !== 'yes' && fields.fit !== 'no') refuse('fit', 'Choose whether the room is fit for tests');
    if (fields.fit === 'yes' && seats === 0) refuse('seats', 'A room that is fit for tests has at least one seat');
    if (!checkedOn.ok) refuse(checkedOn.error.field, checkedOn.error.message);
    else if ((checkedOn.date as string) > today)
      refuse('checkedOn', 'The day has not come yet. Enter today or an earlier day');
    if (words.length > 500) refuse('note', 'Shorten the note to 500 characters');
    return {
      seats,
      fitForTests: fields.fit === 'yes',
      checkedOn: (checkedOn.ok && checkedOn.date) || today,
      note: words || null,
      room: String(fields.room ?? ''),
    };
  });

/** GET /centres-hub/sites/:siteId/rooms/:place/check */
export const showCheckRoom = centreHandler({ params, query: hubQuery }, async (context) => {
  const found = await context.read((reader) => inQuestion(reader, context));
  const { last } = found;
  const values: FormValues = {
    ...dateAsTyped('checkedOn', dayInLondon(context.now)),
    ...(last ? { seats: String(last.seats), fit: last.fitForTests ? 'yes' : 'no' } : {}),
  };
  return page(checkPage(await context.frame(), found, { ...values, ...(await context.keptFields()) }, []));
});

/** POST /centres-hub/sites/:siteId/rooms/:place/check: adds what was found; the newest counts. */
export const sendCheckRoom = centreHandler({ params, query: hubQuery }, (context) =>
  submitForm(context, {
    schema: checkSchema(dayInLondon(context.now)),
    page: async (values, errors) =>
      checkPage(await context.frame(), await context.read((reader) => inQuestion(reader, context)), values, errors),
    action: async (writer, { room: shown, note, ...found }) => {
      const { hub, site, room, last } = await inQuestion(writer, context);
      // The list of rooms was changed while the form was open: the place names another room now.
      if (shown !== room) throw new NotFound();
      const { id } = await writer.db
        .insertInto('centres_hub.room_checks')
        .values({
          centre_id: hub.centre.id,
          site_id: site.id,
          room,
          seats: found.seats,
          fit_for_tests: found.fitForTests,
          note,
          checked_on: found.checkedOn,
          recorded_at: writer.now,
          recorded_by: writer.identity.personId,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await writer.audit(roomChecked, { kind: 'room check', id }, { site: site.name, room, ...found }, hub.centre.id);
      const after = checkInWords({ siteId: site.id, room, note, ...found });
      await recordProfileChanges(writer, hub.centre.id, [
        { what: `Room: ${site.name}, ${room}`, before: last && checkInWords(last), after },
      ]);
      return hub.href('/centres-hub/sites');
    },
  }),
);

function checkPage(frame: Frame, { hub, site, room }: Found, values: FormValues, errors: readonly FieldError[]): Safe {
  const list = hub.href('/centres-hub/sites');
  const title = `Check ${room}`;
  const place = site.rooms.indexOf(room) + 1;
  return hubPage(
    frame,
    hub,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Sites', href: list }, { label: title }])}
${pageHead({ title, lead: whose(hub) ?? site.name })}
${card(
  { label: title },
  form(
    { action: hub.href(`/centres-hub/sites/${site.id}/rooms/${place}/check`), submissionId: crypto.randomUUID() },
    html`<input type="hidden" name="room" value="${room}">${textField({ name: 'seats', label: 'Seats for candidates', value: typed(values, 'seats'), errors, inputmode: 'numeric', width: 3, autocomplete: 'off' })}
${radios({
  name: 'fit',
  label: 'Is the room fit for tests?',
  hint: 'Quiet, enough space between the seats, working computers, and nothing on the walls that helps',
  value: typed(values, 'fit') || null,
  errors,
  items: [
    { value: 'yes', label: 'Yes' },
    { value: 'no', label: 'No' },
  ],
})}
${dateField({ name: 'checkedOn', label: 'Checked on', value: typedDate(values, 'checkedOn'), errors })}
${textareaField({ name: 'note', label: 'Note (optional)', value: typed(values, 'note'), errors, rows: 2 })}
${buttonRow(submitButton('Record the check'), linkButton('Cancel', list, { look: 'quiet' }))}`,
  ),
)}`,
  );
}
