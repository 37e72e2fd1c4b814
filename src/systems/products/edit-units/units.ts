/** Units of a draft: added, changed, put in order, removed. What the rule says of them goes with them. */
import { z } from 'zod';
import { html } from '#platform/html/html.ts';
import { type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { buttonRow, card, crumbs, errorSummary, form, hiddenField, linkButton, pageHead, submitButton } from '#ui';
import type { Content, DraftUnit } from '../drafts/content.ts';
import { unitLines } from '../drafts/differences.ts';
import { editedByCode } from '../drafts/drafts.ts';
import {
  ChangedMeanwhile,
  CODE,
  changeDraft,
  codeParams,
  draftOrBack,
  EDITING,
  editHref,
  editingPage,
  markOf,
} from '../editing-page/editing-page.ts';
import { partForm } from '../editing-page/part-form.ts';
import { withoutUnit, withRenamed } from '../rule-of-combination/rule-tree.ts';
import { unitFields, unitSchema, unitValues } from './unit-form.ts';

const MOST = 120;
const unitIn = (content: Content, code: string | undefined): DraftUnit | null =>
  content.units.find((unit) => unit.code === code) ?? null;

/** GET and POST /products/editing/:code/units/add */
export const addUnit = partForm<DraftUnit>({
  path: () => '/units/add',
  title: () => 'Add a unit',
  what: () => 'the unit',
  // Adding overwrites nothing.
  part: () => 'new',
  values: () => ({ figuresInvented: [] }),
  schema: (content) => unitSchema(content, null),
  change: (content, unit) => {
    if (content.units.length >= MOST) throw new Refused(`A product has ${MOST} units at most`);
    if (unitIn(content, unit.code))
      throw new Refused([{ field: 'code', message: `There is a unit ${unit.code} already. Choose another code` }]);
    return { ...content, units: [...content.units, unit] };
  },
  words: (_content, _params, unit) => (unit ? unitLines(unit) : []),
  fields: unitFields,
  done: '?done=saved#units',
});

/** GET and POST /products/editing/:code/units/:unit */
export const changeUnit = partForm<DraftUnit>({
  path: ({ unit }) => `/units/${unit}`,
  title: ({ unit }) => `Unit ${unit}`,
  what: ({ unit }) => `the unit ${unit}`,
  part: (content, { unit }) => unitIn(content, unit),
  values: (content, { unit }) => unitValues(unitIn(content, unit) as DraftUnit),
  schema: (content, { unit }) => unitSchema(content, unit ?? null),
  change: (content, unit, { unit: before }) => renamed(content, before as string, unit),
  words: (content, { unit }, mine) => {
    const one = mine ?? unitIn(content, unit);
    return one ? unitLines(one) : [];
  },
  fields: unitFields,
  done: '?done=saved#units',
});

function renamed(content: Content, before: string, unit: DraftUnit): Content {
  const units = content.units.map((one) => (one.code === before ? unit : one));
  if (unit.code === before) return { ...content, units };
  if (unitIn(content, unit.code))
    throw new Refused([{ field: 'code', message: `There is a unit ${unit.code} already. Choose another code` }]);
  const now = (code: string) => (code === before ? unit.code : code);
  return {
    ...content,
    units,
    rule: {
      ...content.rule,
      root: withRenamed(content.rule.root, before, unit.code),
      barred: content.rule.barred.map(([one, other]) => [now(one), now(other)] as const),
    },
    pathways: content.pathways.map((pathway) => ({ ...pathway, units: pathway.units.map(now) })),
  };
}

function removed(content: Content, code: string): Content {
  return {
    ...content,
    units: content.units.filter((unit) => unit.code !== code),
    rule: {
      ...content.rule,
      root: withoutUnit(content.rule.root, code),
      barred: content.rule.barred.filter((pair) => !pair.includes(code)),
    },
    pathways: content.pathways.map((pathway) => ({
      ...pathway,
      units: pathway.units.filter((unit) => unit !== code),
    })),
  };
}

/** POST /products/editing/:code/units/move */
export const sendMoveUnit = handler({ params: codeParams }, async (context) => {
  const { code } = context.params;
  return submitForm(context, {
    schema: z.object({ unit: z.string().max(40), way: z.enum(['up', 'down']) }),
    page: () => {
      throw new NotFound();
    },
    action: async (writer, { unit, way }) => {
      await changeDraft(writer, {
        code,
        seen: null,
        part: () => null,
        change: (content) => {
          const units = [...content.units];
          const from = units.findIndex((one) => one.code === unit);
          const to = from + (way === 'up' ? -1 : 1);
          if (from < 0 || to < 0 || to >= units.length) return content;
          units.splice(to, 0, ...units.splice(from, 1));
          return { ...content, units };
        },
        what: `the order: ${unit} ${way}`,
      });
      return editHref(code, '?done=saved#units');
    },
  });
});

const unitParams = z.object({ code: z.string().regex(CODE), unit: z.string().max(40) });

async function removePage(context: Context<z.infer<typeof unitParams>>, errors: readonly FieldError[]) {
  const { code, unit: unitCode } = context.params;
  const edited = await context.read((reader) => editedByCode(reader, code));
  const unit = edited.draft && unitIn(edited.draft.content, unitCode);
  if (!unit) throw new NotFound();
  const title = `Remove unit ${unit.code}`;
  return editingPage(
    await context.frame(),
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Editing', href: EDITING }, { label: code, href: editHref(code) }, { label: title }])}
${pageHead({ title, lead: unit.title })}
${card(
  { label: 'What is removed' },
  form(
    { action: editHref(code, `/units/${unit.code}/remove`), submissionId: crypto.randomUUID() },
    html`${hiddenField('seen', markOf(unit))}<p>The unit goes out of the draft with its outcomes and criteria, and out of the rule of combination and the pathways that name it.</p>
<p class="muted">Versions that are published keep it.</p>
${buttonRow(submitButton('Remove the unit', { look: 'bad' }), linkButton('Cancel', editHref(code), { look: 'quiet' }))}`,
  ),
)}`,
  );
}

/** GET /products/editing/:code/units/:unit/remove */
export const showRemoveUnit = handler({ params: unitParams }, async (context) => {
  const edited = await context.read((reader) => editedByCode(reader, context.params.code));
  const { back } = draftOrBack(edited);
  return back ?? page(await removePage(context, []));
});

/** POST /products/editing/:code/units/:unit/remove */
export const sendRemoveUnit = handler({ params: unitParams }, (context) => {
  const { code, unit } = context.params;
  return submitForm(context, {
    schema: z.object({ seen: z.string().default('') }),
    page: (_values, errors) => removePage(context, errors),
    action: async (writer, { seen }) => {
      try {
        await changeDraft(writer, {
          code,
          seen,
          part: (content) => unitIn(content, unit),
          change: (content) => removed(content, unit),
          what: `removed: unit ${unit}`,
        });
      } catch (error) {
        if (error instanceof ChangedMeanwhile)
          throw new Refused('It was changed after you opened this page. Look at it again, then remove it');
        throw error;
      }
      return editHref(code, '?done=removed#units');
    },
  });
});
