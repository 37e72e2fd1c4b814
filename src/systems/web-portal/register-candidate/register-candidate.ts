import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import { type Answer, type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { addCandidate, candidateById, lockCandidatesOf } from '../candidates/candidates.ts';
import { type FoundMatch, findMatches } from '../possible-match/find-matches.ts';
import { type KnownElsewhere, knownElsewhere } from '../possible-match/known-elsewhere.ts';
import { draftIdOf } from '../registration-drafts/draft-on-page.ts';
import { endTypedDraft, formToShow, programmeChoices } from '../registration-drafts/form-to-show.ts';
import { register } from '../registrations/register.ts';
import { draftFirst } from '../save-draft/save-draft.ts';
import { type RegistrationEntry, registrationForm } from './form.ts';
import { elsewhereKey, registerPage, shownKey } from './page.ts';

export const registerQuery = z.object({
  product: z.uuid().optional().catch(undefined),
  draft: z.uuid().optional().catch(undefined),
  done: z.enum(['saved', 'chosen', 'anew']).optional().catch(undefined),
});

/** GET /web-portal/candidates/register */
export const showRegister = handler({ query: registerQuery }, async (context): Promise<Answer> => {
  const centreId = context.centreId();
  const { product, done } = context.query;
  const shown = await context.read((reader) => formToShow(reader, centreId, { draftId: context.query.draft }));
  const values = { ...(product ? { product } : {}), ...shown.values, ...(await context.keptFields()) };
  return page(
    await registerPage(context as Context, {
      ...(await context.read((reader) => programmeChoices(reader, shown, values))),
      values,
      done,
      errors: [],
      matches: [],
      elsewhere: [],
      submissionId: randomUUID(),
    }),
  );
});

/** POST /web-portal/candidates/register: a new candidate with a number, or a further registration of a known one. */
export async function registerCandidate(context: Context): Promise<Answer> {
  const centreId = context.centreId();
  const instead = await draftFirst(context, null);
  if (instead) return instead;
  let matches: readonly FoundMatch[] = [];
  let elsewhere: readonly KnownElsewhere[] = [];
  return submitForm(context, {
    schema: registrationForm(dayInLondon(context.now)),
    page: async (values, errors) => {
      const draftId = draftIdOf(values);
      const shown = await context.read(async (reader) =>
        programmeChoices(reader, await formToShow(reader, centreId, { draftId, ended: 'is fine' }), values),
      );
      // The refused submission left nothing, so its id can be used again; two presses of one page still act once.
      const submissionId = String(values.submissionId ?? '') || randomUUID();
      return registerPage(context, { ...shown, values, errors, matches, elsewhere, submissionId });
    },
    action: async (writer, entry) => {
      await lockCandidatesOf(writer, centreId);
      matches = await findMatches(writer, centreId, entry.candidate);
      elsewhere = await knownElsewhere(writer, entry.candidate);
      const candidate = await candidateFor(writer, centreId, entry, { matches, elsewhere });
      const registrationId = await register(writer, candidate, entry.programme);
      await endTypedDraft(writer, centreId, context.fields);
      return `/web-portal/candidates/${candidate.id}?registered=${registrationId}`;
    },
  });
}

interface Chosen {
  readonly id: string;
  readonly centreId: string;
  readonly number: string;
  readonly name: string;
}

interface Found {
  readonly matches: readonly FoundMatch[];
  readonly elsewhere: readonly KnownElsewhere[];
}

/** What nobody has said yet: who a match of the own centre is, and whether somebody known elsewhere is the same person. */
function unanswered(entry: RegistrationEntry, { matches, elsewhere }: Found): FieldError[] {
  const { match, matchesShown, elsewhereShown } = entry;
  const errors: FieldError[] = [];
  if (matches.length > 0 && (match === null || matchesShown !== shownKey(matches))) {
    const message = 'Somebody like this is registered at your centre. Say whether it is the same person';
    errors.push({ field: 'match', message });
  }
  const asked = match?.kind !== 'same' && elsewhere.length > 0;
  if (asked && (entry.elsewhere === null || elsewhereShown !== elsewhereKey(elsewhere))) {
    const message = 'Somebody with these details is known to the awarding body. Say whether it is the same person';
    errors.push({ field: 'elsewhere', message });
  }
  return errors;
}

/** The candidate to register: the known one that was chosen, or a new one. Refused while somebody like this is known and nobody has said who it is. */
export async function candidateFor(
  writer: Writer,
  centreId: string,
  entry: RegistrationEntry,
  found: Found,
): Promise<Chosen> {
  const { candidate, match } = entry;
  const { matches, elsewhere } = found;
  const name = `${candidate.givenNames} ${candidate.familyName}`;
  const open = unanswered(entry, found);
  if (open.length > 0) throw new Refused(open);
  if (match?.kind === 'same') {
    if (matches.length === 0) {
      throw new Refused(
        'You changed the details, and nobody like this is known any more. Register again for a new candidate',
      );
    }
    const known = matches.some(({ id }) => id === match.candidateId)
      ? await candidateById(writer, match.candidateId, centreId)
      : null;
    if (!known)
      throw new Refused([{ field: 'match', message: 'Choose one of the candidates shown, or another person' }]);
    return { id: known.id, centreId, number: known.number, name: `${known.givenNames} ${known.familyName}` };
  }
  const holder = matches.find(({ reason }) => reason === 'same_uln');
  if (holder) {
    const message = `The ULN belongs to ${holder.givenNames} ${holder.familyName} (${holder.number}). Correct it, or say that it is the same person`;
    throw new Refused([{ field: 'uln', message }]);
  }
  const added = await addCandidate(
    writer,
    centreId,
    candidate,
    matches.map(({ id }) => id),
    elsewhere.length > 0 && entry.elsewhere ? entry.elsewhere : 'not_asked',
  );
  return { ...added, centreId, name };
}
