import { z } from 'zod';
import type { Reader, Writer } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { type Handler, handler } from '#platform/http/routes.ts';
import type { Services } from '#platform/services.ts';
import { card, crumbs, errorSummary, linkButton, note, pageHead, reasonForm } from '#ui';
import { reasonField } from '../people/person-fields.ts';
import { peoplePage, withSystemRights } from './people-page.ts';
import { lockPeople, type PersonRecord, personRecord } from './records.ts';
import { administrationProblem } from './rules.ts';

interface WithPerson {
  readonly personId: string;
}

/** An act about one person that asks for a reason, after a look at what it does. */
export interface ReasonAct<Params extends WithPerson, Found, Fields extends { reason: string }> {
  readonly params: z.ZodType<Params>;
  /** The last part of its address: `suspend`, after /people/ID. */
  readonly address: (params: Params) => string;
  readonly schema: z.ZodType<Fields>;
  /** What the act is about beside the person; 404 by `NotFound`. */
  readonly find: (reader: Reader, record: PersonRecord, params: Params) => Promise<Found>;
  /** Why it cannot be done, or null. `writer` is there when it is about to be done. */
  readonly problem: (
    record: PersonRecord,
    found: Found,
    writer: Writer | null,
  ) => Promise<string | null> | string | null;
  readonly title: (record: PersonRecord, found: Found) => string;
  readonly button: string;
  readonly look: 'main' | 'bad';
  /** What happens, as a list. */
  readonly preview: (record: PersonRecord, found: Found) => Safe;
  /** Fields between the reason and the button. */
  readonly more?: (
    record: PersonRecord,
    found: Found,
    values: FormValues,
    errors: readonly FieldError[],
  ) => Safe | null;
  readonly act: (
    writer: Writer,
    record: PersonRecord,
    found: Found,
    fields: Fields,
    services: Services,
  ) => Promise<void>;
  /** What the page of the person says afterwards. */
  readonly done: string;
}

export const withReason = z.object({ reason: reasonField });
export const personParams = z.object({ personId: z.uuid() });

interface Looked<Found> {
  readonly record: PersonRecord;
  readonly found: Found;
  readonly problem: string | null;
}

/** The page of the act, and what its form does. */
export function reasonAct<Params extends WithPerson, Found, Fields extends { reason: string }>(
  act: ReasonAct<Params, Found, Fields>,
): { readonly show: Handler<Params>; readonly send: Handler<Params> } {
  const look = async (reader: Reader, context: Context<Params>, writer: Writer | null): Promise<Looked<Found>> => {
    const record = await personRecord(reader, context.params.personId);
    if (record.status === 'merged') throw new NotFound();
    const found = await act.find(reader, record, context.params);
    const problem = administrationProblem(context.person(), record) ?? (await act.problem(record, found, writer));
    return { record, found, problem };
  };
  const show = async (context: Context<Params>, values: FormValues, errors: readonly FieldError[]): Promise<Safe> => {
    const looked = await context.read((reader) => look(reader, context, null));
    return actPage(act, context, await context.frame(), looked, values, errors);
  };
  return {
    show: handler({ params: act.params }, async (asked): Promise<Answer> => {
      const context = withSystemRights(asked);
      return page(await show(context, await context.keptFields(), []));
    }),
    send: handler({ params: act.params }, (asked) => {
      const context = withSystemRights(asked);
      return submitForm(context, {
        schema: act.schema,
        page: (values, errors) => show(context, values, errors),
        action: async (writer, fields) => {
          await lockPeople(writer, context.params.personId);
          const { record, found, problem } = await look(writer, context, writer);
          if (problem) throw new Refused(problem);
          await act.act(writer, record, found, fields, context.services);
          return `/people/${record.id}?done=${act.done}`;
        },
      });
    }),
  };
}

function actPage<Params extends WithPerson, Found, Fields extends { reason: string }>(
  act: ReasonAct<Params, Found, Fields>,
  context: Context<Params>,
  frame: Frame,
  { record, found, problem }: Looked<Found>,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const back = `/people/${record.id}`;
  const title = act.title(record, found);
  return peoplePage(
    frame,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'People', href: '/people' }, { label: record.name, href: back }, { label: act.button }])}
${pageHead({ title })}
${
  problem && errors.length === 0
    ? note(`${problem}.`, {
        tone: 'warn',
        action: linkButton('Back to the person', back, { look: 'quiet', small: true }),
      })
    : html`<div class="stack">${card({ title: 'What happens', id: 'happens' }, act.preview(record, found))}
${card(
  { label: 'Why' },
  reasonForm(
    {
      action: `${back}/${act.address(context.params)}`,
      button: act.button,
      look: act.look,
      back,
      values,
      errors,
      hint: 'It is kept in the record.',
    },
    act.more?.(record, found, values, errors),
  ),
)}</div>`
}`,
  );
}
