import { z } from 'zod';
import type { Writer } from '#platform/database/database.ts';
import { type Answer, type FieldError, json, page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { parseForm } from '#platform/http/forms.ts';
import { takeTimeCode } from '../authenticator-apps/authenticator-apps.ts';
import { readTimeCode } from '../authenticator-apps/time-code.ts';
import { beginSession, safeNext } from '../log-in/log-in.ts';
import { secondsUntilChallenge } from '../passkeys/challenges.ts';
import { proofOptions, proveByPasskey } from '../passkeys/prove.ts';
import { relyingParty } from '../passkeys/relying-party.ts';
import { passkeyAnswer } from '../passkeys/typed-answer.ts';
import { readRecoveryCode } from '../recovery-codes/recovery-code.ts';
import { takeRecoveryCode } from '../recovery-codes/recovery-codes.ts';
import { rememberThisDevice } from '../remembered-devices/remembered-devices.ts';
import { secondFactorGiven, secondFactorRefused } from '../second-factors/audit.ts';
import { type Factor, factorsOf, recoveryCodesLeft } from '../second-factors/factors.ts';
import { recoveryCodeUsed, tellPerson } from '../second-factors/mails.ts';
import { knownDevice } from '../throttle/known-device.ts';
import { claimGuess, type Guess, guessWasRight, guessWasWrong, waitInWords } from '../throttle/throttle.ts';
import { codePage, lostPage, recoveryPage } from './page.ts';
import {
  claimTry,
  clearPendingCookie,
  PENDING_TRIES,
  type PendingLogIn,
  pendingLogIn,
  spendPending,
} from './pending.ts';

const CODE = 'Enter the 6 digits that your authenticator app shows for this account';
const codeForm = z.object({
  code: z
    .string(CODE)
    .max(100, CODE)
    .refine((typed) => readTimeCode(typed) !== null, CODE)
    .transform((typed) => readTimeCode(typed) as string),
});

const RECOVERY = 'Enter one of your recovery codes: 10 letters and numbers, such as 7K2PM-X9QTW';
const recoveryForm = z.object({
  code: z
    .string(RECOVERY)
    .max(100, RECOVERY)
    .refine((typed) => readRecoveryCode(typed) !== null, RECOVERY)
    .transform((typed) => readRecoveryCode(typed) as string),
});

/** One answer to a code that is wrong, too old or used before. */
const WRONG_CODE = 'That code does not fit. Wait until your app shows the next one, and enter that';
const WRONG_RECOVERY = 'That is not a recovery code of yours that can still be used. Check it, or take another one';
const LAST_TRY = 'That was the last try. Log in again from the beginning';

type Kind = 'app' | 'recovery-code';

/** GET /login/second-step: asks for the code of the app, or a passkey, of a log-in whose password was right. */
export async function showSecondStep(context: Context): Promise<Answer> {
  return withPending(context, (pending) => show(context, pending, 'app', []));
}

/** GET /login/recovery-code: the way for somebody whose phone is lost. */
export async function showRecovery(context: Context): Promise<Answer> {
  return withPending(context, (pending) => show(context, pending, 'recovery-code', []));
}

/** POST /login/second-step */
export async function giveCode(context: Context): Promise<Answer> {
  return withPending(context, (pending) =>
    giveTyped(context, pending, 'app', codeForm, (writer, code) =>
      takeTimeCode(writer, context.services, pending.personId, code),
    ),
  );
}

/** POST /login/recovery-code */
export async function giveRecoveryCode(context: Context): Promise<Answer> {
  return withPending(context, (pending) =>
    giveTyped(context, pending, 'recovery-code', recoveryForm, (writer, code) =>
      takeRecoveryCode(writer, context.services, pending.personId, code),
    ),
  );
}

/** POST /login/second-step/passkey-options: what the authenticator is to sign. */
export async function secondStepOptions(context: Context): Promise<Answer> {
  const pending = await pendingLogIn(context);
  const party = relyingParty(context.services.settings, context.request);
  if (!pending || !party) return json({ error: 'Log in again' }, 410);
  if ((await secondsUntilChallenge(context)) > 0) return json({ error: 'Too many tries' }, 429);
  return json(await proofOptions(context, party, 'second-step', pending.personId));
}

/** POST /login/second-step/passkey */
export async function givePasskey(context: Context): Promise<Answer> {
  return withPending(context, async (pending) => {
    const proof = await proveByPasskey(context, 'second-step', pending.personId, passkeyAnswer(context.fields));
    if (!proof) {
      const message = 'That passkey did not work here. Try again, or use another way';
      return show(context, pending, 'app', [{ field: '', message }], 422);
    }
    const done = await context.services.database.write(asPerson(pending), async (writer) => {
      if (!(await spendPending(writer, pending))) return false;
      await noteGiven(context, writer, pending, 'passkey');
      return true;
    });
    return done ? finish(context, pending) : lost(context);
  });
}

const asPerson = ({ personId }: PendingLogIn) => ({ kind: 'system', personId }) as const;

async function withPending(context: Context, work: (pending: PendingLogIn) => Promise<Answer>): Promise<Answer> {
  const pending = await pendingLogIn(context);
  if (pending) return work(pending);
  if (context.principal.kind === 'person') return redirect('/home');
  return lost(context);
}

async function lost(context: Context): Promise<Answer> {
  clearPendingCookie(context);
  return page(lostPage(await context.frame()), 410);
}

async function show(
  context: Context,
  pending: PendingLogIn,
  kind: Kind,
  errors: readonly FieldError[],
  status = 200,
): Promise<Answer> {
  const { services, fields } = context;
  const frame = await context.frame();
  const remember = fields.remember === 'yes';
  const factors = await services.database.read({ kind: 'system' }, (reader) => factorsOf(reader, pending.personId));
  const has = (wanted: Factor['kind']) => factors.some((factor) => factor.kind === wanted);
  if (kind === 'recovery-code') return page(recoveryPage(frame, { errors }), status);
  const passkey = has('passkey') && relyingParty(services.settings, context.request) !== null;
  return page(codePage(frame, { errors, remember, app: has('app'), passkey }), status);
}

/** A typed code, from the throttle to the session. `take` spends the code, once. */
async function giveTyped(
  context: Context,
  pending: PendingLogIn,
  kind: Kind,
  schema: z.ZodType<{ code: string }>,
  take: (writer: Writer, code: string) => Promise<boolean>,
): Promise<Answer> {
  const { services, fields, address } = context;
  const refuse = (message: string, status = 422) => show(context, pending, kind, [{ field: 'code', message }], status);
  const parsed = parseForm(schema, fields);
  if (!parsed.ok) return show(context, pending, kind, parsed.errors, 422);
  const guess: Guess = {
    kind: 'second step',
    account: pending.personId,
    address,
    knownDevice: knownDevice(services, context.request, pending.username),
  };
  const claim = await claimGuess(services, guess);
  if (claim.waitSeconds > 0) {
    return refuse(`There were too many tries. Wait ${waitInWords(claim.waitSeconds)}, then try again`, 429);
  }
  if (!(await claimTry(context, pending))) return lost(context);
  const outcome = await services.database.write(asPerson(pending), async (writer) => {
    if (!(await take(writer, parsed.value.code))) {
      const subject = { kind: 'person', id: pending.personId };
      await writer.audit(secondFactorRefused, subject, { factor: kind, why: 'wrong', address });
      return 'wrong' as const;
    }
    if (!(await spendPending(writer, pending))) return 'lost' as const;
    await noteGiven(context, writer, pending, kind);
    return 'given' as const;
  });
  if (outcome === 'lost') return lost(context);
  if (outcome === 'wrong') {
    await guessWasWrong(services, guess);
    if (pending.tries + 1 >= PENDING_TRIES) return refuse(LAST_TRY);
    return refuse(kind === 'app' ? WRONG_CODE : WRONG_RECOVERY);
  }
  await guessWasRight(services, guess);
  return finish(context, pending);
}

async function noteGiven(
  context: Context,
  writer: Writer,
  { personId }: PendingLogIn,
  factor: Kind | 'passkey',
): Promise<void> {
  await writer.audit(secondFactorGiven, { kind: 'person', id: personId }, { factor, address: context.address });
  // Whoever has lost the phone uses another device than usual, and nobody ticks it by habit.
  if (factor === 'recovery-code') {
    await tellPerson(writer, personId, recoveryCodeUsed(await recoveryCodesLeft(writer, personId)));
  } else if (context.fields.remember === 'yes') {
    await rememberThisDevice(context, writer, personId);
  }
}

async function finish(context: Context, { personId, username, next }: PendingLogIn): Promise<Answer> {
  clearPendingCookie(context);
  await beginSession(context, personId, username, context.now);
  return redirect(safeNext(next));
}
