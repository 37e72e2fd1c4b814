/** What of competence, equipment and coordinators needs somebody. */
import { Temporal } from 'temporal-polyfill';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Context } from '#platform/http/context.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { plural } from '#ui';
import { type Expiry, expiriesUntil, expiryInWords } from '../competence/expiries.ts';
import { waitingOf } from '../competence/queue.ts';
import { recoveriesOf } from '../coordinator-recovery/recoveries.ts';
import { equipmentOf, equipmentWords, type SiteEquipment } from '../equipment/declarations.ts';
import { REMIND_DAYS } from '../reminders/reminders.ts';
import type { AttentionRow } from './attention.ts';

const system = 'Centres Hub';

/** For the person what of the own competence runs out, for coordinators that of everybody, and what is to be declared. */
export async function competenceAttention(context: Context): Promise<AttentionRow[]> {
  const { principal } = context;
  const centreId = actingCentreId(principal);
  if (!centreId) return bodyRows(context);
  if (!may(principal, 'centres-hub.own-competence')) return [];
  const { personId } = context.person();
  const manages = may(principal, 'centres-hub.manage-users');
  return context.services.database.read(
    principal,
    async (reader) => {
      const today = dayInLondon(reader.now);
      const until = Temporal.PlainDate.from(today).add({ days: REMIND_DAYS[0] }).toString();
      const expiries = await expiriesUntil(reader, until, { centreId });
      const declares = may(principal, 'centres-hub.declare-equipment');
      return [
        ...ownExpiryRows(expiries, personId, today),
        ...(manages ? centreExpiryRows(expiries, personId, today) : []),
        ...(declares ? equipmentRows(await equipmentOf(reader, centreId)) : []),
        ...(manages
          ? recoveryRows((await recoveriesOf(reader, centreId)).filter((one) => one.personId !== personId))
          : []),
      ];
    },
    { capability: 'centres-hub.own-competence' },
  );
}

const sentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

/** One row for each licence or approval of the person. */
export function ownExpiryRows(expiries: readonly Expiry[], personId: string, today: string): AttentionRow[] {
  return expiries
    .filter((one) => one.personId === personId)
    .map((one) => {
      const out = one.lastDay < today;
      return {
        urgency: out ? 3 : 6,
        tone: out ? 'bad' : 'warn',
        icon: 'award',
        title: `${sentence(expiryInWords(one))} ${out ? 'has run out' : 'runs out'}`,
        why: out
          ? 'The right that rests on it has ended. Bring the records up to date.'
          : 'The right that rests on it ends with its last day. Bring the records up to date before.',
        system,
        whose: 'you',
        until: out ? null : one.lastDay,
        action: { label: 'See your competence', href: '/centres-hub/competence/own' },
      };
    });
}

/** One row for the coordinator, of colleagues: one with a name when it is one, else how many. */
export function centreExpiryRows(expiries: readonly Expiry[], personId: string, today: string): AttentionRow[] {
  const others = expiries.filter((one) => one.personId !== personId);
  const [first] = others;
  if (!first) return [];
  const out = others.filter(({ lastDay }) => lastDay < today).length;
  const single = `${first.name}: ${expiryInWords(first)} ${out > 0 ? 'has run out' : 'runs out'}`;
  return [
    {
      urgency: out > 0 ? 4 : 6,
      tone: out > 0 ? 'bad' : 'warn',
      icon: 'award',
      title:
        others.length === 1
          ? single
          : `${plural(others.length, 'licence or approval runs', 'licences and approvals run')} out`,
      why:
        out > 0
          ? `${plural(out, 'right has', 'rights have')} ended already. Ask for the renewed licence, or for a new decision.`
          : 'The right to assess or quality-assure ends with the last day. Ask for the renewed licence in time.',
      system,
      whose: others.length === 1 ? first.name : 'your colleagues',
      until: others.find(({ lastDay }) => lastDay >= today)?.lastDay ?? null,
      action: {
        label: 'See who',
        href:
          others.length === 1
            ? `/centres-hub/competence/${first.personId ?? first.staffMemberId}`
            : '/centres-hub/who-does-what',
      },
    },
  ];
}

/** One row for the sites whose equipment is not declared, or not for much longer. */
export function equipmentRows(equipment: readonly SiteEquipment[]): AttentionRow[] {
  const open = equipment.filter(({ state }) => state !== 'given');
  const [first] = open;
  if (!first) return [];
  const missing = open.some(({ state }) => state !== 'running_out');
  return [
    {
      urgency: missing ? 5 : 7,
      tone: 'warn',
      icon: 'monitor',
      title: `Auto-save off: to be declared for ${open.length === 1 ? first.site : plural(open.length, 'site')}`,
      why: `${open.map((one) => `${one.site}: ${equipmentWords(one).toLowerCase()}`).join('; ')}. Make sure on each device, then declare it for a year.`,
      system,
      whose: 'you',
      until: open.find(({ state }) => state === 'running_out')?.lastDay ?? null,
      action: { label: 'Declare it', href: `/centres-hub/sites/${first.siteId}/equipment` },
    },
  ];
}

function recoveryRows(all: readonly { id: string; name: string; state: string }[]): AttentionRow[] {
  return all
    .filter(({ state }) => state === 'waiting')
    .map(({ id, name }) => ({
      urgency: 1,
      tone: 'bad',
      icon: 'user',
      title: `${name} asks to become coordinator in your place`,
      why: 'The awarding body decides. If you are not gone, object now.',
      system,
      whose: 'the awarding body',
      until: null,
      action: { label: 'Read the request', href: `/centres-hub/coordinator-recoveries/${id}` },
    }));
}

/** For those who decide: who waits. */
async function bodyRows(context: Context): Promise<AttentionRow[]> {
  if (!may(context.principal, 'centres-hub.decide-approvals')) return [];
  const { waiting, recoveries } = await context.services.database.read(
    context.principal,
    async (reader) => ({
      waiting: await waitingOf(reader),
      recoveries: (await recoveriesOf(reader, null)).filter(({ state }) => state === 'waiting'),
    }),
    { capability: 'centres-hub.decide-approvals' },
  );
  const rows: AttentionRow[] = [];
  if (recoveries.length > 0)
    rows.push({
      urgency: 3,
      tone: 'warn',
      icon: 'user',
      title: `${plural(recoveries.length, 'request')} to become coordinator`,
      why: `${recoveries
        .map(({ centre }) => centre)
        .slice(0, 3)
        .join(', ')}: the coordinator is said to be gone. Nobody there can add users until it is decided.`,
      system,
      whose: 'the awarding body',
      until: null,
      action: { label: 'Decide', href: '/centres-hub/coordinator-recoveries?state=waiting' },
    });
  if (waiting.length > 0)
    rows.push({
      urgency: 6,
      icon: 'award',
      title: `${plural(waiting.length, 'decision')} of competence to make`,
      why: 'Assessors and internal quality assurers wait, product by product, with their records.',
      system,
      whose: 'the awarding body',
      until: null,
      action: { label: 'See who waits', href: '/centres-hub/competence-queue' },
    });
  return rows;
}
