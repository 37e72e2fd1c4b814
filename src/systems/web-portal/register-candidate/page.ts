import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { card, codeText, errorFor, errorSummary, formatDate, linkButton, pageHead, radios } from '#ui';
import { choiceCard } from '../pathway-choice/choice-card.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import type { FoundMatch } from '../possible-match/find-matches.ts';
import { agreementWords, type KnownElsewhere } from '../possible-match/known-elsewhere.ts';
import { MATCH_WORDS } from '../possible-match/possible-match.ts';
import { type DraftDone, draftForm, draftNote } from '../registration-drafts/draft-on-page.ts';
import type { ShownProgramme } from '../registration-drafts/form-to-show.ts';
import { STATE_WORDS } from '../registration-state/registration-state.ts';
import { candidateFields, nothingOpen, programmeFields, typed } from './fields.ts';

export interface RegisterPage extends ShownProgramme {
  readonly values: FormValues;
  readonly errors: readonly FieldError[];
  /** Candidates of the centre who may be the same person; the page then asks. */
  readonly matches: readonly FoundMatch[];
  /** Somebody known elsewhere; the page then asks, and says no more than what agrees. */
  readonly elsewhere: readonly KnownElsewhere[];
  readonly submissionId: string;
  readonly done?: DraftDone | undefined;
}

/** The form that registers one candidate for a product. */
export function registerPage(context: Context, options: RegisterPage): Promise<Safe> {
  const { offer, draft, values, errors, matches, elsewhere, submissionId } = options;
  const head = pageHead({
    title: 'Register a candidate',
    lead: 'For one product. The candidate number is there at once.',
  });
  const nothing = nothingOpen(offer, values);
  if (nothing) return portalPage(context, { title: 'Register a candidate' }, html`${head}${nothing}`);
  return portalPage(
    context,
    { title: 'Register a candidate', form: true, hasErrors: errors.length > 0, scripts: ['draft-form.js'] },
    html`${errorSummary(errors)}${head}${draftNote(options.done)}
${draftForm(
  {
    action: '/web-portal/candidates/register',
    submissionId,
    values,
    draft,
    button: 'Register candidate',
    cancel: linkButton('Cancel', '/web-portal/candidates', { look: 'quiet' }),
  },
  html`
${matches.length > 0 && matchCard(matches, values, errors)}
${elsewhere.length > 0 && elsewhereCard(elsewhere, values, errors)}
${card({ title: 'Candidate', id: 'candidate' }, candidateFields(values, errors))}
${card({ title: 'Programme', id: 'programme' }, programmeFields(values, errors, options))}
${choiceCard(values, errors, options)}`,
)}`,
  );
}

/** The ids that a decision was made about, in a fixed order. */
export function shownKey(matches: readonly FoundMatch[]): string {
  return matches
    .map(({ id }) => id)
    .sort()
    .join(',');
}

/** The tokens that an answer was given about, in a fixed order. */
export function elsewhereKey(elsewhere: readonly KnownElsewhere[]): string {
  return elsewhere.map(({ token }) => token).join(',');
}

/** The question about somebody known elsewhere. */
function elsewhereCard(elsewhere: readonly KnownElsewhere[], values: FormValues, errors: readonly FieldError[]): Safe {
  const agrees = agreementWords(elsewhere.flatMap((one) => one.agrees));
  return card(
    {
      title: 'Known to the awarding body?',
      id: 'known-elsewhere',
      class: errorFor(errors, 'elsewhere') && 'needs-answer',
    },
    html`<p>${agrees} agree with somebody whom the awarding body knows, who is not a candidate of your centre. Say what you know; the registration goes on at once, and the awarding body settles it. What you typed below is kept.</p>
<input type="hidden" name="elsewhereShown" value="${elsewhereKey(elsewhere)}">
${radios({
  name: 'elsewhere',
  label: 'Has the candidate been registered for a product of this awarding body before, elsewhere?',
  hideLabel: false,
  value: typed(values, 'elsewhere'),
  errors,
  items: [
    { value: 'same', label: 'This is the same person', hint: 'The records become one, with one number for life' },
    { value: 'another', label: 'This is another person', hint: 'Or the candidate says that there was nothing before' },
  ],
})}`,
  );
}

/** The question about people who are registered already. */
function matchCard(matches: readonly FoundMatch[], values: FormValues, errors: readonly FieldError[]): Safe {
  const name = `${typed(values, 'givenNames')} ${typed(values, 'familyName')}`.trim();
  const sameUln = matches.some(({ reason }) => reason === 'same_uln');
  return card(
    { title: 'Is this the same person?', id: 'possible-match', class: errorFor(errors, 'match') && 'needs-answer' },
    html`<p>Your centre has ${matches.length === 1 ? 'a candidate' : 'candidates'} like ${name}. One person keeps one candidate number for life, so say which it is. What you typed below is kept.</p>
<input type="hidden" name="matchesShown" value="${shownKey(matches)}">
${radios({
  name: 'match',
  label: 'The candidate I am registering is',
  hideLabel: false,
  value: typed(values, 'match'),
  errors,
  items: [
    ...matches.map((match) => ({
      value: match.id,
      label: html`<span class="strong">${match.givenNames} ${match.familyName}</span>, born ${formatDate(match.birthDate)}, ${codeText(match.number)}`,
      hint: matchFacts(match),
    })),
    ...(sameUln ? [] : [{ value: 'another', label: 'Another person', hint: 'A new candidate number is given' }]),
  ],
})}
${sameUln && html`<p class="muted">Two people never share a ULN. If this is another person, correct the ULN below.</p>`}`,
  );
}

function matchFacts({ reason, registrations, centreReference }: FoundMatch): string {
  const listed = registrations.map(({ title, state }) => `${title} (${STATE_WORDS[state].toLowerCase()})`);
  const reference = centreReference ? `, your reference ${centreReference}` : '';
  return `${MATCH_WORDS[reason]}${reference}. Registered for ${listed.join('; ') || 'nothing'}. Details held stay as they are; this product is added`;
}
