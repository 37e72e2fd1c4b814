/** Saving a half-made registration: by the button, before a registration, and while somebody types. */
import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { type Answer, json, NotFound, redirect } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { formatTime } from '#ui';
import { candidateById } from '../candidates/candidates.ts';
import { older } from '../compare-drafts/compare-drafts.ts';
import { chosenInWords } from '../pathway-choice/choice-card.ts';
import { typed } from '../register-candidate/fields.ts';
import { draftHref, typedDraft } from '../registration-drafts/draft-on-page.ts';
import { isEmpty, marksOf } from '../registration-drafts/draft-parts.ts';
import { draftById, overwrites, saveDraft } from '../registration-drafts/drafts.ts';
import { programmeChoices } from '../registration-drafts/form-to-show.ts';

/**
 * What a form of registration does before it registers: its other buttons save the draft, and a text that somebody else
 * saved since the page was made is never passed over. Null: go on and register.
 */
export async function draftFirst(context: Context, candidateId: string | null): Promise<Answer | null> {
  const centreId = context.centreId();
  const draft = typedDraft(context.fields, candidateId);
  if (!draft) return null;
  const act = typed(context.fields, 'act');
  if (act !== 'save' && act !== 'units') {
    const stored = await context.read((reader) => draftById(reader, centreId, draft.id));
    return stored && overwrites(stored, draft) ? older(context, stored, draft.fields) : null;
  }
  const place = act === 'units' ? '#units' : '';
  if (isEmpty(draft.fields)) return redirect(`${context.url.split('?')[0]}${place}`);
  const saved = await context.write(async (writer) => {
    await refuseForeign(writer, centreId, candidateId);
    return saveDraft(writer, centreId, draft);
  });
  if (saved.kind === 'older') return older(context, saved.draft, draft.fields);
  const done = saved.anew ? 'anew' : act === 'save' ? 'saved' : undefined;
  return redirect(`${draftHref({ id: saved.id, candidateId }, done)}${place}`);
}

/** A draft is about a candidate of the own centre, or about somebody new. */
async function refuseForeign(reader: Pick<Reader, 'db'>, centreId: string, candidateId: string | null): Promise<void> {
  if (candidateId && !(await candidateById(reader, candidateId, centreId))) throw new NotFound();
}

/** What the page says of the text as it is now, by the place that says it. */
async function toldOf(reader: Reader, fields: FormValues): Promise<Record<string, string>> {
  const { chosen, days } = await programmeChoices(
    reader,
    { offer: { open: [], closed: [], sites: [], cohorts: [] }, draft: null },
    fields,
  );
  return { days: days ?? '', units: chosenInWords(fields, chosen) ?? '' };
}

const candidateOf = z.uuid().nullable().catch(null);

/** POST /web-portal/drafts/typed: the same save, as the island sends it while somebody types; answers in JSON. */
export async function saveTyped(context: Context): Promise<Answer> {
  const centreId = context.centreId();
  const candidateId = candidateOf.parse(context.fields.candidate ?? null);
  const draft = typedDraft(context.fields, candidateId);
  if (!draft) return json({ message: 'This form carries no draft. Load the page again' }, 409);
  const saved = await context.write(async (writer) => {
    await refuseForeign(writer, centreId, candidateId);
    const stored = await draftById(writer, centreId, draft.id);
    // Ended by somebody else meanwhile: only the button begins it anew, so that nobody does so without noticing.
    if (!stored && draft.revision > 0) return null;
    return saveDraft(writer, centreId, draft);
  });
  if (saved === null)
    return json(
      {
        message:
          'This draft was registered or thrown away meanwhile. Press "Save draft" to keep what you typed as a new one.',
      },
      409,
    );
  if (saved.kind === 'older') {
    const { savedBy, savedAt } = saved.draft;
    return json(
      {
        message: `${savedBy ?? 'Somebody'} saved this draft too, at ${formatTime(savedAt)}. Press "Save draft" to compare both; nothing is lost.`,
      },
      409,
    );
  }
  return json({
    revision: saved.revision,
    seen: marksOf(draft.fields),
    said: `Saved at ${formatTime(context.now)}`,
    told: await context.read((reader) => toldOf(reader, draft.fields)),
    missing: [],
  });
}
