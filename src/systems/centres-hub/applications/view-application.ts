import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import {
  card,
  crumbs,
  formatDate,
  formatDateTime,
  link,
  linkButton,
  note,
  pageHead,
  postButton,
  summaryList,
  table,
  tag,
  trail,
} from '#ui';
import { type Condition, conditionsOfApplication } from '../conditions/conditions.ts';
import { bodyPage } from '../hub-page/hub-page.ts';
import { APPLICATION_SECTIONS, answerText, missingFrom } from './application-form.ts';
import {
  APPLICATION_ACTS,
  APPLICATION_STATE_WORDS,
  type ApplicationAct,
  type ApplicationState,
} from './application-state.ts';
import {
  type Application,
  applicationOf,
  type Check,
  checksOf,
  type Report,
  reportsOf,
  type Step,
  stepsOf,
} from './applications.ts';
import { CHECK_NAMES, checksOpen, DUE_DILIGENCE } from './due-diligence.ts';

export const applicationParams = z.object({ id: z.uuid() });

export interface ApplicationFile {
  readonly application: Application;
  readonly steps: readonly Step[];
  readonly checks: readonly Check[];
  readonly reports: readonly Report[];
  readonly conditions: readonly Condition[];
}

export async function applicationFile(reader: Reader, id: string): Promise<ApplicationFile> {
  return {
    application: await applicationOf(reader, id),
    steps: await stepsOf(reader, id),
    checks: await checksOf(reader, id),
    reports: await reportsOf(reader, id),
    conditions: await conditionsOfApplication(reader, id),
  };
}

/** GET /centres-hub/applications/:id */
export const viewApplication = handler({ params: applicationParams }, async (context) => {
  const found = await context.read((reader) => applicationFile(reader, context.params.id));
  return page(await bodyPage(context as Context, { title: found.application.organisation }, applicationBody(found)));
});

const MOVERS = { applicant: 'the organisation', body: 'you' } as const;

function applicationBody(file: ApplicationFile): Safe {
  const { application, steps, reports } = file;
  const { label, whose, next } = APPLICATION_STATE_WORDS[application.state];
  const here = `/centres-hub/applications/${application.id}`;
  return html`${crumbs([{ label: 'Applications', href: '/centres-hub/applications' }, { label: application.reference }])}
${pageHead({ title: application.organisation, lead: `${application.reference}, ${label.toLowerCase()}`, actions: actsOf(file, here) })}
${note(html`${next}${whose && html` It is the move of <b>${MOVERS[whose]}</b>.`}`, { title: `${label}.`, tone: whose === 'body' ? 'warn' : 'info', class: 'mb' })}
<div class="split"><div class="stack">
${application.state !== 'asked' && application.state !== 'interested' && checksCard(file, here)}
${reports.map((report) => reportCard(report))}
${(file.conditions.length > 0 || application.state === 'review') && conditionsCard(file, here)}
${application.savedAt && answersCard(application)}
</div><div class="stack">
${card(
  { title: 'Interest', id: 'interest' },
  summaryList([
    ['Contact', application.contactName],
    ['Email', application.email],
    ['Postcode', application.postcode],
    ['Products of interest', application.products],
    application.message !== '' && ['Message', application.message],
    ['Asked', formatDateTime(application.askedAt)],
    application.signedName !== null && [
      'Agreement',
      html`Signed by ${application.signedName} on ${application.signedAt && formatDate(application.signedAt)}`,
    ],
  ]),
)}
${card(
  { title: 'What happened', id: 'history' },
  trail(
    steps.map((step) => ({
      what: html`${step.act === 'ask' ? 'Interest shown' : APPLICATION_ACTS[step.act].words}${step.words && html`: ${step.words}`}`,
      when: html`${formatDateTime(step.at)}, ${step.who}`,
    })),
  ),
)}</div></div>`;
}

const may = (state: ApplicationState, act: ApplicationAct) =>
  (APPLICATION_ACTS[act].from as readonly ApplicationState[]).includes(state);

/** The acts that this state allows the awarding body; the main one last. */
function actsOf({ application, checks, reports }: ApplicationFile, here: string): Safe {
  const { state } = application;
  const go = (act: ApplicationAct, label: string) =>
    postButton(label, { action: `${here}/${act}`, submissionId: crypto.randomUUID() });
  return html`${may(state, 'refuse') && linkButton('Refuse', `${here}/refuse`, { look: 'quiet' })}${
    may(state, 'return') && linkButton('Send back', `${here}/return`, { look: 'quiet' })
  }${may(state, 'reopen') && linkButton('Take up again on appeal', `${here}/reopen`, { look: 'quiet' })}${
    may(state, 'invite') && linkButton('Invite to apply', `${here}/invite`)
  }${may(state, 'pass-checks') && checksOpen(checks).length === 0 && go('pass-checks', 'Go on to the decision')}${
    state === 'review' &&
    linkButton('Write a report', `${here}/report`, { look: reports.length > 0 ? 'quiet' : 'main' })
  }${may(state, 'offer') && reports.length > 0 && go('offer', 'Send the agreement')}${
    may(state, 'approve') && linkButton('Approve the centre', `${here}/approve`)
  }`;
}

function checksCard({ application, checks }: ApplicationFile, here: string): Safe {
  const found = new Map(checks.map((check) => [check.name, check]));
  const open = application.state === 'submitted';
  return card(
    { title: 'Due diligence', id: 'checks', flush: true },
    table({
      caption: 'Checks',
      rows: CHECK_NAMES.map((name) => ({ name, check: found.get(name) })),
      columns: [
        { label: 'Check', header: true, cell: ({ name }) => DUE_DILIGENCE[name] },
        {
          label: 'Found',
          cell: ({ check }) =>
            check
              ? html`${check.words}<br><span class="small muted">${check.who}, ${formatDate(check.at, 'list')}</span>`
              : html`<span class="muted">Nothing yet</span>`,
        },
        {
          label: 'Outcome',
          phone: 'status',
          cell: ({ check }) =>
            check
              ? tag(check.outcome === 'done' ? 'Done' : 'Failed', check.outcome === 'done' ? 'ok' : 'bad')
              : tag('Open'),
        },
        ...(open
          ? [
              {
                label: 'Change',
                phone: 'plain' as const,
                cell: ({ name, check }: { name: (typeof CHECK_NAMES)[number]; check: Check | undefined }) =>
                  link(
                    html`${check ? 'Record again' : 'Record'}<span class="govuk-visually-hidden">: ${DUE_DILIGENCE[name]}</span>`,
                    `${here}/checks/${name}`,
                  ),
              },
            ]
          : []),
      ],
    }),
  );
}

function reportCard(report: Report): Safe {
  return card(
    { title: report.manner === 'visit' ? 'Report of the visit' : 'Desk decision', id: `report-${report.at.getTime()}` },
    html`<p>${report.words}</p><p class="muted small">${formatDate(report.heldOn)}, written by ${report.who}</p>`,
  );
}

function conditionsCard({ application, conditions }: ApplicationFile, here: string): Safe {
  return card(
    {
      title: 'Conditions',
      id: 'conditions',
      aside: application.state === 'review' && link('Set a condition', `${here}/conditions/add`),
    },
    conditions.length > 0
      ? summaryList(conditions.map((one) => [`By ${formatDate(one.dueOn)}`, one.words]))
      : html`<p class="muted">None yet. A condition is set with a day and goes on to the centre.</p>`,
  );
}

function answersCard(application: Application): Safe {
  const missing = missingFrom(application.answers).length;
  return html`${application.state === 'invited' && note(`Saved and not sent yet. ${missing} answers are missing.`)}${APPLICATION_SECTIONS.map(
    (section, index) =>
      card(
        { title: section.title, id: `answers-${index + 1}` },
        summaryList(
          section.questions.map(({ key, label }) => [
            label.replace(' (optional)', ''),
            answerText(application.answers, key) || html`<span class="muted">Nothing</span>`,
          ]),
        ),
      ),
  )}`;
}
