import { sql } from 'kysely';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, NotFound, page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { card, codeText, crumbs, formatDate, linkButton, note, pageHead, summaryList } from '#ui';
import { type AccessArrangement, arrangementOn, arrangementWords } from '../access-arrangements/access-arrangements.ts';
import { type Correction, correctionsCard, correctionsOf } from '../amend-candidate/corrections.ts';
import { type AccountState, accountStateOf } from '../candidate-account/account-links.ts';
import { type Candidate, candidateById, formerNumbersOf, survivorOf } from '../candidates/candidates.ts';
import { type Section, sectionsOf } from '../contributions/contributions.ts';
import type { TimeLineEvent } from '../contributions/time-line.ts';
import {
  type EarlierAchievement,
  earlierAchievements,
  earlierAchievementsCard,
} from '../earlier-achievements/earlier-achievements.ts';
import { accountLine, inviteForm } from '../invite-candidate/invite-candidate.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { identityNote, type OpenQuestion, openQuestionsOf } from '../settle-identity/identity-note.ts';
import { newestEvents, timeLineOf } from '../time-line/time-line.ts';
import { type RegistrationView, registrationViews } from './candidate-facts.ts';
import { daysOf, nextStep, registrationCard } from './registration-parts.ts';

const params = z.object({ candidateId: z.uuid() });
const query = z.object({
  registered: z.uuid().optional().catch(undefined),
  proposed: z.literal('yes').optional().catch(undefined),
  invited: z.literal('yes').optional().catch(undefined),
  corrected: z.literal('yes').optional().catch(undefined),
});
type CandidateQuery = z.infer<typeof query>;

interface CandidatePage {
  readonly candidate: Candidate;
  readonly registrations: readonly RegistrationView[];
  readonly sections: readonly Section[];
  readonly arrangement: AccessArrangement | null;
  /** All of them, for the awarding body's people; a centre sees itself alone. */
  readonly centres: readonly { readonly number: string; readonly name: string }[];
  readonly elsewhere: readonly EarlierAchievement[];
  readonly questions: readonly OpenQuestion[];
  readonly formerNumbers: readonly string[];
  readonly account: AccountState;
  readonly events: readonly TimeLineEvent[];
  readonly corrections: readonly Correction[];
}

/** GET /web-portal/candidates/:candidateId */
export const viewCandidate = handler({ params, query }, async (context): Promise<Answer> => {
  const { candidateId } = context.params;
  const centreId = actingCentreId(context.principal);
  const found = await context.read(async (reader): Promise<CandidatePage | string> => {
    const candidate = await candidateById(reader, candidateId, centreId);
    if (!candidate) {
      const survivor = await survivorOf(reader, candidateId);
      if (survivor === null) throw new NotFound();
      return survivor;
    }
    return {
      candidate,
      registrations: await registrationViews(reader, { candidateId }, centreId),
      sections: await sectionsOf(reader, candidateId),
      arrangement: await arrangementOn(reader, { candidateId, day: dayInLondon(context.now) }),
      centres: centreId ? [] : await centresOf(reader, candidateId),
      elsewhere: centreId ? await earlierAchievements(reader, candidateId) : [],
      questions: await openQuestionsOf(reader, candidateId, centreId),
      formerNumbers: await formerNumbersOf(reader, candidateId),
      account: await accountStateOf(reader, candidateId),
      events: await timeLineOf(reader, candidateId),
      corrections: await correctionsOf(reader, candidateId, centreId),
    };
  });
  if (typeof found === 'string') return redirect(`/web-portal/candidates/${found}`);
  return page(await candidatePage(context, found, context.query));
});

const centresOf = (reader: Pick<Reader, 'rows'>, candidateId: string) =>
  reader.rows(sql<{ number: string; name: string }>`
    select o.number, o.name from web_portal.centre_candidates j join centres_hub.published_centres o on o.id = j.centre_id
    where j.candidate_id = ${candidateId} order by j.joined_at, o.number`);

function candidatePage(
  context: Context,
  found: CandidatePage,
  { registered, proposed, invited, corrected }: CandidateQuery,
): Promise<Safe> {
  const { candidate, registrations, sections, centres, formerNumbers } = found;
  const mayRegister = may(context.principal, 'web-portal.register');
  const here = `/web-portal/candidates/${candidate.id}`;
  const name = `${candidate.givenNames} ${candidate.familyName}`;
  const just = registrations.find(({ id }) => id === registered);
  return portalPage(
    context,
    { title: name },
    html`${crumbs([{ label: 'Candidates', href: '/web-portal/candidates' }, { label: name }])}
${pageHead({
  title: name,
  lead: html`Candidate ${codeText(candidate.number)}${formerNumbers.length > 0 && html`, formerly ${formerNumbers.map((number, at) => html`${at > 0 && ', '}${codeText(number)}`)}`}${centres.map(({ name: centre, number }) => html`, ${centre}, centre ${codeText(number)}`)}`,
  actions:
    mayRegister &&
    html`${registrations.some(({ state }) => state !== 'transferred') && linkButton('Correct the details', `${here}/amend`, { look: 'quiet' })}${linkButton('Another record of this person', `${here}/merge`, { look: 'quiet' })}${linkButton('Register for another product', `${here}/register`, { look: 'quiet' })}`,
})}
${proposed && note('The awarding body decides, and both records go on until then.', { tone: 'ok', title: 'Sent.', announce: true, class: 'mb' })}
${invited && note('The candidate gets a mail with a link. Earlier ones stop working.', { tone: 'ok', title: 'Invited.', announce: true, class: 'mb' })}
${corrected && note('Every centre of the candidate sees it.', { tone: 'ok', title: 'Corrected.', announce: true, class: 'mb' })}
${identityNote(found.questions, may(context.principal, 'web-portal.settle-identity'))}
${just && registeredNote(candidate, just)}
<div class="split"><div class="stack">
${registrations.map(registrationCard)}
${earlierAchievementsCard(found.elsewhere)}
${sections.map((section) => card({ title: section.title, id: section.id, flush: section.flush === true, aside: section.aside }, section.body))}
</div><div class="stack">
${card(
  { title: 'Details', id: 'details' },
  html`${detailsOf(candidate, found.account)}
${mayRegister && inviteForm(candidate, found.account)}
${candidate.personId && may(context.principal, 'web-portal.settle-identity') && linkButton('End the link with the account', `${here}/end-account-link`, { look: 'quiet' })}`,
)}
${correctionsCard(found.corrections)}
${found.arrangement && card({ title: 'Access arrangement', id: 'arrangement' }, arrangementFacts(found.arrangement))}
${card({ title: 'History', id: 'history' }, newestEvents(candidate.id, found.events, context.now))}
</div></div>`,
  );
}

/** What has just been done, and what happens next. */
function registeredNote(candidate: Candidate, registration: RegistrationView): Safe {
  return note(
    html`Candidate number ${codeText(candidate.number)} for ${registration.product.title}. ${daysOf(registration)}.<div>${nextStep(registration)}</div>`,
    { tone: registration.late ? 'warn' : 'ok', title: 'Registered.', announce: true, class: 'mb' },
  );
}

/** What was granted, as every test obeys it. */
function arrangementFacts(arrangement: AccessArrangement): Safe {
  const words = arrangementWords(arrangement);
  return summaryList([
    ['Granted', words.charAt(0).toUpperCase() + words.slice(1)],
    arrangement.notes !== null && ['To know at the test', arrangement.notes],
    ['Until', formatDate(arrangement.validUntil)],
  ]);
}

function detailsOf(candidate: Candidate, account: AccountState): Safe {
  return summaryList([
    ['Given names', candidate.givenNames],
    ['Family name', candidate.familyName],
    ['Date of birth', formatDate(candidate.birthDate)],
    candidate.uln || !candidate.scottishNumber
      ? ['ULN', candidate.uln ? codeText(candidate.uln) : html`None: ${candidate.ulnAbsentReason}`]
      : null,
    candidate.scottishNumber ? ['Scottish candidate number', codeText(candidate.scottishNumber)] : null,
    candidate.email ? ['E-mail', candidate.email] : null,
    candidate.postcode ? ['Postcode', candidate.postcode] : null,
    candidate.centreReference ? ['Your reference', candidate.centreReference] : null,
    ['Account', accountLine(candidate, account)],
    ['Entered', formatDate(candidate.createdAt)],
  ]);
}
