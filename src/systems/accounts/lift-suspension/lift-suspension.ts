import { html } from '#platform/html/html.ts';
import { formatDateTime } from '#ui';
import { suspensionLifted } from '../administration/audit.ts';
import { personParams, reasonAct, withReason } from '../administration/reason-act.ts';

/** /people/:personId/lift-suspension: the account goes on as it was. */
export const liftSuspension = reasonAct({
  params: personParams,
  address: () => 'lift-suspension',
  schema: withReason,
  find: async () => null,
  problem: ({ status, name }) => (status === 'suspended' ? null : `The account of ${name} is not suspended`),
  title: ({ name }) => `Lift the suspension of ${name}`,
  button: 'Lift the suspension',
  look: 'main',
  preview: ({ name, suspension }) =>
    html`${
      suspension &&
      html`<p>Suspended by ${suspension.beganBy} on ${formatDateTime(suspension.beganAt)}: ${suspension.reason}</p>`
    }<ul><li>${name} can log in again, with the password as it was.</li><li>All roles give their rights again at once.</li></ul>`,
  act: async (writer, record, _found, { reason }) => {
    const { db, now } = writer;
    await db.updateTable('accounts.people').set({ status: 'active' }).where('id', '=', record.id).execute();
    await db
      .updateTable('accounts.suspensions')
      .set({ ended_at: now, ended_by: writer.identity.personId, end_reason: reason })
      .where('person_id', '=', record.id)
      .where('ended_at', 'is', null)
      .execute();
    await writer.audit(suspensionLifted, { kind: 'person', id: record.id }, { reason });
  },
  done: 'lifted',
});
