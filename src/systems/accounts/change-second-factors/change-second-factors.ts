import { z } from 'zod';
import { type Answer, type FieldError, NotFound, page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { parseForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { passkeyRenamed } from '../second-factors/audit.ts';
import { beforeChange, mustHaveOne, OVERVIEW } from '../second-factors/before-change.ts';
import { type Factor, factorsOf, secondFactorsOf } from '../second-factors/factors.ts';
import { removeFactor } from '../second-factors/remove.ts';
import { lastOnePage, removePage, renamePage } from './page.ts';

const params = z.object({ id: z.uuid() });
const NAME = 'Enter a name for the passkey, such as "My phone"';
const renameForm = z.object({ name: z.string(NAME).trim().min(1, NAME).max(60, 'Enter at most 60 characters') });

type WithId = Context<{ id: string }>;

/** The person's own app or passkey of this id; 404 for anybody else's. */
async function own(context: WithId): Promise<{ factor: Factor; last: boolean; needed: boolean }> {
  const person = context.person();
  const { factors, exempt } = await secondFactorsOf(context.services, person.personId);
  const factor = factors.find(({ id }) => id === context.params.id);
  if (!factor) throw new NotFound();
  return { factor, last: factors.length === 1, needed: mustHaveOne(context.services, person, exempt) };
}

async function ownPasskey(context: WithId): Promise<Factor> {
  const { factor } = await own(context);
  if (factor.kind !== 'passkey') throw new NotFound();
  return factor;
}

/** GET /my-details/second-factors/:id/rename */
export const showRename = handler({ params }, async (context): Promise<Answer> => {
  const passkey = await ownPasskey(context);
  return page(renamePage(await context.frame(), { passkey, name: passkey.name, errors: [] }));
});

/** POST /my-details/second-factors/:id/rename */
export const renamePasskey = handler({ params }, async (context): Promise<Answer> => {
  const { personId, secondFactor } = context.person();
  const passkey = await ownPasskey(context);
  if (!secondFactor.given) return redirect('/home');
  const parsed = parseForm(renameForm, context.fields);
  if (!parsed.ok) {
    const name = typeof context.fields.name === 'string' ? context.fields.name : '';
    const errors: readonly FieldError[] = parsed.errors;
    return page(renamePage(await context.frame(), { passkey, name, errors }), 422);
  }
  await context.services.database.write({ kind: 'system', personId }, async (writer) => {
    await writer.db
      .updateTable('accounts.passkeys')
      .set({ name: parsed.value.name })
      .where('id', '=', passkey.id)
      .execute();
    await writer.audit(passkeyRenamed, { kind: 'person', id: personId }, { id: passkey.id });
  });
  return redirect(`${OVERVIEW}?done=renamed`);
});

/** GET /my-details/second-factors/:id/remove: what it means, before it is done. */
export const showRemove = handler({ params }, async (context): Promise<Answer> => {
  const { factor, last, needed } = await own(context);
  const frame = await context.frame();
  if (last && needed) return page(lastOnePage(frame, factor));
  return beforeChange(context, context.url) ?? page(removePage(frame, { factor, last }));
});

/** POST /my-details/second-factors/:id/remove: not the last one of somebody whose role requires one. */
export const removeOwnFactor = handler({ params }, async (context): Promise<Answer> => {
  const { personId } = context.person();
  const { factor, needed } = await own(context);
  const first = beforeChange(context, context.url);
  if (first) return first;
  const removed = await context.services.database.write({ kind: 'system', personId }, async (writer) => {
    // Two removals at the same time must not take the last two.
    await writer.db.selectFrom('accounts.people').select('id').where('id', '=', personId).forUpdate().execute();
    const now = await factorsOf(writer, personId);
    const left = now.filter(({ id }) => id !== factor.id).length;
    if (left === now.length) return true;
    if (left === 0 && needed) return false;
    await removeFactor(writer, personId, factor, left);
    return true;
  });
  return removed ? redirect(`${OVERVIEW}?done=removed`) : page(lastOnePage(await context.frame(), factor), 422);
});
