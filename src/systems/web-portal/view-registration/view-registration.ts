import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, NotFound, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { card, codeText, crumbs, link, linkButton, pageHead } from '#ui';
import { DONE, doneNote, registrationActs } from '../amendments/registration-acts.ts';
import { type Candidate, candidateById } from '../candidates/candidates.ts';
import { stateTag } from '../list-candidates/columns.ts';
import { type ChoiceLine, choiceHistory } from '../pathway-choice/choices.ts';
import { pathwayCard } from '../pathway-choice/pathway-card.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { PRIOR_LEARNING, PRIOR_LEARNING_KINDS, priorLearningOf } from '../prior-learning/prior-learning.ts';
import { priorLearningTag } from '../prior-learning/state-tag.ts';
import { type RegistrationView, registrationViews } from '../view-candidate/candidate-facts.ts';
import {
  historyTrail,
  nextStep,
  registrationFacts,
  unitsMeter,
  unitsTable,
} from '../view-candidate/registration-parts.ts';

const params = z.object({ registrationId: z.uuid() });
const query = z.object({ done: z.enum(DONE).optional().catch(undefined) });

/** GET /web-portal/registrations/:registrationId */
export const viewRegistration = handler({ params, query }, async (context): Promise<Answer> => {
  const { registrationId } = context.params;
  const centreId = actingCentreId(context.principal);
  const found = await context.read(async (reader) => {
    const [registration] = await registrationViews(reader, { registrationId }, centreId);
    const candidate = registration && (await candidateById(reader, registration.candidateId, centreId));
    if (!registration || !candidate) throw new NotFound();
    const choices = await choiceHistory(reader, registrationId);
    return { registration, candidate, choices, priorLearning: await priorLearningOf(reader, registrationId) };
  });
  return page(await registrationPage(context, found, context.query.done));
});

interface RegistrationPage {
  readonly registration: RegistrationView;
  readonly candidate: Candidate;
  readonly choices: readonly ChoiceLine[];
  readonly priorLearning: Awaited<ReturnType<typeof priorLearningOf>>;
}

function registrationPage(
  context: Context,
  { registration, candidate, choices, priorLearning }: RegistrationPage,
  done: (typeof DONE)[number] | undefined,
): Promise<Safe> {
  const name = `${candidate.givenNames} ${candidate.familyName}`;
  const href = `/web-portal/candidates/${candidate.id}`;
  const { product } = registration;
  return portalPage(
    context,
    { title: `${product.title}, ${name}` },
    html`${doneNote(done)}${crumbs([{ label: 'Candidates', href: '/web-portal/candidates' }, { label: name, href }, { label: product.title }])}
${pageHead({
  title: product.title,
  lead: html`${link(name, href)}, candidate ${codeText(candidate.number)}`,
  actions: html`${stateTag({ state: registration.state, requirementsMet: registration.requirementsMetAt !== null })}${
    registration.state === 'active' &&
    registration.requirementsMetAt === null &&
    may(context.principal, 'web-portal.propose-prior-learning') &&
    linkButton('Claim prior learning', `/web-portal/registrations/${registration.id}/prior-learning`, { look: 'quiet' })
  }${registrationActs(registration, context.principal)}`,
})}
<div class="split"><div class="stack">
${progressCard(registration)}
${card({ title: 'Units', id: 'units', flush: true }, unitsTable(registration))}
${priorLearning.length > 0 && card({ title: 'Prior learning', id: 'prior-learning' }, html`<ul>${priorLearning.map((one) => html`<li>${link(one.unitTitle, `${PRIOR_LEARNING}/${one.id}`)}, ${PRIOR_LEARNING_KINDS[one.kind].toLowerCase()} ${priorLearningTag(one.state)}</li>`)}</ul>`)}
</div><div class="stack">
${card({ title: 'Registration', id: 'registration' }, registrationFacts(registration))}
${(registration.hasChoices || choices.length > 0) && pathwayCard(context, registration, choices)}
${card({ title: 'History', id: 'history' }, historyTrail([registration], context.now))}
</div></div>`,
  );
}

/** How far it is, what happens next, and what the rule of combination still asks for. */
function progressCard(registration: RegistrationView): Safe {
  const { missing, state } = registration;
  const next = nextStep(registration);
  return card(
    { title: 'Progress', id: 'progress', aside: unitsMeter(registration) },
    html`${next && html`<div>${next}</div>`}${
      state === 'active' &&
      missing.length > 0 &&
      html`<h3 class="mt">Still needed for the certificate</h3><ul>${missing.map(({ sentence }) => html`<li>${sentence}</li>`)}</ul>`
    }${state === 'completed' && html`<p>All that the rule asks for is achieved.</p>`}`,
  );
}
