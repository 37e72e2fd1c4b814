import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import type { PersonPrincipal } from '#platform/permissions/principal.ts';
import { buttonRow, card, form, hiddenField, icon, link, linkButton, submitButton, summaryList, taskPage } from '#ui';
import type { Client, Passed } from '../clients/clients.ts';
import type { Obstacle } from '../clients/may-enter.ts';

/** A request that waits for a person, as far as its pages need it. */
interface Waiting {
  readonly uid: string;
  readonly client: Client;
}

const decision = (uid: string, value: string, button: Safe): Safe =>
  form({ action: `/oidc/enter/${uid}`, class: 'inline' }, html`${hiddenField('decision', value)}${button}`);

const turnBack = ({ uid, client }: Waiting): Safe =>
  decision(uid, 'turn-back', submitButton(`Back to ${client.supplier}`, { look: 'quiet' }));

/** The first time, and when more is passed on than before: what the supplier is told. */
export function tellingPage(frame: Frame, way: Waiting, person: PersonPrincipal, passed: readonly Passed[]): Safe {
  const { client } = way;
  const { brand } = frame.shell;
  return taskPage(
    { ...frame, title: `Go on to ${client.name}`, width: 'form', noIndex: true },
    html`<h1>Go on to ${client.name}</h1>
<p>${client.supplier} runs this system, and lets you in with your ${brand.name} account. You do not need another password.</p>
${card(
  { title: `What ${client.supplier} is told`, id: 'told' },
  html`${summaryList([...toldRows(passed, person), ['Identifier', `One that only ${client.supplier} knows you by`]])}
<p class="muted">Never your password, your PIN, or anything about another organisation that you belong to. You are asked again only when more is passed on.</p>
${buttonRow(
  decision(way.uid, 'go-on', submitButton(`Go on to ${client.name}`)),
  turnBack(way),
  linkButton('Back to System Access', '/system-access', { look: 'text' }),
)}`,
)}`,
  );
}

/** The very values, as they would be passed on. */
function toldRows(passed: readonly Passed[], person: PersonPrincipal): [string, HtmlValue][] {
  const { acting, email } = person;
  const rows: [Passed, string, HtmlValue][] = [['name', 'Your name', `${person.givenNames} ${person.familyName}`]];
  if (email !== null) rows.push(['email', 'Your email address', html`<span class="wrap-any">${email}</span>`]);
  if (acting) {
    const number = acting.kind === 'centre' ? `, centre ${acting.number}` : '';
    const roles = acting.roles.map((role) => ROLE_NAMES[role]).join(', ');
    rows.push(
      ['organisation', 'Who you act for', `${acting.name}${number}`],
      ['organisation', 'Your roles there', roles],
    );
  }
  return rows.filter(([what]) => passed.includes(what)).map(([, label, value]) => [label, value]);
}

/** Why the person may not enter, and who can help. */
export function obstaclePage(
  frame: Frame,
  way: Waiting,
  { person, obstacle, givers }: { person: PersonPrincipal; obstacle: Obstacle; givers: readonly string[] },
): Safe {
  const { client } = way;
  return taskPage(
    { ...frame, title: `You cannot enter ${client.name}`, width: 'form', noIndex: true },
    html`<h1>You cannot enter ${client.name} as you are now</h1>
${card(
  { label: 'Why' },
  html`${obstacleWords(client, person, obstacle, givers, frame.shell.brand.supportEmail)}
<p class="muted">Nothing about you was passed on to ${client.supplier}.</p>
${buttonRow(linkButton('Back to System Access', '/system-access', { icon: 'grid' }), turnBack(way))}`,
)}`,
  );
}

function obstacleWords(
  client: Client,
  { acting, organisations, secondFactor }: PersonPrincipal,
  obstacle: Obstacle,
  givers: readonly string[],
  support: string,
): Safe {
  const list = new Intl.ListFormat('en-GB', { type: 'disjunction' });
  const roles = list.format(client.roles.map((role) => ROLE_NAMES[role]));
  switch (obstacle) {
    case 'switched-off':
      return html`<p>${client.name} is switched off for everybody at the moment.</p><p>Write to ${support} if you need it.</p>`;
    case 'acts-for-nobody':
      return organisations.length > 0
        ? html`<p>You act for yourself. ${client.name} is for people who act for an organisation.</p><p>Choose your organisation under ${link('My Details', '/my-details')}, then open ${client.name} again.</p>`
        : html`<p>${client.name} is for people who belong to a centre or to the awarding body. Your account belongs to none.</p><p>A centre's coordinator can add you as a user.</p>`;
    case 'centre-not-activated':
      return html`<p>One step is left at ${acting?.name}: ${link('activate your PIN', '/activate')}. Then open ${client.name} again.</p>`;
    case 'second-factor':
      return html`<p>Your roles at ${acting?.name} need a second step at the log-in.</p><p>${
        secondFactor.setUp ? 'Log out and in again with it' : html`Set it up under ${link('My Details', '/my-details')}`
      }, then open ${client.name} again.</p>`;
    case 'not-in-audience':
      return html`<p>${client.name} is not open to ${acting?.name}.</p><p>${
        organisations.length > 1
          ? html`If you belong to an organisation that it is open to, choose that one under ${link('My Details', '/my-details')} and open ${client.name} again.`
          : html`The awarding body decides which organisations may use it: write to ${support}.`
      }</p>`;
    case 'role':
      return html`<p>At ${acting?.name} you need the role <strong>${roles}</strong>.</p><p>${
        givers.length > 0
          ? html`${list.format(givers)} can give it to you${acting?.kind === 'centre' && ' in Centres Hub, under Users'}.`
          : html`Nobody at ${acting?.name} can give it at the moment: write to ${support}.`
      }</p>`;
  }
}

/** The supplier's site asks for a log-in that is fresh. */
export function logInAgainPage(frame: Frame, way: Waiting): Safe {
  const { client } = way;
  return taskPage(
    { ...frame, title: 'Log in again', width: 'form', noIndex: true },
    html`<h1>Log in again to go on</h1>
${card(
  { label: 'Log in again' },
  html`<p>${client.name} asks that you give your password again before it lets you in. You come back to it afterwards.</p>
${buttonRow(decision(way.uid, 'log-in-again', submitButton('Log in again')), turnBack(way))}`,
)}`,
  );
}

/** Leads on to `next`, an address of this site, by itself; the link is for whoever's browser does not. */
export function goingOnPage(frame: Frame, client: Client, next: string): Safe {
  return taskPage(
    {
      ...frame,
      title: `Going on to ${client.name}`,
      width: 'form',
      noIndex: true,
      head: html`<meta http-equiv="refresh" content="${`0; url=${next}`}">`,
    },
    html`<h1>Going on to ${client.name}</h1>
${card({ label: 'Going on' }, html`<p class="ic">${icon('clock')} One moment. ${link(`Go on to ${client.name}`, next)} if nothing happens.</p>`)}`,
  );
}

/** The request has expired, was answered before, or was made in another browser. */
export function wayLostPage(frame: Frame): Safe {
  return taskPage(
    { ...frame, title: 'This way in has expired', width: 'form', noIndex: true },
    html`<h1>This way in has expired</h1>
${card(
  { label: 'What to do' },
  html`<p>It was waiting too long, was used already, or was begun in another browser. Nothing was passed on.</p>
<p>Open the system again, and you go straight in.</p>
${linkButton('Open System Access', '/system-access', { icon: 'grid' })}`,
)}`,
  );
}
