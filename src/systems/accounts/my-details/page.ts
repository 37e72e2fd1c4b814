import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import type { PersonPrincipal } from '#platform/permissions/principal.ts';
import { linkButton, note, pageHead, staffPage } from '#ui';
import type { PendingEmail } from '../change-email/pending.ts';
import type { OwnPin } from '../pins/pins.ts';
import type { SecondFactors } from '../second-factors/factors.ts';
import type { SecurityEvent } from '../security-events/security-events.ts';
import { dataCard } from './data-card.ts';
import { eventsCard } from './events-card.ts';
import { passwordCard } from './password-card.ts';
import { pinCard } from './pin-card.ts';
import { rolesCard } from './roles-card.ts';
import { secondFactorCard } from './second-factor-card.ts';
import { type OwnSession, sessionsCard } from './sessions-card.ts';
import { youCard } from './you-card.ts';

export interface MyDetails {
  readonly person: PersonPrincipal;
  readonly pins: readonly OwnPin[];
  readonly sessions: readonly OwnSession[];
  readonly secondFactors: SecondFactors;
  /** What has just been done, to be said at the top. */
  readonly done: Done | undefined;
  readonly pendingEmail: PendingEmail | null;
  readonly events: readonly SecurityEvent[];
  readonly now: Date;
}

const DONE = {
  account: 'Your account is ready. Find your PIN below and activate it: it opens the dashboard of your centre.',
  password: 'Your password is changed. Everywhere else you will have to log in again.',
  elsewhere: 'You are logged out everywhere but here.',
  name: 'Your name is changed.',
  'email-asked': 'We have sent a link to the old and to the new address. Nothing changes until you have used both.',
  'email-cancelled': 'The change of your e-mail address is cancelled.',
  email: 'Your e-mail address is changed.',
  pin: 'You have a new PIN; the old one has stopped. Activate it to open the dashboard of your centre again.',
  session: 'That device is logged out.',
} as const;

export type Done = keyof typeof DONE;
export const DONE_KEYS = Object.keys(DONE) as Done[];

const toActivate = (done: Done) =>
  done === 'account' || done === 'pin'
    ? linkButton('Activate my PIN', '/activate', { small: true, icon: 'key' })
    : undefined;

export function myDetailsPage(frame: Frame, details: MyDetails): Safe {
  const { person, pins, sessions, done, now } = details;
  return staffPage(
    { ...frame, title: 'My details', scripts: ['copy-text.js'] },
    html`${pageHead({ title: 'My details' })}
${done && note(DONE[done], { tone: 'ok', announce: true, class: 'mb', action: toActivate(done) })}
<div class="split wide"><div class="stack">
${youCard(person, details.pendingEmail)}
${pinCard(person, pins)}
${sessionsCard(sessions, now)}
${passwordCard()}
${secondFactorCard(details.secondFactors)}
${dataCard()}
</div><div class="stack">
${rolesCard(person)}
${eventsCard(details.events, now)}
</div></div>`,
  );
}
