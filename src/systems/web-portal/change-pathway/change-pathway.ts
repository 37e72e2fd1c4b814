/** Choosing pathway and optional units for a registration, or choosing anew: preview, reason, history. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Reader, Writer } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { productById, unitsOf, versionById } from '#products';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  form,
  hiddenField,
  linkButton,
  pageHead,
  submitButton,
  summaryList,
  textareaField,
} from '#ui';
import { lockRegistrations } from '../change-state/change-state.ts';
import { choiceFixedBy } from '../contributions/contributions.ts';
import { type Choice, choiceInWords, choiceProblems, isOpen, whatToChoose } from '../pathway-choice/choice.ts';
import { type ChosenVersion, choiceFields, typedChoice } from '../pathway-choice/choice-card.ts';
import { choiceOf, recordChoices } from '../pathway-choice/choices.ts';
import { changeHref, choiceWords } from '../pathway-choice/pathway-card.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { typed } from '../register-candidate/fields.ts';
import { unitAchievementsOf } from '../registrations/registrations.ts';
import { type ChangeEffect, changeEffect } from './change-effect.ts';

const params = z.object({ registrationId: z.uuid() });
type ChangeContext = Pick<Context<z.infer<typeof params>>, 'centreId' | 'params' | 'read'>;

interface Changing extends ChosenVersion {
  readonly registrationId: string;
  readonly candidateName: string;
  readonly now: Choice;
  readonly requirementsMetAt: Date | null;
  /** Codes, and when each was achieved. */
  readonly achieved: readonly { readonly code: string; readonly at: Date }[];
  /** Why it cannot be changed today. */
  readonly closed: string | null;
}

/** The registration of the centre with what can be chosen; 404 for any other, and where nothing is left open. */
async function changing(reader: Reader, centreId: string, registrationId: string): Promise<Changing> {
  const row = await reader.db
    .selectFrom('web_portal.registrations as r')
    .innerJoin('web_portal.candidates as c', 'c.id', 'r.candidate_id')
    .select([
      'r.product_id',
      'r.product_version_id',
      'r.state',
      'r.requirements_met_at',
      'c.given_names',
      'c.family_name',
    ])
    .where('r.id', '=', registrationId)
    .where('r.centre_id', '=', centreId)
    .executeTakeFirst();
  const product = row && (await productById(reader, row.product_id));
  const version = row && (await versionById(reader, row.product_version_id));
  if (!row || !product || !version) throw new NotFound();
  const { pathways, alternatives } = whatToChoose(version);
  if (pathways.length === 0 && alternatives.length === 0) throw new NotFound();
  const units = await unitsOf(reader, version.id);
  const codeOf = new Map(units.map(({ id, code }) => [id, code]));
  return {
    registrationId,
    product,
    version,
    units,
    candidateName: `${row.given_names} ${row.family_name}`,
    now: await choiceOf(reader, registrationId),
    requirementsMetAt: row.requirements_met_at,
    achieved: (await unitAchievementsOf(reader, registrationId)).map(({ unitId, achievedAt }) => ({
      code: codeOf.get(unitId) ?? '',
      at: achievedAt,
    })),
    closed:
      row.state !== 'active'
        ? 'The registration is not in progress, so its pathway and units stay as they are'
        : await choiceFixedBy(reader, registrationId),
  };
}

const found = (context: ChangeContext): Promise<Changing> =>
  context.read((reader) => changing(reader, context.centreId(), context.params.registrationId));

const asFields = ({ pathway, units }: Choice, productId: string): FormValues => ({
  unitsOf: productId,
  unit: [...units],
  ...(pathway && { pathway }),
});

/** GET /web-portal/registrations/:registrationId/pathway */
export const showChangePathway = handler({ params }, async (context): Promise<Answer> => {
  const what = await found(context);
  const kept = await context.keptFields();
  const values = typed(kept, 'unitsOf') ? kept : asFields(what.now, what.product.id);
  return page(await choosePage(context as Context, what, values, []));
});

/** POST /web-portal/registrations/:registrationId/pathway: first the preview, then, with a reason, the change. */
export const changePathway = handler({ params }, async (context): Promise<Answer> => {
  const what = await found(context);
  const choice = typedChoice(context.fields, what.product.id);
  const problems = problemsOf(what, choice);
  if (problems.length > 0) return page(await choosePage(context as Context, what, context.fields, problems), 422);
  if (typed(context.fields, 'act') === 'preview')
    return page(await previewPage(context as Context, what, choice, {}, []));
  return submitForm(context as Context, {
    schema: z.object({
      reason: z
        .string('Say why, in a few words. It stands in the history')
        .trim()
        .min(1, 'Say why, in a few words. It stands in the history')
        .max(500, 'The reason is longer than 500 characters. Shorten it'),
    }),
    page: async (values, errors) => previewPage(context as Context, await found(context), choice, values, errors),
    action: (writer, { reason }) => change(writer, context.centreId(), what.registrationId, choice, reason),
  });
});

function problemsOf(what: Changing, choice: Choice): FieldError[] {
  if (what.closed) return [{ field: '', message: what.closed }];
  const problems = choiceProblems(what.version, what.units, choice);
  if (problems.length > 0) return problems;
  const same = choiceWords(choice) === choiceWords(what.now);
  return same ? [{ field: '', message: 'This is the choice that holds already. Change something, or go back' }] : [];
}

/** Locks the registration, judges once more, writes the choice and what follows from it. */
async function change(
  writer: Writer,
  centreId: string,
  registrationId: string,
  choice: Choice,
  reason: string,
): Promise<string> {
  await lockRegistrations(writer, centreId, [registrationId]);
  const what = await changing(writer, centreId, registrationId);
  const problems = problemsOf(what, choice);
  if (problems.length > 0) throw new Refused(problems);
  const effect = effectOf(what, choice);
  const latest = what.achieved.map(({ at }) => at.getTime()).reduce((a, b) => Math.max(a, b), 0);
  await writer.db
    .updateTable('web_portal.registrations')
    .set({
      units_needed: effect.neededAfter,
      units_achieved: effect.countedAfter,
      requirements_met_at: effect.metAfter ? (what.requirementsMetAt ?? new Date(latest)) : null,
    })
    .where('id', '=', registrationId)
    .where('centre_id', '=', centreId)
    .execute();
  await recordChoices(writer, centreId, [{ registrationId, choice, reason }]);
  return `/web-portal/registrations/${registrationId}#pathway`;
}

const effectOf = (what: Changing, to: Choice): ChangeEffect =>
  changeEffect(
    what.version,
    what.units,
    what.achieved.map(({ code }) => code),
    { from: what.now, to },
  );

function head(what: Changing, errors: readonly FieldError[]): Safe {
  const title = isOpen(what.now) ? 'Choose pathway and optional units' : 'Change pathway and optional units';
  const here = `/web-portal/registrations/${what.registrationId}`;
  return html`${crumbs([{ label: 'Candidates', href: '/web-portal/candidates' }, { label: what.product.title, href: here }, { label: 'Pathway' }])}
${errorSummary(errors)}${pageHead({ title, lead: `${what.candidateName}, ${what.product.title}` })}`;
}

function choosePage(
  context: Context,
  what: Changing,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const back = `/web-portal/registrations/${what.registrationId}`;
  return portalPage(
    context,
    { title: 'Pathway and optional units', form: true, hasErrors: errors.length > 0 },
    html`${head(what, errors)}<div class="wrap-m">${card(
      { label: 'Choice' },
      what.closed
        ? html`<p>${what.closed}.</p>${linkButton('Back to the registration', back, { look: 'quiet' })}`
        : form(
            { action: changeHref(what.registrationId) },
            html`${choiceFields(values, errors, what)}
${buttonRow(submitButton('See what changes', { name: 'act', value: 'preview' }), linkButton('Cancel', back, { look: 'quiet' }))}`,
          ),
    )}</div>`,
  );
}

function previewPage(
  context: Context,
  what: Changing,
  choice: Choice,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const effect = effectOf(what, choice);
  const titles = new Map(what.units.map(({ code, title }) => [code, `${code} ${title}`]));
  const list = (codes: readonly string[]) =>
    html`<ul class="m0">${codes.map((code) => html`<li>${titles.get(code) ?? code}</li>`)}</ul>`;
  const rows: ([string, Safe | string] | null)[] = [
    ['Now', choiceWords(what.now)],
    ['Afterwards', choiceWords(choice)],
    ['By the rule', choiceInWords(what.version, what.units, choice) ?? ''],
    effect.noLonger.length > 0 ? ['Achieved, and no longer counts', list(effect.noLonger)] : null,
    effect.newly.length > 0 ? ['Achieved, and counts now', list(effect.newly)] : null,
    effect.outsidePlan.length > 0 ? ['Achieved, and no longer planned', list(effect.outsidePlan)] : null,
    ['Certificate', certificateWords(effect)],
  ];
  return portalPage(
    context,
    { title: 'What changes', form: true, hasErrors: errors.length > 0 },
    html`${head(what, errors)}<div class="wrap-m">${card(
      { title: 'What changes', id: 'preview' },
      form(
        { action: changeHref(what.registrationId), submissionId: randomUUID() },
        html`${summaryList(rows)}${hiddenField('unitsOf', what.product.id)}${choice.pathway && hiddenField('pathway', choice.pathway)}${choice.units.map((code) => hiddenField('unit', code))}
<p>Units that are achieved stay achieved, whatever counts.</p>
${textareaField({ name: 'reason', label: 'Reason', hint: 'It stands in the history of the registration', value: typed(values, 'reason'), errors, rows: 3 })}
${buttonRow(submitButton(isOpen(what.now) ? 'Choose these' : 'Change to these'), linkButton('Choose otherwise', changeHref(what.registrationId), { look: 'quiet' }))}`,
      ),
    )}</div>`,
  );
}

function certificateWords({ metBefore, metAfter, missingAfter }: ChangeEffect): Safe | string {
  if (metAfter) return metBefore ? 'It can be claimed, before and after' : 'It can be claimed afterwards';
  const open = html`<ul class="m0">${missingAfter.map(({ sentence }) => html`<li>${sentence}</li>`)}</ul>`;
  return html`${metBefore ? 'It can be claimed now, and no longer afterwards. Then needed:' : 'Still needed:'}${open}`;
}
