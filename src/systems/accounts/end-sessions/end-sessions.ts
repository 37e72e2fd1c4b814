import { html } from '#platform/html/html.ts';
import { plural } from '#ui';
import { sessionsEnded } from '../administration/audit.ts';
import { personParams, reasonAct, withReason } from '../administration/reason-act.ts';
import { endSessionsOf } from '../sessions/open-session.ts';

/** /people/:personId/end-sessions: logs a person out everywhere, for a lost device or a shared password. */
export const endSessions = reasonAct({
  params: personParams,
  address: () => 'end-sessions',
  schema: withReason,
  find: async () => null,
  problem: ({ openSessions, name }) => (openSessions > 0 ? null : `${name} is not logged in anywhere`),
  title: ({ name }) => `End all log-in sessions of ${name}`,
  button: 'End all log-in sessions',
  look: 'bad',
  preview: ({ name, openSessions }) =>
    html`<ul><li>${plural(openSessions, 'log-in session')} of ${name} ${openSessions === 1 ? 'ends' : 'end'} at once.</li>
<li>What ${name} was typing is kept until the next log-in.</li><li>The password stays as it is.</li></ul>`,
  act: async (writer, record, _found, { reason }) => {
    await endSessionsOf(writer, record.id, 'ended by the awarding body');
    const payload = { reason, sessions: record.openSessions };
    await writer.audit(sessionsEnded, { kind: 'person', id: record.id }, payload);
  },
  done: 'sessions',
});
