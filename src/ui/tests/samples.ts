/** Sample pages made of every part, as the systems would make them; tests look at them in a browser. */
import { html, type Safe } from '#platform/html/html.ts';
import {
  type AssetUrls,
  examPage,
  type FieldError,
  forbiddenPage,
  icon,
  notFoundPage,
  notOpenYetPage,
  pageHead,
  publicPage,
  resultRing,
  serverErrorPage,
  staffPage,
  submitButton,
  systemsList,
  tag,
  taskPage,
  textField,
  topicList,
  unavailablePage,
  verdict,
} from '../index.ts';
import { CANDIDATES, ERRORS, formBody, listBody } from './sample-lists-and-forms.ts';
import { examBody, loginBody, publicBody } from './sample-public.ts';
import { PUBLIC_SHELL, STAFF_SHELL, WEB_PORTAL } from './sample-shells.ts';
import { boardBody, homeBody, statesBody } from './sample-staff.ts';

/** Every sample by name, as a complete document. */
export function samplePages(assets: AssetUrls, theme: 'light' | 'dark' | null = null): Record<string, Safe> {
  const visitor = { shell: { ...PUBLIC_SHELL, theme }, nonce: '', assets };
  const staff = { shell: { ...STAFF_SHELL, theme }, nonce: '', assets };
  const wrong: FieldError[] = [{ field: 'password', message: 'The username and password do not match' }];
  return {
    public: publicPage({ ...visitor, title: 'Skills you can prove' }, publicBody()),
    login: taskPage({ ...visitor, title: 'Login', width: 'login', form: true }, loginBody([])),
    'login-error': taskPage({ ...visitor, title: 'Login', width: 'login', hasErrors: true }, loginBody(wrong)),
    home: staffPage({ ...staff, title: 'Centre home' }, homeBody()),
    list: staffPage({ ...staff, title: 'Candidates', system: WEB_PORTAL }, listBody(CANDIDATES, {})),
    'list-filtered-empty': staffPage(
      { ...staff, title: 'Candidates', system: WEB_PORTAL },
      listBody([], { status: 'hold' }),
    ),
    'list-first-use': staffPage({ ...staff, title: 'Candidates', system: WEB_PORTAL }, listBody([], {})),
    form: staffPage({ ...staff, title: 'Register a candidate', system: WEB_PORTAL, form: true }, formBody([])),
    'form-error': staffPage(
      { ...staff, title: 'Register a candidate', system: WEB_PORTAL, hasErrors: true },
      formBody(ERRORS),
    ),
    board: staffPage({ ...staff, title: 'Live session' }, boardBody()),
    states: staffPage({ ...staff, title: 'States' }, statesBody()),
    systems: staffPage(
      { ...staff, title: 'System Access' },
      html`${pageHead({ title: 'System Access' })}${systemsList(STAFF_SHELL.systems)}`,
    ),
    exam: examPage(
      {
        ...visitor,
        title: 'Question 12 of 30',
        test: 'Level 2 Vehicle Electrical Systems',
        candidate: { name: 'Keeley Brown', number: '48201203' },
        saved: 'All answers saved',
        secondsLeft: 1937,
        foot: html`${submitButton(html`${icon('left')}Back`, { look: 'quiet', form: 'question', name: 'go', value: 'back' })}${submitButton(html`Next${icon('arrow')}`, { form: 'question', name: 'go', value: 'next' })}<button class="ao-btn quiet" type="button" aria-pressed="false">${icon('flag')}<span>Flag<span class="hide-s"> to check later</span></span></button>`,
      },
      examBody(),
    ),
    result: taskPage(
      {
        ...visitor,
        title: 'Your result',
        shell: { ...PUBLIC_SHELL, theme, person: { name: 'Keeley Brown', href: '/my-details' } },
      },
      html`<section class="ao-card ao-result">${resultRing({ score: 23, outOf: 30, passMark: 21 })}<div><p class="m0">${tag('Pass', 'ok', 'check')}</p><h1>You passed, Keeley</h1><p class="lead">You needed 21 and scored 23.</p></div></section><section class="mt-l"><h2 class="mb">How you did in each topic</h2><div class="ao-card flush">${topicList(
        [
          { name: 'Health, safety and tools', right: 5, outOf: 5, advice: 'Every question right.', tone: 'ok' },
          { name: 'Reading wiring diagrams', right: 3, outOf: 6, advice: 'Revise this first.', tone: 'warn' },
        ],
      )}</div></section>`,
    ),
    verify: taskPage(
      { ...visitor, title: 'Check a certificate', logIn: true },
      html`<h1>Check a certificate</h1><form class="ao-inline mt" method="get" action="/verify">${textField({ name: 'number', label: 'Certificate number', value: 'C7K4-92HF-08', code: true })}${textField({ name: 'family', label: "Holder's family name", value: 'Llewellyn' })}${submitButton('Check')}</form><div class="mt-l">${verdict(
        {
          tone: 'ok',
          title: 'Genuine and current',
          text: 'We issued this certificate and it has not been replaced or withdrawn.',
          facts: [
            ['Holder', 'Mair Llewellyn'],
            ['Awarded', '20 November 2026'],
          ],
          foot: html`<span class="muted small">Checked 23 November 2026 at 10:21.</span>`,
        },
      )}</div>`,
    ),
    'not-found': notFoundPage(visitor),
    'not-allowed': forbiddenPage({
      ...staff,
      role: 'Centre administrator',
      what: 'claim certificates',
      givenBy: ['Farah Siddiqui'],
    }),
    'our-fault': serverErrorPage({ ...staff, reference: 'E-20418' }),
    unavailable: unavailablePage({ ...visitor }),
    'not-open': notOpenYetPage({ ...staff, name: 'Webinars' }),
  };
}
