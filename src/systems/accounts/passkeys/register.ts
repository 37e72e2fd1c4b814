import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import type { Writer } from '#platform/database/database.ts';
import type { Context } from '#platform/http/context.ts';
import { type PersonPrincipal, SYSTEM } from '#platform/permissions/principal.ts';
import { brand } from '#platform/settings/brand.ts';
import { newChallenge, takeChallenge } from './challenges.ts';
import { type RelyingParty, relyingParty } from './relying-party.ts';

/** EdDSA, ES256 and RS256, by their COSE numbers: what authenticators in use offer. */
const ALGORITHMS = [-8, -7, -257];

/** What a browser says of a new passkey; the library checks each part. */
const registration = z.object({
  id: z.string().max(1400),
  rawId: z.string().max(1400),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: z.string().max(10_000),
    attestationObject: z.string().max(20_000),
    transports: z.array(z.string().max(30)).max(10).optional(),
  }),
});

/** The bytes by which an authenticator knows whose passkey it holds: the person's id, which says nothing. */
export const userHandleOf = (personId: string) => Buffer.from(personId.replaceAll('-', ''), 'hex');

/** What the browser needs to make a passkey: one that the authenticator keeps, with PIN, finger or face. */
export async function registrationOptions(context: Context, person: PersonPrincipal, party: RelyingParty) {
  const held = await context.services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('accounts.passkeys')
      .select(['credential_id', 'transports'])
      .where('person_id', '=', person.personId)
      .where('removed_at', 'is', null)
      .execute(),
  );
  // Loaded when it is first needed: it brings 29 MB of memory with it.
  const { generateRegistrationOptions } = await import('@simplewebauthn/server');
  return generateRegistrationOptions({
    rpName: brand.name,
    rpID: party.id,
    userName: person.username,
    userDisplayName: `${person.givenNames} ${person.familyName}`,
    userID: new Uint8Array(userHandleOf(person.personId)),
    // As bytes: a text would be encoded once more.
    challenge: new Uint8Array(Buffer.from(await newChallenge(context, 'registration', person.personId), 'base64url')),
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: held.map((one) => ({ id: one.credential_id, transports: one.transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

export interface NewPasskey {
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly backedUp: boolean;
}

/** The passkey that a browser has just made for this person, checked; null when anything about it is wrong. */
export async function readNewPasskey(context: Context, personId: string, typed: unknown): Promise<NewPasskey | null> {
  const { services, request } = context;
  const party = relyingParty(services.settings, request);
  const expectedChallenge = await takeChallenge(context, 'registration', personId);
  const parsed = registration.safeParse(typed);
  if (!party || !expectedChallenge || !parsed.success) return null;
  const { data } = parsed;
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const verified = await verifyRegistrationResponse({
    response: { ...data, clientExtensionResults: {} } as RegistrationResponseJSON,
    expectedChallenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => null);
  if (!verified?.verified) return null;
  const { credential, credentialBackedUp } = verified.registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: data.response.transports ?? [],
    backedUp: credentialBackedUp,
  };
}

/** Stores it under a name. Returns its id, or null when it was stored before. System's scope. */
export async function addPasskey(
  writer: Writer,
  personId: string,
  passkey: NewPasskey,
  name: string,
): Promise<string | null> {
  const made = await writer.db
    .insertInto('accounts.passkeys')
    .values({
      person_id: personId,
      credential_id: passkey.credentialId,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports: [...passkey.transports],
      name,
      backed_up: passkey.backedUp,
      added_at: writer.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return made?.id ?? null;
}
