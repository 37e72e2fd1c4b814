import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { type Answer, NotFound, page, redirect } from '#platform/http/answers.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { withSystemRights } from '../administration/people-page.ts';
import { personParams } from '../administration/reason-act.ts';
import { type PersonRecord, personRecord } from '../administration/records.ts';
import { administrationProblem } from '../administration/rules.ts';
import { type FoundPerson, findPeople, peopleQuery } from '../list-people/find-people.ts';
import { reasonField } from '../people/person-fields.ts';
import { mergePeople, previewMerge } from './merge.ts';
import { chooseOtherPage, mergePage } from './page.ts';

const MOST_FOUND = 20;

const chooseQuery = z.object({ q: z.string().trim().max(100).optional().catch(undefined) });

/** GET /people/:personId/merge: finds the other record of the same person; at first those of the same name. */
export const chooseOther = handler({ params: personParams, query: chooseQuery }, async (asked): Promise<Answer> => {
  const context = withSystemRights(asked);
  const found = await context.read(async (reader) => {
    const record = await personRecord(reader, context.params.personId);
    const q = context.query.q ?? record.name;
    return { record, q, others: await othersLike(reader, record, q) };
  });
  if (found.record.status === 'merged') return redirect(`/people/${found.record.id}`);
  const problem = administrationProblem(context.person(), found.record);
  return page(chooseOtherPage(await context.frame(), { ...found, problem }));
});

async function othersLike(reader: Reader, record: PersonRecord, q: string): Promise<FoundPerson[]> {
  if (q === '') return [];
  const found = await findPeople(reader, peopleQuery.parse({ q }), MOST_FOUND + 1);
  return found.filter(({ id }) => id !== record.id).slice(0, MOST_FOUND);
}

const mergeParams = z.object({ personId: z.uuid(), otherId: z.uuid() });

/** GET /people/:personId/merge/:otherId: what happens when the other record is merged into this one. */
export const showMerge = handler({ params: mergeParams }, async (asked): Promise<Answer> => {
  const context = withSystemRights(asked);
  const { personId: keptId, otherId: mergedId } = context.params;
  if (keptId === mergedId) throw new NotFound();
  const { services } = context;
  const preview = await context.read((reader) =>
    previewMerge(reader, services, context.person(), { keptId, mergedId }),
  );
  return page(mergePage(await context.frame(), preview, await context.keptFields(), []));
});

/** POST /people/:personId/merge/:otherId */
export const sendMerge = handler({ params: mergeParams }, (asked) => {
  const context = withSystemRights(asked);
  const { services } = context;
  const { personId: keptId, otherId: mergedId } = context.params;
  return submitForm(context, {
    schema: z.object({ reason: reasonField, seen: z.string().max(100).catch('') }),
    page: async (values, errors) => {
      const merge = { keptId, mergedId };
      const preview = await context.read((reader) => previewMerge(reader, services, context.person(), merge));
      return mergePage(await context.frame(), preview, values, errors);
    },
    action: async (writer, fields) => {
      await mergePeople(writer, services, context.person(), { keptId, mergedId, ...fields });
      return `/people/${keptId}?done=merged`;
    },
  });
});
