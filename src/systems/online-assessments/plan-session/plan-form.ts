import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { equipmentOf, equipmentWords, type Site, type SiteEquipment, sitesOf } from '#centres-hub';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import {
  buttonRow,
  type Choice,
  crumbs,
  dateField,
  errorSummary,
  form,
  linkButton,
  note,
  pageHead,
  radios,
  readDate,
  selectField,
  submitButton,
  textField,
} from '#ui';
import { assessmentsPage } from '../assessments-page/assessments-page.ts';
import { typed } from '../sitting-act/act.ts';
import { planSession } from './plan-session.ts';

const PATH = '/online-assessments/sessions/plan';
/** The entry for a room that the centre's sites do not name. */
const OTHER = 'other';

const schema = z
  .object({
    room: z.string('Choose the room').min(1, 'Choose the room'),
    otherRoom: z.string().trim().max(60, 'Use up to 60 characters').catch(''),
    when: z.enum(['now', 'later'], 'Choose when the session begins'),
    time: z.string().trim().catch(''),
  })
  .loose();

/** GET /online-assessments/sessions/plan */
export async function showPlan(context: Context): Promise<Answer> {
  const sites = await sitesHere(context);
  return page(await planPage(context, sites, { when: 'now', ...(await context.keptFields()) }, []));
}

/** POST /online-assessments/sessions/plan: leads to the booking of candidates. */
export async function submitPlan(context: Context): Promise<Answer> {
  const sites = await sitesHere(context);
  return submitForm(context, {
    schema,
    page: (values, errors) => planPage(context, sites, values, errors),
    action: async (writer, value) => {
      const place = placeOf(sites, value.room, value.otherRoom);
      const startsAt = value.when === 'now' ? writer.now : momentOf(context.fields, value.time);
      const { id } = await planSession(writer, { ...place, startsAt });
      return `/online-assessments/sessions/${id}/book`;
    },
  });
}

const equipmentHere = (context: Context): Promise<SiteEquipment[]> =>
  context.read((reader) => equipmentOf(reader, context.centreId()));

/** Whether auto-save of the browsers is declared off for each site: a note, it stops nothing. */
function equipmentNote(equipment: readonly SiteEquipment[]): Safe | false {
  if (equipment.length === 0) return false;
  const open = equipment.some(({ state }) => state === 'missing' || state === 'ran_out');
  return note(
    html`Auto-save of the browsers off: ${equipment.map((one) => `${one.site}: ${equipmentWords(one).toLowerCase()}`).join('; ')}.`,
    {
      tone: open ? 'warn' : 'info',
      class: 'mb',
    },
  );
}

const sitesHere = (context: Context): Promise<Site[]> => context.read((reader) => sitesOf(reader, context.centreId()));

function roomChoices(sites: readonly Site[]): Choice[] {
  return sites.flatMap((site) =>
    site.rooms.map((room) => ({
      value: `${site.id}|${room}`,
      label: sites.length > 1 ? `${site.name}, ${room}` : room,
    })),
  );
}

function placeOf(sites: readonly Site[], room: string, other: string): { room: string; siteId?: string } {
  if (room === OTHER) {
    if (!other)
      throw new Refused([{ field: 'otherRoom', message: 'Enter the name of the room, such as "Workshop 2"' }]);
    return { room: other };
  }
  const [siteId = '', ...name] = room.split('|');
  const site = sites.find((each) => each.id === siteId);
  const named = site?.rooms.find((each) => each === name.join('|'));
  if (!site || !named) throw new Refused([{ field: 'room', message: 'Choose a room from the list' }]);
  return { room: named, siteId: site.id };
}

/** The moment that was typed as a date and a time in London. */
function momentOf(fields: FormValues, time: string): Date {
  const date = readDate(fields, 'date', 'date of the session', { required: true });
  if (!date.ok) throw new Refused([date.error]);
  const match = /^([01]?\d|2[0-3])[:.]?([0-5]\d)$/.exec(time);
  if (!match) throw new Refused([{ field: 'time', message: 'Enter the time as hours and minutes, such as 09:30' }]);
  const moment = Temporal.PlainDate.from(date.date as string).toZonedDateTime({
    timeZone: 'Europe/London',
    plainTime: { hour: Number(match[1]), minute: Number(match[2]) },
  });
  return new Date(moment.epochMilliseconds);
}

async function planPage(
  context: Context,
  sites: readonly Site[],
  values: FormValues,
  raised: readonly FieldError[],
): Promise<Safe> {
  const rooms = roomChoices(sites);
  // The rule speaks of the moment; the form asks for it in two fields.
  const errors = raised.map((error) => (error.field === 'startsAt' ? { ...error, field: 'time' } : error));
  const tomorrow = Temporal.PlainDate.from(dayInLondon(context.now)).add({ days: 1 });
  const equipment = await equipmentHere(context);
  return assessmentsPage(
    context,
    { title: 'Plan a session', form: true, hasErrors: errors.length > 0 },
    html`<div class="wrap-m">${crumbs([{ label: 'Sessions', href: '/online-assessments' }, { label: 'Plan a session' }])}${errorSummary(
      errors,
    )}${pageHead({ title: 'Plan a session', lead: 'A room at a time. Candidates are booked next; an invigilator opens it.' })}
${equipmentNote(equipment)}
${form(
  { action: PATH, submissionId: crypto.randomUUID(), class: 'ao-card' },
  html`${selectField({
    name: 'room',
    label: 'Room',
    value: typed(values, 'room') || (rooms.length === 1 ? rooms[0]?.value : ''),
    placeholder: 'Choose a room',
    choices: [...rooms, { value: OTHER, label: 'Another room' }],
    errors,
  })}${textField({
    name: 'otherRoom',
    label: 'Name of another room',
    hint: 'Only for a room that is not in the list',
    value: typed(values, 'otherRoom'),
    errors,
    width: 20,
    autocomplete: 'off',
  })}${radios({
    name: 'when',
    label: 'When does it begin?',
    value: typed(values, 'when'),
    errors,
    items: [
      { value: 'now', label: 'Now', hint: 'It can be opened as soon as candidates are booked' },
      { value: 'later', label: 'At a date and time', hint: 'It can be opened from an hour before' },
    ],
  })}${dateField({
    name: 'date',
    label: 'Date',
    hint: `For example ${tomorrow.day} ${tomorrow.month} ${tomorrow.year}`,
    value: { day: typed(values, 'date-day'), month: typed(values, 'date-month'), year: typed(values, 'date-year') },
    errors,
  })}${textField({
    name: 'time',
    label: 'Time',
    hint: 'In the United Kingdom, such as 09:30',
    value: typed(values, 'time'),
    errors,
    width: 5,
    autocomplete: 'off',
  })}${buttonRow(submitButton('Plan the session'), linkButton('Cancel', '/online-assessments', { look: 'quiet' }))}`,
)}</div>`,
  );
}
