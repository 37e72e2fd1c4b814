import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, json, page, redirect } from '#platform/http/answers.ts';
import type { Context, Frame } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { errorSummary, linkButton, pageHead, taskPage } from '#ui';
import { beginSession, safeNext } from '../log-in/log-in.ts';
import { secondsUntilChallenge } from '../passkeys/challenges.ts';
import { logInWithPasskeyForm } from '../passkeys/log-in-form.ts';
import { proofOptions, proveByPasskey } from '../passkeys/prove.ts';
import { relyingParty } from '../passkeys/relying-party.ts';
import { passkeyAnswer } from '../passkeys/typed-answer.ts';
import { secondFactorGiven } from '../second-factors/audit.ts';

const query = z.object({ next: z.string().max(2000).optional().catch(undefined) });

/** POST /login/passkey-options: what an authenticator is to sign so that it says who logs in. */
export async function logInOptions(context: Context): Promise<Answer> {
  const party = relyingParty(context.services.settings, context.request);
  if (!party) return json({ error: 'No passkeys at this address' }, 410);
  if ((await secondsUntilChallenge(context)) > 0) return json({ error: 'Too many tries' }, 429);
  return json(await proofOptions(context, party, 'log-in', null));
}

/**
 * POST /login/passkey: a passkey with PIN, finger or face is both proofs at once, something the person has and
 * something only he or she knows or is. It says by itself whose it is.
 */
export const logInWithPasskey = handler({ query }, async (context): Promise<Answer> => {
  const next = safeNext(context.query.next);
  const proof = await proveByPasskey(context, 'log-in', null, passkeyAnswer(context.fields));
  if (!proof) return page(refusedPage(await context.frame(), context.query.next), 422);
  await context.services.database.write({ kind: 'system', personId: proof.personId }, (writer) =>
    writer.audit(
      secondFactorGiven,
      { kind: 'person', id: proof.personId },
      { factor: 'passkey', address: context.address },
    ),
  );
  await beginSession(context, proof.personId, proof.username, context.now);
  return redirect(next);
});

function refusedPage(frame: Frame, next: string | undefined): Safe {
  const title = 'That passkey did not work';
  const back = next ? `/login?next=${encodeURIComponent(next)}` : '/login';
  return taskPage(
    { ...frame, title, hasErrors: true, width: 'form', noIndex: true, scripts: ['passkey.js'] },
    html`${errorSummary([{ field: '', message: 'Try once more, or log in with your username and password' }], 'You are not logged in yet')}
${pageHead({ title, lead: 'It may have been removed from the account, or the page was open for more than 5 minutes' })}
<div class="mt stack">${logInWithPasskeyForm(next)}<p>${linkButton('Login with username and password', back, { look: 'quiet' })}</p></div>`,
  );
}
