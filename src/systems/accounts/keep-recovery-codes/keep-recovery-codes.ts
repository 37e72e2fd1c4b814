import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, file, NotFound, page, redirect } from '#platform/http/answers.ts';
import type { Context, Frame } from '#platform/http/context.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { brand } from '#platform/settings/brand.ts';
import { card, crumbs, formatDate, linkButton, note, pageHead, postButton, staffPage } from '#ui';
import { RECOVERY_CODES } from '../recovery-codes/recovery-code.ts';
import { makeRecoveryCodes } from '../recovery-codes/recovery-codes.ts';
import { beforeChange, OVERVIEW } from '../second-factors/before-change.ts';
import { recoveryCodesLeft } from '../second-factors/factors.ts';
import { recoveryCodesRenewed, tellPerson } from '../second-factors/mails.ts';
import { hideCodes, showCodesOnce, shownCodes } from './shown-codes.ts';

const AT = `${OVERVIEW}/recovery-codes`;

/** GET /my-details/second-factors/recovery-codes: the new ones, for a few minutes; else how many are left. */
export async function showRecoveryCodes(context: Context): Promise<Answer> {
  const { personId, secondFactor } = context.person();
  const codes = shownCodes(context, personId);
  const frame = await context.frame();
  if (codes) return page(newCodesPage(frame, codes));
  const left = await context.services.database.read(SYSTEM, (reader) => recoveryCodesLeft(reader, personId));
  return page(codesLeftPage(frame, { left, setUp: secondFactor.setUp }));
}

/** POST /my-details/second-factors/recovery-codes: ten new ones, the old ones withdrawn. */
export async function renewRecoveryCodes(context: Context): Promise<Answer> {
  const { personId, secondFactor } = context.person();
  const first = beforeChange(context, AT);
  if (first) return first;
  if (!secondFactor.setUp) return redirect(OVERVIEW);
  const codes = await context.services.database.write({ kind: 'system', personId }, async (writer) => {
    const made = await makeRecoveryCodes(writer, context.services, personId);
    await tellPerson(writer, personId, recoveryCodesRenewed);
    return made;
  });
  showCodesOnce(context, personId, codes);
  return redirect(AT);
}

/** GET /my-details/second-factors/recovery-codes/download: the new ones as a text file. */
export async function downloadRecoveryCodes(context: Context): Promise<Answer> {
  const { personId, username } = context.person();
  const codes = shownCodes(context, personId);
  if (!codes) throw new NotFound();
  const text = `${brand.name}: recovery codes of ${username}, made on ${formatDate(context.now)}\r\n\r\n${codes.join('\r\n')}\r\n\r\nEach code works once, in place of your app or passkey. Keep them where you keep your passport.\r\n`;
  return file(text, { type: 'text/plain; charset=utf-8', name: 'imi-connect-recovery-codes.txt', cache: 'no-store' });
}

/** POST /my-details/second-factors/recovery-codes/kept: they are not shown again. */
export async function recoveryCodesKept(context: Context): Promise<Answer> {
  hideCodes(context);
  return redirect(`${OVERVIEW}?done=codes`);
}

const trail = crumbs([
  { label: 'My details', href: '/my-details' },
  { label: 'Second factor', href: OVERVIEW },
  { label: 'Recovery codes' },
]);

function newCodesPage(frame: Frame, codes: readonly string[]): Safe {
  return staffPage(
    { ...frame, title: 'Your recovery codes' },
    html`${trail}
${pageHead({ title: 'Keep your recovery codes', lead: 'For the day when your phone is lost or broken. They are shown only now' })}
<div class="wrap-s m0 stack">${card(
      { label: 'Recovery codes' },
      html`<ol class="ao-codes">${codes.map((code) => html`<li><span class="code">${code}</span></li>`)}</ol>
<p class="muted">Each works once, in place of your app or passkey. Print them, or save them in a password manager: not beside your password, and not only on the phone that you may lose.</p>
<div class="row noprint">${linkButton('Download as text', `${AT}/download`, { look: 'quiet', icon: 'download', download: true })}<a class="ao-btn quiet" href="${AT}" data-print>Print</a></div>`,
    )}
<div class="noprint">${postButton('I have kept my codes', { action: `${AT}/kept`, icon: 'check' })}</div></div>`,
  );
}

function codesLeftPage(frame: Frame, { left, setUp }: { readonly left: number; readonly setUp: boolean }): Safe {
  return staffPage(
    { ...frame, title: 'Recovery codes' },
    html`${trail}
${pageHead({ title: 'Recovery codes', lead: setUp ? `${left} of ${RECOVERY_CODES} are left` : undefined })}
<div class="wrap-s m0">${card(
      { label: 'Recovery codes' },
      setUp
        ? html`<p>A code logs you in when you cannot use your app or passkey. Each works once.</p>
<p>Codes are shown only when they are made: not even we can read them afterwards. If yours are lost or nearly used up, make ten new ones; the old ones stop working.</p>
<div class="row">${postButton('Make ten new codes', { action: AT })}${linkButton('Back', OVERVIEW, { look: 'quiet' })}</div>`
        : html`${note('You get ten recovery codes when you have set up an authenticator app or a passkey.')}<p class="mt">${linkButton('Set up a second factor', OVERVIEW)}</p>`,
    )}</div>`,
  );
}
