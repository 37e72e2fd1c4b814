/** Pages of candidates and the public. */
import { html, type Safe } from '#platform/html/html.ts';
import {
  answerOptions,
  card,
  errorSummary,
  type FieldError,
  form,
  icon,
  linkButton,
  note,
  passwordField,
  questionMap,
  questionMapKey,
  submitButton,
  textField,
} from '../index.ts';

export function examBody(): Safe {
  return html`<div class="split"><form class="ao-q stack-l" id="question" method="post" action="/sit/answer"><div><p class="muted small strong m0">Question 12 of 30</p><h1>A 12 volt battery feeds a single lamp. While it is lit, the lamp has a resistance of 6 ohms. How much current flows in the circuit?</h1></div>
${answerOptions({
  legend: 'Choose one answer',
  name: 'answer',
  items: [
    { value: 'A', label: '0.5 amps' },
    { value: 'B', label: '2 amps', chosen: true },
    { value: 'C', label: '6 amps' },
    { value: 'D', label: '72 amps' },
  ],
})}</form>
<aside class="ao-card" aria-labelledby="map-heading"><header><h2 id="map-heading">Questions</h2><span class="muted small">11 answered, 2 flagged</span></header>${questionMap(
    Array.from({ length: 30 }, (_, index) => ({
      href: `/sit/question/${index + 1}`,
      answered: index < 12,
      flagged: index === 4 || index === 7,
      current: index === 11,
    })),
  )}${questionMapKey()}</aside></div>`;
}

export function loginBody(errors: FieldError[]): Safe {
  return html`${errorSummary(errors, 'You are not logged in yet')}<h1>Login to your IMI Connect account</h1>
<div class="split wide even mt">${card(
    {},
    form(
      { action: '/login' },
      html`${textField({ name: 'username', label: 'Username', value: 'f.siddiqui', autocomplete: 'username', spellcheck: false, autocapitalize: 'none' })}${passwordField({ name: 'password', label: 'Password', hint: errors.length > 0 && '3 tries left, then a 15 minute wait', errors })}<div class="row between mt">${submitButton('Login')}<a href="/forgotten">I've forgotten my username or password</a></div>${note(
        html`<span class="small"><span class="strong">On a shared or test-room computer?</span> Don't let the browser save your password, and log out when you leave.</span>`,
        { icon: 'lock', class: 'mt' },
      )}`,
    ),
  )}<div class="stack">${card({ title: 'Centre Staff - Activate your PIN', id: 'activate' }, html`<p class="muted">First time here? Have your PIN ready with the email address on your Centres Hub profile.</p>${linkButton('Activate your PIN', '/activate', { look: 'quiet', icon: 'key' })}`)}${card({ title: 'No account?', id: 'account' }, html`<p class="muted">Anybody may have one. It is your own, and stays yours wherever you work or learn.</p>${linkButton('Create a FREE account', '/create-account', { look: 'quiet' })}`)}</div></div>`;
}

export function publicBody(): Safe {
  return html`<div class="ao-hero"><div class="wrap"><div><h1 class="display">Skills you can prove. Certificates anyone can check.</h1><p class="lede">Vocational qualifications for people who keep vehicles safe and moving.</p><div class="row">${linkButton('Find a qualification', '/q', { look: 'accent' })}${linkButton('Become an approved centre', '/b', { look: 'quiet' })}</div></div>
<form class="ao-card" action="/verify"><h2>Check a certificate</h2><p class="muted">Free, no account needed.</p>${textField({ name: 'number', label: 'Certificate number', code: true })}${textField({ name: 'family', label: "Holder's family name" })}${submitButton('Check certificate', { icon: 'shield', block: true })}</form></div></div>
<div class="wrap stack-l"><div class="ao-doors"><section><h2>${icon('user')}Candidates</h2><ul><li><a href="/a">Prepare for an online test ${icon('chev')}</a></li></ul></section><section><h2>${icon('hub')}Prospective centres</h2><ul><li><a href="/a">How centre approval works ${icon('chev')}</a></li></ul></section><section><h2>${icon('shield')}Employers and the public</h2><ul><li><a href="/verify">Check a certificate ${icon('chev')}</a></li></ul></section></div></div>`;
}
