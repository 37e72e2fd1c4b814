import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { awaitsSecondFactor } from '#platform/permissions/principal.ts';
import { attentionFor, ownCardsFor, testsTodayFor } from '../contributions.ts';
import { newestNotices, noticesAttention } from './own-news.ts';
import { centreHomePage, ownHomePage, waitingForActivationPage } from './page.ts';
import { waitingForSecondFactorPage } from './second-factor-page.ts';

/** GET /home: for centre and awarding-body staff the tiles and what needs them; for everyone else their own records. */
export async function showHome(context: Context): Promise<Answer> {
  const frame = await context.frame();
  const person = context.person();
  const { acting } = person;
  if (acting && !acting.activated) return page(waitingForActivationPage(frame, person));
  if (acting && awaitsSecondFactor(person.secondFactor)) return page(waitingForSecondFactorPage(frame, person));
  if (!acting || !person.capabilities.has('connect.centre')) {
    const [cards, attention, notices] = await Promise.all([
      ownCardsFor(context),
      noticesAttention(context),
      newestNotices(context),
    ]);
    return page(ownHomePage(frame, { person, now: context.now, cards, attention, notices }));
  }
  const mayTests = acting.kind === 'centre' && person.capabilities.has('online-assessments.view');
  const [attention, tests, notices] = await Promise.all([
    attentionFor(context),
    mayTests ? testsTodayFor(context) : null,
    newestNotices(context),
  ]);
  const systems = frame.shell.systems.map(({ name }) => name);
  return page(centreHomePage(frame, { person, acting, now: context.now, attention, tests, notices, systems }));
}
