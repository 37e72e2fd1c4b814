import { z } from 'zod';
import { html } from '#platform/html/html.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import { singleCheckbox } from '#ui';
import { reasonAct, withReason } from '../administration/reason-act.ts';
import {
  currentMemberships,
  onlyCoordinatorAt,
  organisationLabel,
  otherAdministrators,
  type RecordMembership,
} from '../administration/records.ts';
import { lastAdministratorProblem } from '../administration/rules.ts';
import { endMembership } from '../memberships/memberships.ts';
import { isUserRole } from '../memberships/roles.ts';
import { WHAT_ROLES_ALLOW } from '../my-details/what-roles-allow.ts';

interface RoleToEnd {
  readonly membership: RecordMembership;
  /** The centre would be left without a coordinator who can log in. */
  readonly leavesNone: boolean;
}

/** /people/:personId/end-role/:membershipId: ends one role. The last coordinator of a centre goes only when that is said. */
export const endRole = reasonAct({
  params: z.object({ personId: z.uuid(), membershipId: z.uuid() }),
  address: ({ membershipId }) => `end-role/${membershipId}`,
  schema: withReason.extend({ leavesNone: z.enum(['yes']).optional().catch(undefined) }),
  find: async (reader, record, { membershipId }): Promise<RoleToEnd> => {
    const membership = currentMemberships(record).find(({ id }) => id === membershipId);
    if (!membership) throw new NotFound();
    const alone = membership.role === 'coordinator' ? await onlyCoordinatorAt(reader, record.id) : [];
    return { membership, leavesNone: alone.includes(organisationLabel(membership)) };
  },
  problem: async (record, { membership }, writer) =>
    membership.role === 'body_administrator' && writer
      ? lastAdministratorProblem(record, await otherAdministrators(writer, record.id))
      : null,
  title: ({ name }, { membership }) =>
    `End the role ${ROLE_NAMES[membership.role].toLowerCase()} of ${name} at ${membership.organisation}`,
  button: 'End the role',
  look: 'bad',
  preview: (record, { membership, leavesNone }) => {
    const others = currentMemberships(record).filter(
      (one) => one.organisationId === membership.organisationId && one.id !== membership.id && isUserRole(one.role),
    );
    return html`<ul><li>At once, this right of ${record.name} is gone: ${WHAT_ROLES_ALLOW[membership.role]}.</li>
${
  others.length === 0 &&
  membership.kind === 'centre' &&
  isUserRole(membership.role) &&
  html`<li>It is the last role at ${organisationLabel(membership)}: the PIN is withdrawn, an open invitation stops working.</li>`
}${others.length > 0 && html`<li>Other roles there stay: ${others.map(({ role }) => ROLE_NAMES[role]).join(', ')}.</li>`}
${leavesNone && html`<li><span class="strong">${organisationLabel(membership)} then has no coordinator who can log in.</span> Nobody there could add users, register candidates or claim certificates.</li>`}</ul>
<p class="muted">What ${record.name} has done stays on record.</p>`;
  },
  more: (_record, { membership, leavesNone }, values, errors) =>
    leavesNone
      ? singleCheckbox({
          name: 'leavesNone',
          label: `${organisationLabel(membership)} shall have no coordinator`,
          checked: values.leavesNone === 'yes',
          errors,
        })
      : null,
  act: async (writer, _record, { membership, leavesNone }, fields) => {
    if (leavesNone && fields.leavesNone !== 'yes') {
      throw new Refused([
        {
          field: 'leavesNone',
          message: `Say that ${organisationLabel(membership)} shall have no coordinator, or give the role to somebody else first`,
        },
      ]);
    }
    await endMembership(writer, {
      membershipId: membership.id,
      organisationId: membership.organisationId,
      reason: fields.reason,
    });
  },
  done: 'role-ended',
});
