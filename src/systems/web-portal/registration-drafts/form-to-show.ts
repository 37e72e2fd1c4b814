/** What the forms of registration show besides what was typed: what can be chosen, the draft, the count of days. */
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader, Writer } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import type { FormValues } from '#platform/http/context.ts';
import { currentVersion, productById, unitsOf } from '#products';
import { countdownInWords } from '../programme-days/programme-days.ts';
import { type Offer, offerOf } from '../register-candidate/fields.ts';
import { draftIdOf, draftValues } from './draft-on-page.ts';
import { draftFacts } from './draft-parts.ts';
import { draftById, endDraft, type RegistrationDraft } from './drafts.ts';

interface ShownForm {
  readonly offer: Offer;
  readonly draft: RegistrationDraft | null;
}

/**
 * The offer and the draft that the address names, with its values. 404 for a draft that the centre does not have, or
 * whose candidate is another; `ended`: the page was sent already, and a draft that has ended meanwhile is none.
 */
export async function formToShow(
  reader: Reader,
  centreId: string,
  asked: { readonly draftId: string | undefined; readonly candidateId?: string; readonly ended?: 'is fine' },
): Promise<ShownForm & { readonly values: FormValues }> {
  const offer = await offerOf(reader, centreId);
  if (!asked.draftId) return { offer, draft: null, values: {} };
  const draft = await draftById(reader, centreId, asked.draftId);
  if (draft && draft.candidateId === (asked.candidateId ?? null)) return { offer, draft, values: draftValues(draft) };
  if (asked.ended && !draft) return { offer, draft: null, values: {} };
  throw new NotFound();
}

/** The version that a registration for the typed product would be made for today, with its units; null: no product yet. */
async function typedVersion(reader: Reader, values: FormValues) {
  const { productId } = draftFacts(values);
  const product = productId && (await productById(reader, productId));
  const version = product && (await currentVersion(reader, product.id));
  return product && version ? { product, version, units: await unitsOf(reader, version.id) } : null;
}

/** What depends on what was typed: the version of the product, the days, a product that is no longer open. */
export async function programmeChoices(reader: Reader, shown: ShownForm, values: FormValues) {
  const chosen = await typedVersion(reader, values);
  const { programmeStart, productId } = draftFacts(values);
  const { offer } = shown;
  const counted = programmeStart && (chosen?.product.regulated ?? true);
  const known = [...offer.open, ...offer.closed].some((one) => one.productId === productId);
  const ended =
    chosen && !known
      ? `Your centre is not approved for ${chosen.product.title} any more. Choose another product, or ask for the approval in Centres Hub`
      : offer.closed.find((one) => one.productId === productId)?.why;
  return {
    offer,
    draft: shown.draft,
    chosen,
    days: counted ? countdownInWords(programmeStart, dayInLondon(reader.now)) : null,
    ended: ended ?? null,
  };
}

/** What a form of registration shows besides what was typed. */
export type ShownProgramme = Awaited<ReturnType<typeof programmeChoices>>;

/** The draft of a form that has become a registration ends with it, in the same transaction. */
export async function endTypedDraft(writer: Writer, centreId: string, fields: FormValues): Promise<void> {
  const id = draftIdOf(fields);
  if (id) await endDraft(writer, centreId, id, 'registered');
}
