/** Parts of the pages of a candidate and of a registration. */

import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import { LANGUAGES } from '#products';
import {
  card,
  codeText,
  details,
  formatDate,
  formatDateTime,
  link,
  meter,
  plural,
  summaryList,
  table,
  tag,
  trail,
} from '#ui';
import { waiverInWords } from '../lateness-waiver/waive.ts';
import { stateTag } from '../list-candidates/columns.ts';
import { daysInWords } from '../programme-days/programme-days.ts';
import { STATE_WORDS } from '../registration-state/registration-state.ts';
import { GRADE_NAMES, SOURCE_NAMES } from '../registrations/registrations.ts';
import type { RegistrationView, UnitView } from './candidate-facts.ts';

const ASSESSED_BY = { online_test: 'Online test', portfolio: 'Portfolio' } as const;
/** Up to so many units stand on the candidate's page; more fold away. */
const UNITS_IN_SIGHT = 4;

/** The days used of 90, in words. */
export function daysOf(registration: RegistrationView): Safe {
  const words = daysInWords({
    programmeStart: registration.programmeStart,
    registeredOn: dayInLondon(registration.registeredAt),
    daysUsed: registration.daysUsed,
    late: registration.late,
    regulated: registration.product.regulated,
  });
  if (registration.waived) return html`${words}; ${waiverInWords(registration.waived)}`;
  return registration.late
    ? html`<span class="warnc">${words}. Quality and Compliance may ask why</span>`
    : html`${words}`;
}

export function unitsMeter(registration: RegistrationView): Safe {
  const { unitsAchieved, unitsNeeded, requirementsMetAt } = registration;
  return meter({
    value: Math.min(unitsAchieved, unitsNeeded),
    max: unitsNeeded,
    text: `${unitsAchieved} of ${plural(unitsNeeded, 'unit')}`,
    label: `Units complete, ${registration.product.title}`,
    ...(requirementsMetAt && { tone: 'ok' as const }),
  });
}

/** The facts of a registration as pairs of words. */
export function registrationFacts(registration: RegistrationView): Safe {
  const { product, registeredBy, site, orderReference, cohort } = registration;
  return summaryList([
    product.qualificationNumber ? ['Qualification number', codeText(product.qualificationNumber)] : null,
    ['Registered', html`${formatDateTime(registration.registeredAt)}${registeredBy && html` by ${registeredBy}`}`],
    ['Programme start', formatDate(registration.programmeStart)],
    ['Days used', daysOf(registration)],
    ['Language of assessment', LANGUAGES[registration.assessmentLanguage]],
    site ? ['Site', site] : null,
    orderReference ? ['Order reference', orderReference] : null,
    cohort ? ['Cohort', cohort] : null,
    ['Product version', String(registration.version)],
  ]);
}

/** What happens next, in a sentence or two. */
export function nextStep(registration: RegistrationView): HtmlValue {
  const { state, requirementsMetAt, claimStep } = registration;
  if (state === 'completed') return null;
  if (state !== 'active')
    return html`This registration is ${STATE_WORDS[state].toLowerCase()}: nothing more happens on it.`;
  if (requirementsMetAt) {
    return (
      claimStep ?? html`All units are achieved since ${formatDate(requirementsMetAt)}: a certificate can be claimed.`
    );
  }
  const steps = registration.units.filter((unit) => unit.step !== null);
  if (steps.length === 1) return html`${steps[0]?.title}: ${steps[0]?.step}`;
  if (steps.length > 1 && steps.length <= UNITS_IN_SIGHT) {
    return html`<ul>${steps.map((unit) => html`<li>${unit.title}: ${unit.step}</li>`)}</ul>`;
  }
  const missing = registration.units.filter((unit) => !unit.achievement);
  const tests = missing.filter((unit) => unit.assessedBy === 'online_test').length;
  if (tests === missing.length)
    return 'Book a test in Online Assessments. The result stands here as soon as it is released.';
  if (tests === 0) return 'The units are assessed in the portfolio. Each stands here as soon as it is signed off.';
  return 'Units are achieved by online test or in the portfolio. Each stands here as soon as it is released or signed off.';
}

function unitState(unit: UnitView): Safe {
  const { achievement, step } = unit;
  if (achievement) {
    const grade = achievement.grade === 'pass' ? '' : `, ${GRADE_NAMES[achievement.grade].toLowerCase()}`;
    return html`${tag(`Achieved${grade}`, 'ok', 'check')} <span class="sub">${formatDate(achievement.achievedAt, 'list')}, ${SOURCE_NAMES[achievement.sourceKind].toLowerCase()}</span>`;
  }
  return step === null ? html`<span class="muted">Not yet</span>` : html`${step}`;
}

/** The units of a registration with what is achieved and what comes next. */
export function unitsTable(registration: RegistrationView): Safe {
  const planned = new Set(registration.choice.units);
  return table<UnitView>({
    caption: `Units of ${registration.product.title}`,
    columns: [
      {
        label: 'Unit',
        header: true,
        cell: (unit) =>
          html`<span class="strong">${unit.title}</span><span class="sub code">${unit.reference ?? unit.code}</span>${planned.has(unit.code) && html` ${tag('Planned', 'info')}`}`,
      },
      { label: 'Level', numeric: true, phone: 'hide', cell: (unit) => unit.level },
      { label: 'Credits', numeric: true, phone: 'hide', cell: (unit) => unit.credits ?? '' },
      { label: 'Assessed by', class: 'nw', phone: 'labelled', cell: (unit) => ASSESSED_BY[unit.assessedBy] },
      { label: 'Progress', phone: 'plain', cell: unitState },
    ],
    // What is planned comes before the rest of what could be chosen.
    rows: [...registration.units].sort((a, b) => Number(planned.has(b.code)) - Number(planned.has(a.code))),
  });
}

/** One registration on the candidate's page. */
export function registrationCard(registration: RegistrationView): Safe {
  const { product, units } = registration;
  const next = nextStep(registration);
  const list = unitsTable(registration);
  return card(
    {
      title: link(product.title, `/web-portal/registrations/${registration.id}`),
      id: `registration-${registration.id}`,
      aside: stateTag({ state: registration.state, requirementsMet: registration.requirementsMetAt !== null }),
    },
    html`${summaryList([
      ['Registered', formatDate(registration.registeredAt)],
      ['Days used', daysOf(registration)],
      ['Units', unitsMeter(registration)],
      next ? ['What happens next', next] : null,
    ])}${units.length <= UNITS_IN_SIGHT ? list : details(`All ${units.length} units of this product`, list)}`,
  );
}

/** Who changed the state of a registration, when and why; newest first. */
export function historyTrail(registrations: readonly RegistrationView[], now: Date): Safe {
  const named = registrations.length > 1;
  const lines = registrations
    .flatMap((registration) => registration.history.map((line) => ({ ...line, title: registration.product.title })))
    .sort((a, b) => b.at.getTime() - a.at.getTime());
  return trail(
    lines.map((line) => ({
      what: html`<span class="strong">${line.from === null ? 'Registered' : STATE_WORDS[line.to]}</span>${named && html`, ${line.title}`}${
        line.on !== null && html` from ${formatDate(line.on)}`
      }${line.reason !== 'Registered' && html`: ${line.reason}`}`,
      when: html`${formatDateTime(line.at, 'list', now)}${line.who && html`, ${line.who}`}`,
    })),
  );
}
