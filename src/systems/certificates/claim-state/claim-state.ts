/** The states of a claim and of a certificate (domain 8). */

export const CLAIM_STATES = ['submitted', 'issued', 'returned', 'revoked'] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];
export type ClaimAct = 'issue' | 'return' | 'revoke';

export type CertificateState = 'issued' | 'replaced' | 'revoked';

/** The words people read for each state of a claim. */
export const CLAIM_WORDS: Record<ClaimState, string> = {
  submitted: 'Waiting for decision',
  issued: 'Issued',
  returned: 'Returned',
  revoked: 'Revoked',
};

const NEXT: Record<ClaimState, Partial<Record<ClaimAct, ClaimState>>> = {
  submitted: { issue: 'issued', return: 'returned' },
  issued: { revoke: 'revoked' },
  // Both are final: whoever wants to go on claims anew.
  returned: {},
  revoked: {},
};

export type ClaimTransition =
  | { readonly ok: true; readonly to: ClaimState }
  | { readonly ok: false; readonly message: string };

/** The state a claim goes to by an act, or a sentence why it cannot. */
export function claimTransition(from: ClaimState, act: ClaimAct): ClaimTransition {
  const to = NEXT[from][act];
  if (to) return { ok: true, to };
  if (act === 'revoke') {
    return {
      ok: false,
      message:
        from === 'revoked' ? 'The certificate is revoked already' : 'Only a certificate that was issued can be revoked',
    };
  }
  return {
    ok: false,
    message: `The claim has been decided already: it is ${CLAIM_WORDS[from].toLowerCase()}. Look at it again`,
  };
}

/** Whether a claim stands in the way of another of the same kind on its registration. */
export function isCurrent(state: ClaimState): boolean {
  return state === 'submitted' || state === 'issued';
}
