import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import {
  brand,
  codeText,
  errorSummary,
  form,
  formatDate,
  formatDateTime,
  submitButton,
  taskPage,
  textField,
  verdict,
} from '#ui';
import { holderName } from '../content/content.ts';
import { expiryInWords, hasExpired } from '../expiry/expiry.ts';
import { formatSerial } from '../serial/serial.ts';
import type { Verdict } from './look-up.ts';

export interface CheckPage {
  readonly serial: string;
  readonly familyName: string;
  readonly errors: readonly FieldError[];
  /** What the check found; null before one was made. */
  readonly found: { readonly verdict: Verdict; readonly serial: string } | null;
  /** Came by the printed square: the number is known, the name is asked. */
  readonly fromPaper?: boolean;
  readonly now: Date;
}

/** Check a certificate: the form, and the verdict beneath it. */
export function checkPage(frame: Frame, check: CheckPage): Safe {
  const { found, errors } = check;
  return taskPage(
    { ...frame, title: titleOf(check), hasErrors: errors.length > 0, form: true, logIn: true, noIndex: found !== null },
    html`${errorSummary(errors)}
<h1>Check a certificate</h1>
${form(
  { action: '/verify', method: 'get', label: 'Check a certificate', class: 'ao-inline mt' },
  html`${textField({ name: 'serial', label: 'Certificate number', value: check.serial, errors, code: true, autocomplete: 'off', spellcheck: false, autocapitalize: 'characters', maxlength: 40 })}${textField(
    {
      name: 'familyName',
      label: 'Holder’s family name',
      value: check.familyName,
      errors,
      autocomplete: 'off',
      spellcheck: false,
      maxlength: 100,
    },
  )}${submitButton('Check')}`,
)}
${found ? verdictSection(found.verdict, found.serial, check.now) : check.fromPaper && html`<p class="muted mt">The number comes from the square on the certificate. Enter the family name printed on it.</p>`}
${found ? afterVerdict(found.verdict) : html`<p class="muted mt">The number stands at the top right of the certificate: 12 letters and digits. We show name, title, date and whether the certificate is current; never birth dates, contact details or scores.</p>`}`,
  );
}

function titleOf({ found, now }: CheckPage): string {
  if (!found) return 'Check a certificate';
  return `${VERDICT_TITLES[kindOn(found.verdict, now)]} - check a certificate`;
}

/** A genuine certificate of an award that has an end is current until that day. */
const kindOn = (verdict: Verdict, now: Date): Verdict['kind'] | 'expired' =>
  verdict.kind === 'genuine' && hasExpired(verdict.expiry, dayInLondon(now)) ? 'expired' : verdict.kind;

const VERDICT_TITLES: Record<Verdict['kind'] | 'expired', string> = {
  genuine: 'Genuine and current',
  expired: 'Genuine, and expired',
  replaced: 'Replaced by a newer certificate',
  revoked: 'Revoked',
  not_found: 'Not found',
  unconfirmed: 'We cannot confirm this certificate now',
};

function verdictSection(answer: Verdict, serial: string, now: Date): Safe {
  const kind = kindOn(answer, now);
  const title = VERDICT_TITLES[kind];
  const foot = html`<span class="muted small">Checked ${formatDateTime(now)}</span>`;
  switch (answer.kind) {
    case 'genuine':
      return verdict({
        tone: kind === 'expired' ? 'warn' : 'ok',
        title,
        text:
          kind === 'expired'
            ? 'We issued this certificate. The time for which the award is good has ended: ask the holder whether it was renewed.'
            : 'We issued this certificate and it has not been replaced or revoked.',
        facts: factsOf(answer, now),
        foot,
      });
    case 'replaced':
      return verdict({
        tone: 'warn',
        title,
        text: `We issued this certificate. On ${formatDate(answer.since)} a newer one took its place: ask the holder for that one.`,
        facts: factsOf(answer, now),
        foot,
      });
    case 'revoked':
      return verdict({
        tone: 'bad',
        title,
        text: `We issued this certificate and revoked it on ${formatDate(answer.since)}. It does not count any more.`,
        facts: factsOf(answer, now),
        foot,
      });
    case 'not_found':
      return verdict({
        tone: 'warn',
        title,
        text: html`We have no certificate with number ${codeText(formatSerial(serial))} and this family name.`,
        foot,
      });
    case 'unconfirmed':
      return verdict({
        tone: 'warn',
        title,
        text: html`The entry for ${codeText(formatSerial(serial))} did not pass our own proof. Ask us before you rely on it.`,
        foot,
      });
  }
}

function factsOf({ kind, content, expiry }: Extract<Verdict, { content: unknown }>, now: Date) {
  const facts: [string, string | Safe][] = [
    ['Holder', holderName(content)],
    [content.template === 'credit' ? 'Credit towards' : 'Title', content.title],
  ];
  if (content.qualificationNumber) facts.push(['Qualification number', codeText(content.qualificationNumber)]);
  facts.push(['Awarded', formatDate(content.awardedOn)]);
  if (expiry && kind === 'genuine') facts.push(['Validity', expiryInWords(expiry, dayInLondon(now))]);
  facts.push(['Certificate number', codeText(formatSerial(content.serial))]);
  return facts;
}

function afterVerdict(answer: Verdict): Safe {
  const contact = html`<a href="mailto:${brand.supportEmail}">${brand.supportEmail}</a> or ${brand.supportPhone}`;
  if (answer.kind === 'not_found') {
    return html`<section class="mt-l"><h2>What you can do</h2><ul><li>Compare the number and the spelling of the name with the paper.</li><li>Try the family name alone, as it is printed, without given names.</li><li>Some certificates are older than this register. Ask us: ${contact}.</li></ul></section>`;
  }
  if (answer.kind === 'unconfirmed') return html`<p class="mt">${contact}</p>`;
  return html`<section class="mt-l"><h2>Does it match the paper in your hand?</h2><p class="muted">Compare name, title and date above with the certificate. If anything differs, tell us: ${contact}. We never show birth dates, contact details or scores here.</p></section>`;
}
