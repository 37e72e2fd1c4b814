import { sql } from 'kysely';
import { z } from 'zod';
import { membersOf } from '#accounts';
import { html, type Safe } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import { card, codeText, formatDate, link, linkButton, note, pageHead, plural, rowLink, summaryList, tag } from '#ui';
import { CENTRE_STATES, type Centre, sitesOf } from '../centres/centres.ts';
import { contactsCard } from '../contacts/change-contact.ts';
import { type Contact, contactsOf } from '../contacts/contacts.ts';
import { equipmentCard } from '../equipment/card.ts';
import { equipmentOf, type SiteEquipment } from '../equipment/declarations.ts';
import { centreHandler, type Hub, hubOf, hubPage, hubQuery } from '../hub-page/hub-page.ts';
import { stoppedNotes } from '../switches/notes.ts';
import { type Stopped, stoppedAt } from '../switches/switches.ts';

interface Counts {
  readonly users: number;
  readonly staff: number;
  readonly sites: number;
  readonly approvals: number;
}

const profileQuery = hubQuery.extend({ done: z.enum(['changed']).optional().catch(undefined) });

/** GET /centres-hub: the profile of the centre. */
export const viewProfile = centreHandler({ query: profileQuery }, async (context) => {
  const found = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    const { id } = hub.centre;
    const members = await membersOf(reader, id);
    const [counted] = await reader.rows(sql<{ staff: number; approvals: number }>`select
      (select count(*)::int from centres_hub.staff_members where centre_id = ${id} and person_id is null and left_at is null) as staff,
      (select count(*)::int from centres_hub.approvals where centre_id = ${id} and ended_at is null) as approvals`);
    return {
      hub,
      coordinators: members.filter(({ roles }) => roles.some(({ role }) => role === 'coordinator')),
      stopped: await stoppedAt(reader, id),
      contacts: await contactsOf(reader, id),
      equipment: await equipmentOf(reader, id),
      counts: {
        users: members.length,
        staff: counted?.staff ?? 0,
        approvals: counted?.approvals ?? 0,
        sites: (await sitesOf(reader, id)).length,
      },
    };
  });
  return page(profilePage(await context.frame(), { ...found, changed: context.query.done === 'changed' }));
});

interface Profile {
  readonly hub: Hub;
  readonly coordinators: readonly { personId: string; givenNames: string; familyName: string }[];
  readonly stopped: readonly Stopped[];
  readonly contacts: readonly Contact[];
  readonly equipment: readonly SiteEquipment[];
  readonly counts: Counts;
  readonly changed: boolean;
}

const STATE_TONES = { approved: undefined, suspended: 'warn', withdrawn: 'bad' } as const;

function profilePage(
  frame: Frame,
  { hub, coordinators, stopped, contacts, equipment, counts, changed }: Profile,
): Safe {
  const { centre } = hub;
  const tone = STATE_TONES[centre.status];
  const setUp = !centre.eportfolioSetUpAt && hub.may('centres-hub.decide-approvals');
  return hubPage(
    frame,
    hub,
    { title: centre.name },
    html`${pageHead({
      title: centre.name,
      lead: html`Centre ${codeText(centre.number)}`,
      actions: html`${linkButton('History', hub.href('/centres-hub/history'), { look: 'quiet' })}${setUp && linkButton('Set up ePortfolio', hub.href('/centres-hub/set-up-eportfolio'), { look: 'quiet' })}${
        hub.may('centres-hub.manage-users') && linkButton('Change details', hub.href('/centres-hub/change-details'))
      }`,
    })}
<div class="stack">
${changed && note('Changed, and kept in the history.', { tone: 'ok', announce: true })}
${centre.status !== 'approved' && note(STATE_NOTES[centre.status], { tone: 'warn' })}
${stoppedNotes(stopped)}
<div class="split">
<div class="stack">${card({ title: 'Centre profile', id: 'profile' }, facts(centre, tone))}
${contactsCard(hub, contacts)}</div>
<div class="stack">${card(
      { title: 'Who and what', id: 'counts' },
      summaryList([
        ['Users', html`<a href="${hub.href('/centres-hub/users')}">${plural(counts.users, 'user')}</a>`],
        [
          'Staff members',
          html`<a href="${hub.href('/centres-hub/staff')}">${plural(counts.staff, 'person', 'people')} without access</a>`,
        ],
        ['Sites', html`<a href="${hub.href('/centres-hub/sites')}">${plural(counts.sites, 'site')}</a>`],
        ['Approvals', html`<a href="${hub.href('/centres-hub/approvals')}">${plural(counts.approvals, 'product')}</a>`],
      ]),
    )}
${card(
  { title: ROLE_NAMES.coordinator, id: 'coordinators' },
  coordinators.length > 0
    ? html`<ul>${coordinators.map((one) => html`<li>${rowLink(`${one.givenNames} ${one.familyName}`, hub.href(`/centres-hub/users/${one.personId}`))}</li>`)}</ul>`
    : html`<p>The centre has no coordinator. Ask the awarding body.</p>`,
)}
${hub.may('centres-hub.own-competence') && !hub.may('centres-hub.manage-users') && html`<p class="m0"><a href="/centres-hub/coordinator-recovery">The coordinator is gone?</a></p>`}
${equipmentCard(hub, equipment)}</div>
</div></div>`,
  );
}

const STATE_NOTES = {
  suspended:
    'The approval of this centre is suspended: no registrations, tests or claims until the awarding body ends the suspension.',
  withdrawn: 'The approval of this centre has been withdrawn.',
} as const;

function facts(centre: Centre, tone: (typeof STATE_TONES)[Centre['status']]): Safe {
  return html`${summaryList([
    ['State', tag(CENTRE_STATES[centre.status], tone, tone && 'alert')],
    centre.tradingName !== null && ['Trading name', centre.tradingName],
    centre.owner !== null && ['Owner', centre.owner],
    ['Address', html`${centre.address.map((line) => html`${line}<br>`)}${centre.town}<br>${centre.postcode}`],
    centre.telephone !== null && ['Telephone', centre.telephone],
    centre.email !== null && ['Email', centre.email],
    centre.website !== null && ['Website', link(centre.website, centre.website)],
    centre.withdrawnFrom !== null && ['Withdrawn from', formatDate(centre.withdrawnFrom)],
    centre.ukprn !== null && ['UKPRN', codeText(centre.ukprn)],
    ['Approved', formatDate(centre.approvedOn)],
    centre.nextReviewOn !== null && ['Next review', formatDate(centre.nextReviewOn)],
    ['ePortfolio', centre.eportfolioSetUpAt ? `Set up on ${formatDate(centre.eportfolioSetUpAt)}` : 'Not set up'],
  ])}
<p class="muted small">Name, trading name, address, head of centre and owner change by a request to the awarding body: certificates and visits depend on them.</p>`;
}
