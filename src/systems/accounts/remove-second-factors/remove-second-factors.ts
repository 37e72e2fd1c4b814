import { html } from '#platform/html/html.ts';
import { personParams, reasonAct, withReason } from '../administration/reason-act.ts';
import { removeSecondFactors } from '../second-factors/remove.ts';

/** /people/:personId/remove-second-factors: for somebody who has lost them all, once it is sure who asks. */
export const removeAllSecondFactors = reasonAct({
  params: personParams,
  address: () => 'remove-second-factors',
  schema: withReason,
  find: async () => null,
  problem: ({ name, secondFactor }) => (secondFactor ? null : `${name} has not set up a second factor`),
  title: ({ name }) => `Remove the second factors of ${name}`,
  button: 'Remove the second factors',
  look: 'bad',
  preview: ({ name }) =>
    html`<ul><li>Authenticator apps, passkeys and recovery codes stop working at once, and remembered devices are forgotten.</li>
<li>All log-in sessions of ${name} end; the password stays as it is.</li>
<li>${name} gets a mail that says so. Where a role requires a second factor, the next log-in leads to setting one up.</li>
<li>Be sure who asked: call back on a number that you knew before.</li></ul>`,
  act: (writer, record, _found, { reason }) => removeSecondFactors(writer, record.id, reason),
  done: 'factors',
});
