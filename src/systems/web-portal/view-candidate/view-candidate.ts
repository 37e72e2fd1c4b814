import { sql } from 'kysely';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, NotFound, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { card, codeText, crumbs, formatDate, linkButton, note, pageHead, summaryList } from '#ui';
import { type AccessArrangement, arrangementOn, arrangementWords } from '../access-arrangements/access-arrangements.ts';
import { type Candidate, candidateById } from '../candidates/candidates.ts';
import { type Section, sectionsOf } from '../contributions/contributions.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { type RegistrationView, registrationViews } from './candidate-facts.ts';
import { daysOf, historyTrail, nextStep, registrationCard } from './registration-parts.ts';

const params = z.object({ candidateId: z.uuid() });
const query = z.object({ registered: z.uuid().optional().catch(undefined) });

interface CandidatePage {
  readonly candidate: Candidate;
  readonly registrations: readonly RegistrationView[];
  readonly sections: readonly Section[];
  readonly arrangement: AccessArrangement | null;
  /** For the awarding body's people, who see several centres. */
  readonly centre: { readonly number: string; readonly name: string } | null;
}

/** GET /web-portal/candidates/:candidateId */
export const viewCandidate = handler({ params, query }, async (context): Promise<Answer> => {
  const { candidateId } = context.params;
  const centreId = actingCentreId(context.principal);
  const found = await context.read(async (reader): Promise<CandidatePage> => {
    const candidate = await candidateById(reader, candidateId, centreId);
    if (!candidate) throw new NotFound();
    const [centre] = centreId
      ? []
      : await reader.rows(
          sql<{
            number: string;
            name: string;
          }>`select number, name from centres_hub.published_centres where id = ${candidate.centreId}`,
        );
    return {
      candidate,
      registrations: await registrationViews(reader, { candidateId }, centreId),
      sections: await sectionsOf(reader, candidateId),
      arrangement: await arrangementOn(reader, { candidateId, day: dayInLondon(context.now) }),
      centre: centre ?? null,
    };
  });
  return page(await candidatePage(context, found, context.query.registered));
});

function candidatePage(context: Context, found: CandidatePage, registered: string | undefined): Promise<Safe> {
  const { candidate, registrations, sections, centre } = found;
  const name = `${candidate.givenNames} ${candidate.familyName}`;
  const just = registrations.find(({ id }) => id === registered);
  return portalPage(
    context,
    { title: name },
    html`${crumbs([{ label: 'Candidates', href: '/web-portal/candidates' }, { label: name }])}
${pageHead({
  title: name,
  lead: html`Candidate ${codeText(candidate.number)}${centre && html`, ${centre.name}, centre ${codeText(centre.number)}`}`,
  actions:
    may(context.principal, 'web-portal.register') &&
    linkButton('Register for another product', `/web-portal/candidates/${candidate.id}/register`, { look: 'quiet' }),
})}
${just && registeredNote(candidate, just)}
<div class="split"><div class="stack">
${registrations.map(registrationCard)}
${sections.map((section) => card({ title: section.title, id: section.id, flush: section.flush === true, aside: section.aside }, section.body))}
</div><div class="stack">
${card({ title: 'Details', id: 'details' }, detailsOf(candidate))}
${found.arrangement && card({ title: 'Access arrangement', id: 'arrangement' }, arrangementFacts(found.arrangement))}
${card({ title: 'History', id: 'history' }, historyTrail(registrations, context.now))}
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

function detailsOf(candidate: Candidate): Safe {
  return summaryList([
    ['Given names', candidate.givenNames],
    ['Family name', candidate.familyName],
    ['Date of birth', formatDate(candidate.birthDate)],
    ['ULN', candidate.uln ? codeText(candidate.uln) : html`None: ${candidate.ulnAbsentReason}`],
    candidate.email ? ['E-mail', candidate.email] : null,
    candidate.postcode ? ['Postcode', candidate.postcode] : null,
    candidate.centreReference ? ['Your reference', candidate.centreReference] : null,
    ['Account', candidate.personId ? 'Linked to an account' : 'No account yet'],
    ['Entered', formatDate(candidate.createdAt)],
  ]);
}
