import type { Writer } from '#platform/database/database.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { brand } from '#platform/settings/brand.ts';
import { accountNamed } from '../account-names/account-named.ts';
import { usernamesMailed } from '../audit.ts';
import { mailNewAccountLink } from '../open-account/new-account-links.ts';
import { mailResetLink } from '../reset-password/reset-links.ts';
import { mayMailPerson } from '../throttle/requests.ts';
import {
  accountExistsMail,
  invitedMail,
  knownPersonMail,
  type MailText,
  noAccountMail,
  suspendedMail,
  usernamesMail,
} from './mails.ts';
import { type AddressOwner, invitingOrganisation, ownersOf } from './owner-of-address.ts';
import { isMailable } from './typed-email.ts';

const MOST_ATTEMPTS = 5;
/** Links are kept so long after their end, so that their page can still say what became of them. */
const DAYS_AFTER_END = 30;
const DAY_MS = 86_400_000;

interface Request {
  readonly id: string;
  readonly kind: string;
  readonly typed: string;
  readonly given_names: string | null;
  readonly family_name: string | null;
}

/**
 * Answers what visitors asked for, oldest first, each in a transaction of its own; returns how many. Mail goes to the
 * stored address of whoever is found, and to a typed one only where the text says nothing of anybody.
 */
export async function answerRequests(services: Services): Promise<number> {
  for (let answered = 0; ; ) {
    let failing: Request | undefined;
    try {
      const found = await services.database.write(SYSTEM, async (writer) => {
        failing = await nextRequest(writer);
        if (!failing) return false;
        await answer(writer, services, failing);
        await writer.db.deleteFrom('accounts.mail_requests').where('id', '=', failing.id).execute();
        return true;
      });
      if (!found) return answered;
      answered++;
    } catch (error) {
      if (!failing) throw error;
      const { id } = failing;
      services.log.error(`The mail request ${id} could not be answered.`, error);
      await services.database.write(SYSTEM, ({ db }) =>
        db
          .updateTable('accounts.mail_requests')
          .set((row) => ({ attempts: row('attempts', '+', 1) }))
          .where('id', '=', id)
          .execute(),
      );
    }
  }
}

function nextRequest({ db }: Writer): Promise<Request | undefined> {
  return db
    .selectFrom('accounts.mail_requests')
    .select(['id', 'kind', 'typed', 'given_names', 'family_name'])
    .where('attempts', '<', MOST_ATTEMPTS)
    .orderBy('attempts')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
}

async function answer(writer: Writer, services: Services, request: Request): Promise<void> {
  const owners = await ownersOf(writer, request.typed);
  if (request.kind === 'username') return answerUsername(writer, services, request.typed, owners);
  if (request.kind === 'password') return answerPassword(writer, services, request.typed, owners);
  return answerAccount(writer, services, request, owners);
}

const mailTo = (writer: Writer, kind: string, to: string, text: MailText, personId?: string) =>
  writer.mail({ kind: `accounts.${kind}`, to, ...text, ...(personId ? { personId } : {}) });

async function answerUsername(
  writer: Writer,
  services: Services,
  typed: string,
  owners: readonly AddressOwner[],
): Promise<void> {
  const accounts = owners.filter((one) => one.username !== null);
  const [first] = accounts;
  if (!first) return answerNobody(writer, services, typed);
  if (!(await mayMailPerson(services, first.personId))) return;
  const named = accounts.map(({ username, suspended }) => ({ username: username as string, suspended }));
  const text = usernamesMail(brand, first.name, named, services.settings.publicUrl);
  await mailTo(writer, 'usernames', first.email, text, first.personId);
  for (const { personId } of accounts) await writer.audit(usernamesMailed, { kind: 'person', id: personId }, {});
}

async function answerPassword(
  writer: Writer,
  services: Services,
  typed: string,
  owners: readonly AddressOwner[],
): Promise<void> {
  const account = await accountNamed(writer, typed);
  if (!account) {
    if (owners.length === 0) await answerNobody(writer, services, typed);
    return;
  }
  const person = await writer.db
    .selectFrom('accounts.people')
    .select(['given_names', 'family_name', 'email', 'email_confirmed_at'])
    .where('id', '=', account.personId)
    .executeTakeFirstOrThrow();
  // An address that no mailed link confirmed may be anybody's: nothing that opens the account goes there.
  if (!person.email || !person.email_confirmed_at || !(await mayMailPerson(services, account.personId))) return;
  const name = `${person.given_names} ${person.family_name}`;
  if (account.status === 'suspended') {
    return mailTo(writer, 'suspended', person.email, suspendedMail(brand, name), account.personId);
  }
  await mailResetLink(writer, services, { ...account, name, email: person.email });
}

/** Nobody's address: what to do instead, for whoever reads that mailbox. A username that nobody has gets no mail. */
async function answerNobody(writer: Writer, { settings }: Services, typed: string): Promise<void> {
  if (isMailable(typed)) await mailTo(writer, 'no-account', typed, noAccountMail(brand, settings.publicUrl));
}

async function answerAccount(
  writer: Writer,
  services: Services,
  { typed, given_names, family_name }: Request,
  owners: readonly AddressOwner[],
): Promise<void> {
  const owner = owners.find((one) => one.username !== null) ?? owners[0];
  if (owner) {
    if (!(await mayMailPerson(services, owner.personId))) return;
    const text = !owner.username
      ? knownPersonMail(brand)
      : owner.suspended
        ? suspendedMail(brand, owner.name)
        : accountExistsMail(brand, owner.name, services.settings.publicUrl);
    return mailTo(writer, 'account-exists', owner.email, text, owner.personId);
  }
  const organisation = await invitingOrganisation(writer, typed);
  if (organisation) return mailTo(writer, 'invited-already', typed, invitedMail(brand, organisation));
  await mailNewAccountLink(writer, services, {
    email: typed,
    givenNames: given_names ?? '',
    familyName: family_name ?? '',
  });
}

/** Removes requests that could not be answered for a day, and links whose end is long past. */
export async function sweepLinks(services: Services): Promise<void> {
  await services.database.write(SYSTEM, async ({ db, now }) => {
    const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
    await db.deleteFrom('accounts.mail_requests').where('asked_at', '<', ago(1)).execute();
    await db.deleteFrom('accounts.password_resets').where('expires_at', '<', ago(DAYS_AFTER_END)).execute();
    await db.deleteFrom('accounts.new_account_links').where('expires_at', '<', ago(DAYS_AFTER_END)).execute();
  });
}
