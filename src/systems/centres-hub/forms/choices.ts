/** What can be chosen where a question names things of the centre, and what chosen ids are called. */
import { sql } from 'kysely';
import { membersOf } from '#accounts';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import type { Choice } from '#ui';
import { approvedProducts } from '../approvals/approvals.ts';
import { sitesOf } from '../centres/centres.ts';
import { staffOf } from '../staff/staff-members.ts';
import { candidatePicker } from './candidate-picker.ts';
import {
  type Answers,
  answerList,
  CHOSEN_TYPES,
  type FormDefinition,
  type Question,
  questionsOf,
} from './definition.ts';

/** Choices by question key. Of candidates only the one that is chosen: there are too many to list. */
export type Choices = Readonly<Record<string, readonly Choice[]>>;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const withNumber = (title: string, number: string | null) => (number ? `${title} (${number})` : title);

/** Published products that are offered today, by title. */
async function offeredProducts(reader: Reader): Promise<Choice[]> {
  const today = dayInLondon(reader.now);
  const rows = await reader.rows(sql<{ id: string; title: string; number: string | null }>`
    select p.id, p.title, p.qualification_number as number from products.published_products p
    join lateral (select * from products.published_versions v where v.product_id = p.id order by v.version desc limit 1) v on true
    where v.operational_end is null or v.operational_end >= ${today} order by p.title`);
  return rows.map(({ id, title, number }) => ({ value: id, label: withNumber(title, number) }));
}

const loaders: Partial<Record<Question['type'], (reader: Reader, centreId: string) => Promise<Choice[]>>> = {
  product: async (reader, centreId) =>
    (await approvedProducts(reader, centreId)).map((one) => ({
      value: one.productId,
      label: withNumber(one.title, one.qualificationNumber),
    })),
  any_product: offeredProducts,
  site: async (reader, centreId) =>
    (await sitesOf(reader, centreId)).map(({ id, name }) => ({ value: id, label: name })),
  staff_member: async (reader, centreId) => [
    ...(await membersOf(reader, centreId)).map((one) => ({
      value: one.personId,
      label: `${one.givenNames} ${one.familyName}`,
    })),
    ...(await staffOf(reader, centreId)).map((one) => ({
      value: one.id,
      label: `${one.givenNames} ${one.familyName}, ${one.function}`,
    })),
  ],
};

/** The choices of a form at a centre. Call it in the scope of the centre, or of somebody who may see it. */
export async function choicesOf(
  reader: Reader,
  centreId: string,
  definition: Pick<FormDefinition, 'sections'>,
  answers: Answers,
): Promise<Choices> {
  const byType = new Map<string, readonly Choice[]>();
  const choices: Record<string, readonly Choice[]> = {};
  for (const { key, type } of questionsOf(definition)) {
    if (!CHOSEN_TYPES.includes(type)) continue;
    if (type === 'candidate') {
      const ids = answerList(answers, key).filter((id) => UUID.test(id));
      const named = ids.length > 0 ? await candidatePicker().named(reader, centreId, ids) : [];
      choices[key] = named.map(({ id, words }) => ({ value: id, label: words }));
      continue;
    }
    const known = byType.get(type) ?? (await loaders[type]?.(reader, centreId)) ?? [];
    byType.set(type, known);
    choices[key] = known;
  }
  return choices;
}

/** The ids that may be chosen, by question. */
export function idsOf(choices: Choices): Record<string, ReadonlySet<string>> {
  return Object.fromEntries(
    Object.entries(choices).map(([key, list]) => [key, new Set(list.map(({ value }) => value))]),
  );
}

/** The words of every id that can be chosen. */
export function namesOf(choices: Choices): ReadonlyMap<string, string> {
  return new Map(Object.values(choices).flatMap((list) => list.map(({ value, label }) => [value, label] as const)));
}
