import { type Answer, json, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { keepSessionAwake, sessionEndNow } from '../sessions/sessions.ts';

/** How long the session of this browser lasts, as the warning before its end asks. */
export interface SessionLeft {
  /** 0 when nobody is logged in. */
  readonly secondsLeft: number;
  /** No request can put the end off: log in again. */
  readonly final: boolean;
}

/** GET /log-in-session: how long it lasts. Asking does not prolong it. */
export async function showSessionLeft(context: Context): Promise<Answer> {
  const { principal, now } = context;
  if (principal.kind !== 'person') return json({ secondsLeft: 0, final: true } satisfies SessionLeft);
  return json(left(principal.sessionEnd, now));
}

/** POST /log-in-session: "Stay logged in". */
export async function stayLoggedIn(context: Context): Promise<Answer> {
  const { services, request, now } = context;
  await keepSessionAwake(services, context.person());
  if (!request.headers.accept?.includes('application/json')) return redirect('/home');
  return json(left(await sessionEndNow(services, request), now));
}

function left({ at, final }: { at: Date; final: boolean }, now: Date): SessionLeft {
  return { secondsLeft: Math.max(0, Math.round((at.getTime() - now.getTime()) / 1000)), final };
}
