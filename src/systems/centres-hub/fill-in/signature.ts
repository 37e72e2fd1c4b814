/** A signature is one's own name, typed under the form's statement by somebody whose role signs. */
import { html, type Safe } from '#platform/html/html.ts';
import { ROLE_NAMES, type Role } from '#platform/permissions/capabilities.ts';
import type { FormDefinition } from '../forms/definition.ts';
import { paragraphs } from '../forms/question-field.ts';
import { sameName } from '../signatures/same-name.ts';

type Signature = NonNullable<FormDefinition['signature']>;

/** "Centre coordinator or Internal quality assurer". */
export function signersInWords({ signedBy }: Signature): string {
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(signedBy.map((role) => ROLE_NAMES[role]));
}

export function signatureWords(signature: Signature): Safe {
  return html`${paragraphs(signature.statement)}<p class="muted">Signed by: ${signersInWords(signature)}</p>`;
}

/** Whether somebody with these roles signs; a form without signature is submitted by whoever fills it in. */
export function maySign(definition: Pick<FormDefinition, 'signature' | 'filledBy'>, roles: readonly Role[]): boolean {
  const signers: readonly Role[] = definition.signature?.signedBy ?? definition.filledBy;
  return roles.some((role) => signers.includes(role));
}

/** Whether somebody with these roles works on the form: fills it in, or signs it. */
export function mayFillIn(definition: Pick<FormDefinition, 'signature' | 'filledBy'>, roles: readonly Role[]): boolean {
  const fillers: readonly Role[] = definition.filledBy;
  return roles.some((role) => fillers.includes(role)) || (definition.signature !== null && maySign(definition, roles));
}

/** Why what was typed is no signature of this person; null: it is one. */
export function signatureProblem(typed: string, name: string): string | null {
  if (typed.trim() === '') return `Type your name, ${name}, to sign`;
  return sameName(typed, name) ? null : `Type your own name as it stands in your account: ${name}`;
}
