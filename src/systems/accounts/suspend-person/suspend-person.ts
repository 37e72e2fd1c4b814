import { html } from '#platform/html/html.ts';
import { plural } from '#ui';
import { personSuspended } from '../administration/audit.ts';
import { personParams, reasonAct, withReason } from '../administration/reason-act.ts';
import {
  currentMemberships,
  onlyCoordinatorAt,
  organisationLabel,
  otherAdministrators,
} from '../administration/records.ts';
import { lastAdministratorProblem } from '../administration/rules.ts';
import { endSessionsOf } from '../sessions/open-session.ts';

/** /people/:personId/suspend: stops the account at once. Roles stay; nothing can be done with them. */
export const suspendPerson = reasonAct({
  params: personParams,
  address: () => 'suspend',
  schema: withReason,
  find: (reader, { id }) => onlyCoordinatorAt(reader, id),
  problem: async (record, _found, writer) => {
    if (record.status === 'suspended') return `The account of ${record.name} is suspended already`;
    return writer ? lastAdministratorProblem(record, await otherAdministrators(writer, record.id)) : null;
  },
  title: ({ name }) => `Suspend ${name}`,
  button: 'Suspend the account',
  look: 'bad',
  preview: (record, onlyCoordinator) => {
    const where = [...new Set(currentMemberships(record).map(organisationLabel))];
    return html`<ul><li>${record.name} is logged out everywhere at once${
      record.openSessions > 0 && html` (${plural(record.openSessions, 'log-in session')})`
    }.</li>
<li>Nobody can log in with the account. The log-in answers as for a wrong password; it does not say why.</li>
${where.length > 0 && html`<li>The roles stay as they are and give nothing while the suspension lasts: ${where.join(', ')}.</li>`}
${where.length > 0 && html`<li>Coordinators of these centres see the word "Suspended" in Centres Hub, not the reason.</li>`}
${onlyCoordinator.map((centre) => html`<li><span class="strong">${centre} then has no coordinator who can log in.</span></li>`)}</ul>
<p class="muted">A test that ${record.name} sits now goes on at its seat. The suspension can be lifted at any time.</p>`;
  },
  act: async (writer, record, _found, { reason }) => {
    const { db, now } = writer;
    await db.updateTable('accounts.people').set({ status: 'suspended' }).where('id', '=', record.id).execute();
    await db
      .insertInto('accounts.suspensions')
      .values({ person_id: record.id, began_at: now, began_by: writer.identity.personId as string, reason })
      .execute();
    await endSessionsOf(writer, record.id, 'suspended');
    await writer.audit(personSuspended, { kind: 'person', id: record.id }, { reason });
  },
  done: 'suspended',
});
