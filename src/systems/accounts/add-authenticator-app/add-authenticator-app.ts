import { z } from 'zod';
import { type Answer, type FieldError, page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { parseForm } from '#platform/http/forms.ts';
import { KeysError } from '#platform/keys/key-files.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { brand } from '#platform/settings/brand.ts';
import { addApp } from '../authenticator-apps/authenticator-apps.ts';
import { appAddress, newAppSecret, readTimeCode, stepOfCode } from '../authenticator-apps/time-code.ts';
import { addFactor, MOST_FACTORS } from '../second-factors/add-factor.ts';
import { secondFactorRefused } from '../second-factors/audit.ts';
import { beforeChange, OVERVIEW } from '../second-factors/before-change.ts';
import { factorsOf } from '../second-factors/factors.ts';
import { addAppPage } from './page.ts';

const AT = `${OVERVIEW}/add-app`;
const CODE = 'Enter the 6 digits that your app shows now';
const appForm = z.object({
  code: z
    .string(CODE)
    .max(100, CODE)
    .refine((typed) => readTimeCode(typed) !== null, CODE)
    .transform((typed) => readTimeCode(typed) as string),
});

/** How long a picture can be confirmed. */
const SETUP_MINUTES = 30;
const setup = z.object({ secret: z.string(), until: z.number() });
const ownerOf = (personId: string) => `authenticator app set up by ${personId}`;

/** GET /my-details/second-factors/add-app: a new secret as a picture. Nothing is stored until a code confirms it. */
export async function showAddApp(context: Context): Promise<Answer> {
  const first = beforeChange(context, AT) ?? (await tooMany(context));
  return first ?? show(context, newAppSecret(), []);
}

/** POST /my-details/second-factors/add-app: a code proves that the app has the secret. */
export async function addAuthenticatorApp(context: Context): Promise<Answer> {
  const { services, now, address } = context;
  const { personId } = context.person();
  const first = beforeChange(context, AT) ?? (await tooMany(context));
  if (first) return first;
  const secret = readSetup(context, personId);
  if (secret === null) {
    const message = 'This picture has expired. Scan the new one below';
    return show(context, newAppSecret(), [{ field: 'code', message }], 422);
  }
  const parsed = parseForm(appForm, context.fields);
  if (!parsed.ok) return show(context, secret, parsed.errors, 422);
  const step = stepOfCode(secret, parsed.value.code, now, null);
  if (step === null) {
    await services.database.write({ kind: 'system', personId }, (writer) =>
      writer.audit(secondFactorRefused, { kind: 'person', id: personId }, { factor: 'app', why: 'wrong', address }),
    );
    const message =
      'That code does not fit. Enter the one your app shows now for this account; the clock of your phone must be right';
    return show(context, secret, [{ field: 'code', message }], 422);
  }
  return addFactor(context, 'app', (writer) => addApp(writer, services, { personId, secret, step }));
}

/** The secret that was shown, which the form carries sealed for this person; null when it is too old or was altered. */
function readSetup({ services, fields, now }: Context, personId: string): string | null {
  if (typeof fields.setup !== 'string') return null;
  try {
    const text = services.keys.secondFactors.decrypt(Buffer.from(fields.setup, 'base64url'), ownerOf(personId));
    const { secret, until } = setup.parse(JSON.parse(text));
    return until > now.getTime() ? secret : null;
  } catch (error) {
    if (error instanceof KeysError) return null;
    throw error;
  }
}

async function show(context: Context, secret: string, errors: readonly FieldError[], status = 200): Promise<Answer> {
  const { services, now } = context;
  const { personId, username } = context.person();
  const until = now.getTime() + SETUP_MINUTES * 60_000;
  const sealed = services.keys.secondFactors.encrypt(JSON.stringify({ secret, until }), ownerOf(personId));
  const address = appAddress(secret, { issuer: brand.name, username });
  return page(
    addAppPage(await context.frame(), { secret, address, setup: sealed.toString('base64url'), errors }),
    status,
  );
}

async function tooMany({ services, person }: Context): Promise<Answer | null> {
  const { personId } = person();
  const factors = await services.database.read(SYSTEM, (reader) => factorsOf(reader, personId));
  return factors.length >= MOST_FACTORS ? redirect(`${OVERVIEW}?done=many`) : null;
}
