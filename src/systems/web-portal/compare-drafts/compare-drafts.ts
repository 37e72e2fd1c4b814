/** Two people typed one registration: both texts side by side, one choice for each part that differs. */
import { z } from 'zod';
import { readMarks, sideBeforehand } from '#platform/drafts/two-texts.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, NotFound, page, redirect } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { LANGUAGES } from '#products';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  form,
  formatTime,
  hiddenField,
  note,
  pageHead,
  radios,
  submitButton,
} from '#ui';
import { portalPage } from '../portal-page/portal-page.ts';
import { FUNDING_CHOICES, type Offer, offerOf, typed } from '../register-candidate/fields.ts';
import { DRAFTS, draftHref } from '../registration-drafts/draft-on-page.ts';
import { differingParts, draftFields, partText } from '../registration-drafts/draft-parts.ts';
import { lockDraft, type RegistrationDraft, storeDraft } from '../registration-drafts/drafts.ts';

/** The page that asks which text holds; 409 at first, 422 when a choice is open. */
export async function older(
  context: Context,
  draft: RegistrationDraft,
  mine: FormValues,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const offer = await context.read((reader) => offerOf(reader, context.centreId()));
  return page(await comparePage(context, { draft, mine, offer, errors }), errors.length > 0 ? 422 : 409);
}

interface Comparison {
  readonly draft: RegistrationDraft;
  readonly mine: FormValues;
  readonly offer: Offer;
  readonly errors: readonly FieldError[];
}

function comparePage(context: Context, { draft, mine, offer, errors }: Comparison): Promise<Safe> {
  const by = draft.savedBy ?? 'Somebody';
  const marks = typed(context.fields, 'seen') || '{}';
  const title = 'Choose between two texts';
  const words = (key: string, text: string) => wordsOf(key, text, offer) || 'Nothing';
  return portalPage(
    context,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Drafts', href: DRAFTS }, { label: draft.name || 'A candidate without name', href: draftHref(draft) }, { label: title }])}
${pageHead({ title, lead: draft.name || 'A candidate without name' })}
${note(`${by} saved this draft at ${formatTime(draft.savedAt)}, after you opened it. What you typed is not saved yet, and nothing is lost: choose for each part.`, { tone: 'warn', announce: true, class: 'mb' })}
<div class="wrap-m">${card(
      { label: title },
      form(
        { action: `${DRAFTS}/${draft.id}/compare` },
        html`${hiddenField('revision', draft.revision)}${hiddenField('seen', marks)}${hiddenField('mine', JSON.stringify(mine))}
${differingParts(mine, draft.fields).map((part) => {
  const [own, theirs] = [partText(mine, part), partText(draft.fields, part)];
  return radios({
    name: `choose.${part.key}`,
    label: part.label,
    errors,
    value: typed(context.fields, `choose.${part.key}`) || sideBeforehand(readMarks(marks)[part.key], own, theirs),
    items: [
      { value: 'theirs', label: `As saved by ${by}`, hint: words(part.key, theirs) },
      { value: 'mine', label: 'As you typed it', hint: words(part.key, own) },
    ],
  });
})}
${buttonRow(submitButton('Save what I chose'))}`,
      ),
    )}</div>`,
  );
}

/** A value as people read it. */
function wordsOf(key: string, text: string, { open, closed, sites }: Offer): string {
  switch (key) {
    case 'product':
      return [...open, ...closed].find(({ productId }) => productId === text)?.title ?? text;
    case 'site':
      return sites.find(({ id }) => id === text)?.name ?? text;
    case 'funding':
      return FUNDING_CHOICES.find(({ value }) => value === text)?.label ?? text;
    case 'assessmentLanguage':
      return Object.entries(LANGUAGES).find(([code]) => code === text)?.[1] ?? text;
    default:
      return text;
  }
}

const mineField = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

function readMine(text: string): FormValues | null {
  try {
    return draftFields(mineField.parse(JSON.parse(text)));
  } catch {
    // The page always sends it whole; whatever this is, it is not from the page.
    return null;
  }
}

/** POST /web-portal/drafts/:draftId/compare: the draft as chosen, unless somebody saved again meanwhile. */
export const sendCompare = handler({ params: z.object({ draftId: z.uuid() }) }, async (context): Promise<Answer> => {
  const centreId = context.centreId();
  const { fields } = context;
  const mine = readMine(typed(fields, 'mine'));
  const outcome = await context.write(async (writer) => {
    const draft = await lockDraft(writer, centreId, context.params.draftId);
    if (!draft) throw new NotFound();
    if (mine === null) return { draft, errors: null };
    if (Number(fields.revision) !== draft.revision) return { draft, errors: [] };
    const open = differingParts(mine, draft.fields);
    const side = (key: string) => typed(fields, `choose.${key}`);
    const errors = open
      .filter(({ key }) => side(key) !== 'mine' && side(key) !== 'theirs')
      .map(({ key, label }): FieldError => ({ field: `choose.${key}`, message: `Choose one of the two: ${label}` }));
    if (errors.length > 0) return { draft, errors };
    const chosen: FormValues = { ...draft.fields };
    for (const { key, names } of open) {
      if (side(key) !== 'mine') continue;
      for (const name of names) {
        const value = mine[name];
        if (value === undefined) delete chosen[name];
        else chosen[name] = value;
      }
    }
    await storeDraft(writer, centreId, draft, chosen);
    return { draft, errors: null };
  });
  if (outcome.errors === null || mine === null) return redirect(draftHref(outcome.draft, 'chosen'));
  return older(context as Context, outcome.draft, mine, outcome.errors);
});
