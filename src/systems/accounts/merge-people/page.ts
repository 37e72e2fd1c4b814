import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import {
  buttonRow,
  card,
  crumbs,
  emptyState,
  errorSummary,
  form,
  formatDate,
  hiddenField,
  icon,
  linkButton,
  note,
  pageHead,
  rowLink,
  submitButton,
  summaryList,
  table,
  textareaField,
  toolbar,
} from '#ui';
import { peoplePage } from '../administration/people-page.ts';
import { currentMemberships, organisationLabel, type PersonRecord } from '../administration/records.ts';
import type { FoundPerson } from '../list-people/find-people.ts';
import { accountTag } from '../list-people/page.ts';
import type { MergePreview } from './merge.ts';

export interface ChooseOther {
  readonly record: PersonRecord;
  readonly q: string;
  readonly others: readonly FoundPerson[];
  readonly problem: string | null;
}

/** Finds the other record. */
export function chooseOtherPage(frame: Frame, { record, q, others, problem }: ChooseOther): Safe {
  const back = `/people/${record.id}`;
  const title = `Merge ${record.name} with another record`;
  return peoplePage(
    frame,
    { title },
    html`${crumbs([{ label: 'People', href: '/people' }, { label: record.name, href: back }, { label: 'Merge' }])}
${pageHead({ title, lead: 'Find the other record of the same person. Nothing happens before you have seen what would move.' })}
${
  problem
    ? note(`${problem}.`, {
        tone: 'warn',
        action: linkButton('Back to the person', back, { look: 'quiet', small: true }),
      })
    : html`<section class="ao-card flush" aria-label="Records">${toolbar({
        action: `${back}/merge`,
        label: 'Find the other record',
        query: { q },
        filters: [{ kind: 'search', name: 'q', label: 'Name, email or username' }],
      })}${
        others.length === 0
          ? html`<div class="pad">${emptyState({ icon: 'search', title: 'No other record matches', text: 'Try part of the name, or the e-mail address.' })}</div>`
          : table<FoundPerson>({
              caption: 'Other records',
              rows: others,
              columns: [
                {
                  label: 'Name',
                  header: true,
                  cell: (row) => rowLink(`${row.familyName}, ${row.givenNames}`, `${back}/merge/${row.id}`),
                },
                { label: 'Email', cell: (row) => row.email ?? html`<span class="muted">None</span>` },
                { label: 'Username', cell: (row) => row.username ?? html`<span class="muted">None</span>` },
                { label: 'State', phone: 'status', cell: ({ state }) => accountTag(state) },
              ],
            })
      }</section>`
}`,
  );
}

/** Both records side by side, what moves, and the reason. */
export function mergePage(
  frame: Frame,
  preview: MergePreview,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const { kept, merged, problem } = preview;
  const back = `/people/${kept.id}`;
  const title = 'Make one record of two';
  return peoplePage(
    frame,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'People', href: '/people' }, { label: kept.name, href: back }, { label: 'Merge', href: `${back}/merge` }, { label: 'What happens' }])}
${pageHead({ title, lead: `${merged.name} is merged into ${kept.name}. This cannot be undone.` })}
${
  problem && errors.length === 0
    ? note(`${problem}.`, {
        tone: 'warn',
        action: linkButton('Back to the person', back, { look: 'quiet', small: true }),
      })
    : html`<div class="stack"><div class="grid g2">${recordCard('The record that stays', 'kept', kept)}${recordCard('The record that is merged', 'merged', merged)}</div>
${problem === null && html`<div>${linkButton('Keep the other record instead', `/people/${merged.id}/merge/${kept.id}`, { look: 'quiet', small: true })}</div>`}
${problem === null && whatHappens(preview)}
${problem === null && mergeForm(preview, values, errors)}</div>`
}`,
  );
}

function recordCard(title: string, id: string, record: PersonRecord): Safe {
  const roles = currentMemberships(record).map((one) => organisationLabel(one));
  return card(
    { title, id },
    summaryList([
      ['Name', record.name],
      ['Username', record.username ?? 'None'],
      ['Email', record.email ?? 'None'],
      ['Known since', formatDate(record.createdAt)],
      ['Roles at', roles.length > 0 ? [...new Set(roles)].join(', ') : 'No organisation'],
    ]),
  );
}

function whatHappens({ kept, merged, username, email, lines }: MergePreview): Safe {
  const conflicts = lines.filter(({ conflict }) => conflict);
  const moves = lines.filter(({ conflict }) => !conflict);
  const gone = merged.username !== null && merged.username !== username ? merged.username : null;
  return html`${card(
    { title: 'What happens', id: 'happens' },
    html`<ul>${moves.map(({ what }) => html`<li>${what}.</li>`)}
<li>${username ? html`Username: <span class="strong">${username}</span> stays, with its password.` : 'Neither has an account.'}${gone && ` ${gone} no longer works, and nobody else can have it.`}</li>
<li>Email: <span class="strong">${email ?? 'none'}</span> stays. ${kept.email !== null && merged.email !== null && kept.email !== merged.email && 'The other address still leads to this person when a centre enters it, if a mailed link had confirmed it.'}</li>
<li>Both are logged out everywhere. Both addresses get a mail.</li>
<li>What ${merged.name} did stays in the ledger under the old record, and is read as this person's.</li></ul>`,
  )}${
    conflicts.length > 0 &&
    card(
      { title: 'Both have it', id: 'conflicts', tint: true },
      html`<ul class="plain">${conflicts.map(({ what }) => html`<li class="ic">${icon('alert')}<span>${what}.</span></li>`)}</ul>`,
    )
  }`;
}

function mergeForm({ kept, merged, seen }: MergePreview, values: FormValues, errors: readonly FieldError[]): Safe {
  const reason = typeof values.reason === 'string' ? values.reason : '';
  return card(
    { label: 'Why' },
    form(
      { action: `/people/${kept.id}/merge/${merged.id}`, submissionId: crypto.randomUUID() },
      html`${hiddenField('seen', seen)}${textareaField({ name: 'reason', label: 'Reason', hint: 'How you know that both are the same person. It is kept in the record.', value: reason, errors, rows: 3 })}
${buttonRow(submitButton('Merge the records', { look: 'bad' }), linkButton('Cancel', `/people/${kept.id}`, { look: 'quiet' }))}`,
    ),
  );
}
