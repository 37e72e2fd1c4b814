/** Who reads a request: the rule for one, and the same rule as a condition for lists. */
import { type RawBuilder, sql } from 'kysely';
import type { Acting } from '#platform/permissions/principal.ts';
import { mayFillIn } from '../fill-in/signature.ts';
import type { FormDefinition } from '../forms/definition.ts';
import { mayDecide } from './may-decide.ts';

/** Whoever asks, with the roles held at the organisation acted for. */
export interface Asking extends Pick<Acting, 'kind' | 'roles'> {
  readonly personId: string;
}

interface Whose {
  readonly begunBy: string;
  readonly submittedBy: string | null;
}
interface Sent extends Whose {
  readonly submittedAt: Date | null;
  readonly definition: Pick<FormDefinition, 'decidedBy' | 'confidential'>;
}
interface Drafted extends Whose {
  readonly definition: Pick<FormDefinition, 'filledBy' | 'signature' | 'confidential'>;
}

/** Coordinators and administrators. */
export const isOffice = (roles: Acting['roles']): boolean =>
  roles.includes('coordinator') || roles.includes('administrator');

const isOwn = ({ begunBy, submittedBy }: Whose, personId: string | null) =>
  personId !== null && (personId === begunBy || personId === submittedBy);

/**
 * At the centre the office reads every request, others what they began or submitted; at the awarding body all that was
 * submitted. One of a confidential form is read by whoever began or submitted it, and by those who decide it, alone.
 */
export function mayRead(request: Sent, asking: Asking): boolean {
  const confidential = request.definition.confidential === true;
  if (asking.kind === 'awarding_body')
    return request.submittedAt !== null && (!confidential || mayDecide(request.definition, asking));
  return isOwn(request, asking.personId) || (!confidential && isOffice(asking.roles));
}

/** Whether somebody of the centre sees a draft at all: a confidential one is seen by whoever began it alone. */
export function maySeeDraft(
  draft: Whose & { readonly definition: Pick<FormDefinition, 'confidential'> },
  personId: string | null,
): boolean {
  return draft.definition.confidential !== true || isOwn(draft, personId);
}

/** Whether somebody of the centre works on a draft: sees it, and fills it in or signs it. */
export function mayWorkOn(draft: Drafted, { personId, roles }: Asking): boolean {
  return mayFillIn(draft.definition, roles) && maySeeDraft(draft, personId);
}

const confidential = sql`coalesce((v.definition ->> 'confidential')::boolean, false)`;
const own = (personId: string | null) => sql`(r.begun_by = ${personId} or r.submitted_by = ${personId})`;

/** `maySeeDraft` for lists: of request `r` with form version `v`. */
export const draftSeenBy = (personId: string | null): RawBuilder<unknown> =>
  sql`(not ${confidential} or ${own(personId)})`;

/** `mayRead` for lists: of request `r` with form version `v`. */
export function readableBy({ kind, roles, personId }: Asking): RawBuilder<unknown> {
  if (kind === 'awarding_body')
    return sql`(r.submitted_at is not null and (not ${confidential} or v.definition -> 'decidedBy' ?| ${[...roles]}::text[]))`;
  return sql`(${own(personId)} or (${isOffice(roles)}::boolean and not ${confidential}))`;
}
