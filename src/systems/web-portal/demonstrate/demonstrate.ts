import { approvedProducts } from '#centres-hub';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { type Unit, unitsOf } from '#products';
import { accounts, candidates, centres } from '../../../../content/demonstration/people.ts';
import { demonstrateAmendments } from '../amend-candidate/demonstrate.ts';
import { demonstrateAccount } from '../candidate-account/demonstrate.ts';
import { addCandidate } from '../candidates/candidates.ts';
import { changeRegistrationState } from '../change-state/change-state.ts';
import { demonstratePriorLearning } from '../prior-learning/demonstrate.ts';
import { addDays } from '../programme-days/programme-days.ts';
import { recordUnitAchievement } from '../record-achievement/record-achievement.ts';
import { demonstrateDrafts } from '../registration-drafts/demonstrate.ts';
import { register } from '../registrations/register.ts';
import { demonstrateIdentity } from './demonstrate-identity.ts';
import { demonstrateImports } from './imports.ts';
import { type PlannedRegistration, plannedRegistrations } from './plan.ts';

const DAY = 86_400_000;
/** The other centre shows the lists of imports and of drafts empty. */
const WITH_IMPORTS = '04417';

/**
 * Enters the candidates of the demonstration and registers them as a centre would, each act at its own moment in the
 * past; links those who can log in. Everything goes through the same rules and actions as the pages.
 */
export async function demonstrate(services: Services): Promise<void> {
  await services.database.write(SYSTEM, async (system) => {
    const organisations = await system.db
      .selectFrom('accounts.published_organisations')
      .select(['id', 'number'])
      .execute();
    const people = await system.db.selectFrom('accounts.published_people').select(['id', 'email']).execute();
    const personOf = new Map(people.map(({ id, email }) => [email, id]));
    const units = new Map<string, Unit[]>();
    for (const { key, number } of centres) {
      const writer = as(system, key, personOf);
      const centreId = organisations.find((one) => one.number === number)?.id as string;
      const products = await approvedProducts(writer, centreId);
      const open = products.filter((product) => product.mayRegister.allowed && product.versionId !== null);
      const own = candidates.filter(({ centre }) => centre === key);
      for (const [place, person] of own.entries()) {
        const planned = plannedRegistrations(
          place,
          open.map(({ code }) => code),
        );
        const first = Math.max(...planned.map(({ daysAgo }) => daysAgo));
        const candidate = await addCandidate(at(writer, first), centreId, person);
        if (person.email) {
          const personId = (person.username && personOf.get(person.email)) || null;
          const { id } = candidate;
          await demonstrateAccount(at(writer, first), { id, centreId, email: person.email, personId });
        }
        for (const registration of planned) {
          const product = open.find(({ code }) => code === registration.code);
          if (!product?.versionId) continue;
          const known = units.get(product.productId) ?? (await unitsOf(writer, product.versionId));
          units.set(product.productId, known);
          await writeRegistration(
            writer,
            { ...candidate, centreId, name: person.familyName },
            product.productId,
            known,
            registration,
          );
        }
      }
      const holder = (role: string) => {
        const account = accounts.find((one) => one.organisation === key && one.role === role);
        return account && personOf.get(account.email);
      };
      const [assessor, iqa] = [holder('assessor'), holder('iqa')];
      if (assessor && iqa) await demonstratePriorLearning(writer, centreId, { assessor, iqa });
      if (number === WITH_IMPORTS) await demonstrateImports(writer, centreId);
      if (key === 'northgate') {
        await demonstrateIdentity(writer, centreId);
        await demonstrateAmendments(writer, centreId);
      }
      if (number === WITH_IMPORTS) await demonstrateDrafts(writer, centreId);
    }
  });
}

/** The same writer at a moment of the past. */
function at(writer: Writer, daysAgo: number): Writer {
  return { ...writer, now: new Date(writer.now.getTime() - daysAgo * DAY) };
}

/** The same writer for the person who registers candidates at a centre: its administrator, else its coordinator. */
function as(writer: Writer, centre: string, personOf: ReadonlyMap<string | null, string>): Writer {
  const staff = accounts.filter(({ organisation }) => organisation === centre);
  const who = staff.find(({ role }) => role === 'administrator') ?? staff.find(({ role }) => role === 'coordinator');
  const personId = (who && personOf.get(who.email)) ?? null;
  return { ...writer, identity: { ...writer.identity, personId } };
}

async function writeRegistration(
  writer: Writer,
  candidate: { id: string; centreId: string; number: string; name: string },
  productId: string,
  units: readonly Unit[],
  { daysAgo, startedBefore, achieved, ended }: PlannedRegistration,
): Promise<void> {
  const then = at(writer, daysAgo);
  const registrationId = await register(then, candidate, {
    productId,
    siteId: null,
    programmeStart: addDays(dayInLondon(then.now), -startedBefore),
    assessmentLanguage: 'en',
    orderReference: null,
    cohort: daysAgo < 60 ? 'Autumn intake' : null,
  });
  const done = units.slice(0, achieved);
  for (const [index, unit] of done.entries()) {
    const moment = at(writer, daysAgo - ((index + 1) * daysAgo) / (done.length + 1));
    await recordUnitAchievement(moment, {
      registrationId,
      unitId: unit.id,
      // Achieved before this product was in use: recognised from the centre's earlier records.
      sourceKind: 'recognition_of_prior_learning',
      sourceId: registrationId,
      at: moment.now,
    });
  }
  if (ended)
    await changeRegistrationState(at(writer, ended.daysAgo), { registrationId, act: ended.act, reason: ended.reason });
}
