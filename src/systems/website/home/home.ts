import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { form, type IconName, icon, linkButton, publicPage, submitButton, textField } from '#ui';

interface Door {
  readonly title: string;
  readonly icon: IconName;
  readonly text: string;
  readonly links: readonly (readonly [label: string, href: string])[];
}

const DOORS: readonly Door[] = [
  {
    title: 'Candidates',
    icon: 'user',
    text: 'Prepare for a test, see your result, prove what you have earned.',
    links: [
      ['Prepare for an online test', '/candidates#prepare'],
      ['Log in to see my results', '/login'],
      ['Replace a lost certificate', '/candidates#replace'],
      ['Ask for a reasonable adjustment', '/candidates#adjustment'],
    ],
  },
  {
    title: 'Prospective centres',
    icon: 'hub',
    text: 'What approval asks of you, and what you could offer.',
    links: [
      ['How centre approval works', '/become-a-centre'],
      ['Qualifications you could offer', '/find-a-qualification'],
      ['Fees & Charges', '/fees'],
      ['Talk to an adviser', '/contact'],
    ],
  },
  {
    title: 'Employers and the public',
    icon: 'shield',
    text: 'Know what a qualification means and that a certificate is current.',
    links: [
      ['Check a certificate', '/verify'],
      ['Find a qualification', '/find-a-qualification'],
      ['How tests are kept fair', '/candidates#fair'],
      ['Raise a concern', '/complaints-and-appeals'],
    ],
  },
];

const STEPS = [
  ['Registered', 'A centre registers the candidate, who has a candidate number at once.'],
  ['Taught and practised', 'Each unit says what must be known and what must be shown.'],
  ['Assessed', 'Online tests under invigilation, with the result on screen at the end.'],
  ['Checked, then certified', 'Every unit the rule asks for is there before a certificate is issued.'],
] as const;

/** GET / */
export async function showHome(context: Context): Promise<Answer> {
  const frame = await context.frame();
  return page(publicPage({ ...frame, title: 'Skills you can prove' }, homeBody(frame.shell.brand.name)));
}

function homeBody(name: string): Safe {
  return html`<div class="ao-hero">${dial()}<div class="wrap">
<div>
<h1 class="display">Skills you can prove. Certificates anyone can check.</h1>
<p class="lede">Vocational qualifications for people who keep vehicles safe and moving, assessed at approved centres across the UK.</p>
<div class="row">${linkButton('Find a qualification', '/find-a-qualification', { look: 'accent' })}${linkButton('Become an approved centre', '/become-a-centre', { look: 'quiet' })}</div>
</div>
${form(
  { action: '/verify', method: 'get', class: 'ao-card' },
  html`<h2>Check a certificate</h2>
<p class="muted">See at once whether a certificate is genuine. Free, no account needed.</p>
${textField({ name: 'serial', label: 'Certificate number', hint: 'Top right of the certificate', code: true, autocomplete: 'off', autocapitalize: 'characters', spellcheck: false })}
${textField({ name: 'familyName', label: "Holder's family name", autocomplete: 'off', spellcheck: false })}
${submitButton('Check certificate', { icon: 'shield', block: true })}`,
)}
</div></div>
<div class="wrap stack-l"><div class="ao-doors">${DOORS.map((door) => html`<section><h2>${icon(door.icon)}${door.title}</h2><p class="muted">${door.text}</p><ul>${door.links.map(([label, href]) => html`<li><a href="${href}">${label} ${icon('chev')}</a></li>`)}</ul></section>`)}</div>
<section class="band"><h2 class="mb">How a certificate is earned</h2><ol class="ao-steps">${STEPS.map(([title, text]) => html`<li><h3>${title}</h3><p>${text}</p></li>`)}</ol></section>
<section class="ao-band"><div><h2>Already an approved centre?</h2><p>Registration, online tests and certificates are behind one login.</p></div>${linkButton(`Log in to ${name}`, '/login')}</section>
</div>`;
}

/** The drawing behind the heading: a dial and its needle. */
function dial(): Safe {
  return html`<svg class="dial" viewBox="0 0 860 860" aria-hidden="true" fill="none"><circle cx="430" cy="430" r="396" stroke="#1c4f5e" stroke-width="20" pathLength="360" stroke-dasharray=".7 2.300"/><circle cx="430" cy="430" r="384" stroke="#2a6676" stroke-width="44" pathLength="360" stroke-dasharray=".9 14.100"/><circle cx="430" cy="430" r="318" stroke="#164452" stroke-width="2"/><path d="M430 430 93 610" stroke="#f5a83c" stroke-width="5" stroke-linecap="round"/></svg>`;
}
