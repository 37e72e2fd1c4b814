/** The public pages of words: address, title, and what they say. Only what the product does today. */
import { html, type Safe } from '#platform/html/html.ts';
import { brand, link } from '#ui';

export interface GuidancePage {
  readonly url: string;
  readonly title: string;
  readonly body: Safe;
}

const mail = html`<a href="mailto:${brand.supportEmail}">${brand.supportEmail}</a>`;

export const GUIDANCE: readonly GuidancePage[] = [
  {
    url: '/candidates',
    title: 'For candidates',
    body: html`
<p>Your centre registers you and gives you a candidate number. It stays yours for life. Keep it: you need it at every test.</p>
<h2 id="prepare">Prepare for an online test</h2>
<p>Your centre books you into a session. Bring photo identification. At the computer you enter your candidate number and the code that the invigilator shows; the invigilator confirms who you are, and you start when you have read the rules.</p>
<p>Each answer is kept on the computer first and then saved by our server. The screen says "Saved" only when the server has it. If the connection fails, keep going: your answers are sent when it is back.</p>
<h2>Your result</h2>
<p>You see your result as soon as you hand in: pass or not yet, your score, and the topics to revise. After a test that was not passed, the next one opens after 48 hours, so that there is time to revise.</p>
<h2 id="fair">How tests are kept fair</h2>
<p>Questions are drawn for each candidate from a larger bank. Marking happens on our server and is done twice, by two separate programs; they must agree before a result is released.</p>
<h2 id="adjustment">Ask for a reasonable adjustment</h2>
<p>If you need more time, rest breaks or another arrangement, tell your centre before the test is booked. It is set for you before you start and shown to you in minutes.</p>
<h2 id="replace">Replace a lost certificate</h2>
<p>Ask the centre where you were registered, or write to ${mail} with your name, date of birth and candidate number.</p>`,
  },
  {
    url: '/help',
    title: 'Help',
    body: html`
<h2>I cannot log in</h2>
<p>Check your username: it is the name you chose, not your PIN. The e-mail address of your account does as well. After several wrong tries in a row the account waits five minutes.</p>
<p>${link('If you have forgotten your username or password', '/forgotten')}, we mail you the username, or a link to choose a new password.</p>
<p>If you work at a centre and have no account yet, look for the e-mail with your log-in link; your centre coordinator can send it again. Everybody else can ${link('create a free account', '/create-account')}.</p>
<h2>I have a PIN but see no systems</h2>
<p>${link('Activate your PIN', '/activate')} with the e-mail address that your centre holds for you. The centre's systems open at once.</p>
<h2>A test computer shows "Connection lost"</h2>
<p>Keep working. Answers stay on that computer and are sent when the connection is back. Do not close the browser. If the time runs out first, tell the invigilator and leave the computer as it is.</p>
<h2>Still stuck</h2>
<p>Write to ${mail} or call ${brand.supportPhone}.</p>`,
  },
  {
    url: '/accessibility',
    title: 'Accessibility',
    body: html`
<p>We want everyone to be able to use ${brand.name}. It is built to meet the Web Content Accessibility Guidelines 2.2, level AA.</p>
<ul><li>Everything works by keyboard alone.</li><li>Pages can be enlarged to 200 % and read on a screen 320 pixels wide.</li><li>Light and dark colours follow your device; in a test, text size and colours are yours to choose.</li><li>Every page but the running test works without script.</li></ul>
<h2>How we test</h2>
<p>An automatic check runs over every page, at two widths, each time the product changes, and a whole test is taken by keyboard alone. We have not yet tested with people who use screen readers every day.</p>
<h2>Tell us</h2>
<p>If something stops you, write to ${mail} or call ${brand.supportPhone}. Tell us the page and what happened.</p>`,
  },
  {
    url: '/privacy',
    title: 'Privacy',
    body: html`
<p>${brand.awardingBody} keeps the records it needs to award qualifications and to show that they are genuine.</p>
<h2>What is kept</h2>
<p>Of candidates: name, date of birth, unique learner number where there is one, registrations, answers, results and certificates. Of centre staff: name, e-mail address, roles, and what was done in the system and when.</p>
<h2>Who sees it</h2>
<p>Your own centre and the awarding body. No other centre. Anyone who holds your certificate can check its number with your family name, and sees your name, its title, date and state.</p>
<h2>Cookies</h2>
<p>One cookie keeps you logged in, one remembers that your account was used on this device, one remembers light or dark if you chose, and one belongs to a seat during a test. There is no advertising and no measuring of visitors.</p>
<h2>Your rights</h2>
<p>You can ask for your records, and for mistakes in them to be put right. Write to ${mail}.</p>`,
  },
  {
    url: '/contact',
    title: 'Contact us',
    body: html`<p>E-mail ${mail}</p><p>Telephone ${brand.supportPhone}, Monday to Friday, 9:00 to 17:00</p><p>Please give your centre number or candidate number, and the reference if a page showed one.</p>`,
  },
  {
    url: '/complaints-and-appeals',
    title: 'Complaints and appeals',
    body: html`
<p>Speak to your centre first: most things are put right there. If that does not help, or the matter is with us, write to ${mail}.</p>
<ul><li><strong>A complaint</strong> is about how you were treated. Say what happened, when, and what would put it right.</li><li><strong>An appeal</strong> is against a result, a decision on an adjustment, or an action after malpractice. Say which decision, and why you think it is wrong.</li><li><strong>A concern about cheating</strong> can be raised without giving your name.</li></ul>
<p>Nobody who took the first decision decides the appeal.</p>`,
  },
];
