import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { attentionFor, ownCardsFor, testsTodayFor } from '../contributions.ts';
import { centreHomePage, ownHomePage, waitingForActivationPage } from './page.ts';

/** GET /home: for centre and awarding-body staff the tiles and what needs them; for everyone else their own records. */
export async function showHome(context: Context): Promise<Answer> {
  const frame = await context.frame();
  const person = context.person();
  const { acting } = person;
  if (acting && !acting.activated) return page(waitingForActivationPage(frame, person));
  if (!acting || !person.capabilities.has('connect.centre')) {
    return page(ownHomePage(frame, { person, now: context.now, cards: await ownCardsFor(context) }));
  }
  const [attention, tests] = await Promise.all([attentionFor(context), testsTodayFor(context)]);
  return page(centreHomePage(frame, { person, acting, now: context.now, attention, tests }));
}
