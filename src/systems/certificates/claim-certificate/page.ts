import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { PRODUCT_KINDS } from '#products';
import {
  actionBar,
  card,
  codeText,
  crumbs,
  errorSummary,
  form,
  formatDate,
  link,
  linkButton,
  note,
  pageHead,
  submitButton,
  table,
  tag,
} from '#ui';
import { portalPage } from '#web-portal';
import { type Claimable, draftOf } from '../claim-facts/claim-facts.ts';
import { type ClaimDecision, countable, decideClaim, type Obstacle } from '../eligibility/eligibility.ts';
import { printedFacts, printedUnits } from '../view-certificate/printed.ts';

/** The page of one claim: obstacles with a way on each, or what will be printed and the button. */
export async function claimPage(context: Context, claimable: Claimable, errors: readonly FieldError[]): Promise<Safe> {
  const { registration, product } = claimable;
  const { candidate } = registration;
  const name = `${candidate.givenNames} ${candidate.familyName}`;
  const decision = decideClaim(claimable.facts);
  // What the rule says stands on the page in full; a refusal that the page explains itself needs no second telling.
  const shown = decision.outcome === 'blocked' ? [] : errors;
  return portalPage(
    context,
    { title: `Claim a certificate for ${name}`, hasErrors: shown.length > 0, form: true },
    html`${crumbs([
      { label: 'Certificates', href: '/certificates' },
      { label: name, href: `/web-portal/candidates/${candidate.id}` },
      { label: 'Claim a certificate' },
    ])}
${errorSummary(shown)}
${pageHead({
  title: `Claim a certificate for ${name}`,
  lead: html`${product.title}, candidate ${codeText(candidate.number)}, registered ${formatDate(registration.registeredAt)}`,
})}
${lastReturn(claimable)}
${decision.outcome === 'blocked' ? blocked(decision.obstacles) : ready(context, claimable, decision, name)}
${achievedCard(claimable)}`,
  );
}

/** Why the last claim came back, until it is made again. */
function lastReturn({ facts }: Claimable): Safe | null {
  const last = facts.claims[0];
  return last?.state === 'returned' && last.reason
    ? note(last.reason, { tone: 'warn', title: 'The last claim was returned:', class: 'mb' })
    : null;
}

function blocked(obstacles: readonly Obstacle[]): Safe {
  const many = obstacles.length > 1;
  return card(
    {
      title: many ? `${obstacles.length} things are missing before the claim` : 'The claim cannot be made yet',
      id: 'missing',
    },
    html`${byWayOn(obstacles).map(
      ({ sentences, wayOn, href }) =>
        html`<ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul><p class="muted">${href ? link(wayOn, href) : wayOn}</p>`,
    )}`,
  );
}

/** What has the same way on stands together, so that it is said once. */
function byWayOn(obstacles: readonly Obstacle[]) {
  const groups: { sentences: string[]; wayOn: string; href: string | undefined }[] = [];
  for (const { sentence, wayOn, href } of obstacles) {
    const group = groups.find((one) => one.wayOn === wayOn && one.href === href);
    if (group) group.sentences.push(sentence);
    else groups.push({ sentences: [sentence], wayOn, href });
  }
  return groups;
}

function ready(
  context: Context,
  claimable: Claimable,
  decision: Extract<ClaimDecision, { outcome: 'eligible' }>,
  name: string,
): Safe {
  const { registration, product } = claimable;
  const draft = draftOf(claimable, {
    serial: '',
    awardedOn: dayInLondon(context.now),
    publicUrl: context.services.settings.publicUrl,
  });
  const stake = decision.direct
    ? html`<span class="strong">1 certificate</span> will be issued to ${name} at once.`
    : html`<span class="strong">1 claim</span> for ${name} goes to the awarding body.`;
  return html`${
    decision.whyNotDirect &&
    note(html`${decision.whyNotDirect} The certificate is issued as soon as it agrees.`, {
      title: 'Decided by the awarding body.',
      class: 'mb',
    })
  }${
    registration.candidate.uln === null &&
    note(
      html`Without it the learning record stays empty. ${registration.candidate.ulnAbsentReason && html`You gave as reason: ${registration.candidate.ulnAbsentReason}.`} The claim does not wait for it.`,
      {
        tone: 'warn',
        title: 'No unique learner number (ULN).',
        class: 'mb',
        action: linkButton('Open the candidate', `/web-portal/candidates/${registration.candidate.id}`, {
          look: 'quiet',
          small: true,
        }),
      },
    )
  }
${card(
  { title: 'This will be printed', id: 'printed', aside: tag(PRODUCT_KINDS[product.kind]) },
  html`<p>Compare the name with the candidate’s proof of identity. It is printed as registered and cannot be changed afterwards.</p>${printedFacts(draft)}${printedUnits(draft)}`,
)}
${form(
  { action: `/certificates/claim/${registration.id}`, submissionId: crypto.randomUUID(), label: 'Claim' },
  actionBar(
    stake,
    html`${linkButton('Not now', '/certificates', { look: 'quiet' })}${submitButton(decision.direct ? 'Claim the certificate' : 'Send the claim', { icon: 'award' })}`,
  ),
)}`;
}

/** Every unit of the product, achieved or open. */
function achievedCard({ registration, units }: Claimable): Safe {
  const { counted } = countable(registration.achievements, registration.registeredAt);
  const byUnit = new Map(counted.map((one) => [one.unitId, one]));
  return card(
    { title: `Units: ${byUnit.size} of ${units.length} achieved`, id: 'units', flush: true },
    table({
      caption: 'Units of the product',
      columns: [
        {
          label: 'Unit',
          header: true,
          cell: (unit) =>
            html`<span class="strong">${unit.title}</span><span class="sub code">${unit.reference ?? unit.code}</span>`,
        },
        {
          label: 'Achieved',
          phone: 'plain',
          cell: (unit) => {
            const one = byUnit.get(unit.id);
            return one
              ? html`${tag('Achieved', 'ok', 'check')} <span class="sub">${formatDate(one.achievedAt, 'list')}</span>`
              : html`<span class="muted">Not yet</span>`;
          },
        },
      ],
      rows: units,
    }),
  );
}
