import { type Answer, type FieldError, json, page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { deviceInWords } from '../my-details/device.ts';
import { secondsUntilChallenge } from '../passkeys/challenges.ts';
import { addPasskey, readNewPasskey, registrationOptions } from '../passkeys/register.ts';
import { relyingParty } from '../passkeys/relying-party.ts';
import { passkeyAnswer } from '../passkeys/typed-answer.ts';
import { addFactor, MOST_FACTORS } from '../second-factors/add-factor.ts';
import { beforeChange, OVERVIEW } from '../second-factors/before-change.ts';
import { factorsOf } from '../second-factors/factors.ts';
import { addPasskeyPage } from './page.ts';

const AT = `${OVERVIEW}/add-passkey`;
/** Letters of a passkey's name. */
const LONGEST_NAME = 60;

/** GET /my-details/second-factors/add-passkey */
export async function showAddPasskey(context: Context): Promise<Answer> {
  return beforeChange(context, AT) ?? (await tooMany(context)) ?? show(context, []);
}

/** POST /my-details/second-factors/add-passkey/options: what the authenticator needs to make one. */
export async function addPasskeyOptions(context: Context): Promise<Answer> {
  const party = relyingParty(context.services.settings, context.request);
  if (!party) return json({ error: 'No passkeys at this address' }, 410);
  if (beforeChange(context, AT)) return json({ error: 'Confirm first that it is you' }, 409);
  if ((await secondsUntilChallenge(context)) > 0) return json({ error: 'Too many tries' }, 429);
  return json(await registrationOptions(context, context.person(), party));
}

/** POST /my-details/second-factors/add-passkey: stores what the authenticator made, under a name. */
export async function storePasskey(context: Context): Promise<Answer> {
  const { personId } = context.person();
  const first = beforeChange(context, AT) ?? (await tooMany(context));
  if (first) return first;
  const passkey = await readNewPasskey(context, personId, passkeyAnswer(context.fields));
  if (!passkey) {
    const message =
      'The passkey was not added. Try again; if your device now holds one for this site, you can remove it there';
    return show(context, [{ field: '', message }], 422);
  }
  return addFactor(context, 'passkey', (writer) => addPasskey(writer, personId, passkey, nameFor(context)));
}

/** The name as typed, or the device in words: the authenticator has made the passkey already, so no name is refused. */
function nameFor({ fields, device }: Context): string {
  const typed = typeof fields.name === 'string' ? fields.name.trim().replace(/\s+/g, ' ') : '';
  return [...(typed || deviceInWords(device))].slice(0, LONGEST_NAME).join('');
}

async function show(context: Context, errors: readonly FieldError[], status = 200): Promise<Answer> {
  const possible = relyingParty(context.services.settings, context.request) !== null;
  return page(addPasskeyPage(await context.frame(), { name: nameFor(context), possible, errors }), status);
}

async function tooMany({ services, person }: Context): Promise<Answer | null> {
  const { personId } = person();
  const factors = await services.database.read(SYSTEM, (reader) => factorsOf(reader, personId));
  return factors.length >= MOST_FACTORS ? redirect(`${OVERVIEW}?done=many`) : null;
}
