import { z } from 'zod';
import { type Answer, NotFound, page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { forgetDevices } from '../remembered-devices/remembered-devices.ts';
import { mustHaveOne, OVERVIEW } from '../second-factors/before-change.ts';
import { secondFactorsOf } from '../second-factors/factors.ts';
import { DONE_KEYS, mySecondFactorsPage } from './page.ts';

const query = z.object({ done: z.enum(DONE_KEYS).optional().catch(undefined) });

/** GET /my-details/second-factors: what is set up, when each was last used, what is left, which devices are remembered. */
export const showMySecondFactors = handler({ query }, async (context): Promise<Answer> => {
  const { services, now } = context;
  const person = context.person();
  if (person.secondFactor.setUp && !person.secondFactor.given) return redirect('/home');
  const own = await secondFactorsOf(services, person.personId);
  return page(
    mySecondFactorsPage(await context.frame(), {
      ...own,
      required: mustHaveOne(services, person, own.exempt),
      done: context.query.done,
      now,
    }),
  );
});

/** POST /my-details/second-factors/forget-device: one of the person's remembered devices is asked again. */
export async function forgetDevice(context: Context): Promise<Answer> {
  const { personId } = context.person();
  const { id } = context.fields;
  if (typeof id !== 'string') throw new NotFound();
  const count = await context.services.database.write({ kind: 'system', personId }, (writer) =>
    forgetDevices(writer, personId, 'forgotten by the person', id),
  );
  if (count === 0) throw new NotFound();
  return redirect(`${OVERVIEW}?done=forgotten`);
}

/** POST /my-details/second-factors/forget-devices: all of them. */
export async function forgetAllDevices(context: Context): Promise<Answer> {
  const { personId } = context.person();
  await context.services.database.write({ kind: 'system', personId }, (writer) =>
    forgetDevices(writer, personId, 'forgotten by the person'),
  );
  return redirect(`${OVERVIEW}?done=forgotten`);
}
