import { z } from 'zod';
import { type Answer, type FieldError, NotFound, page } from '#platform/http/answers.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { readClaimable } from '../claim-facts/claim-facts.ts';
import { claimCertificate } from './claim.ts';
import { claimPage } from './page.ts';

const params = z.object({ registrationId: z.uuid() });
const form = z.object({});

/** GET /certificates/claim/:registrationId: what is achieved and missing, what will be printed, and the claim. */
export const showClaim = handler({ params }, async (context): Promise<Answer> => {
  const claimable = await context.read((reader) =>
    readClaimable(reader, context.params.registrationId, context.centreId()),
  );
  if (!claimable) throw new NotFound();
  return page(await claimPage(context, claimable, []));
});

/** POST /certificates/claim/:registrationId: takes effect once, however often it is sent. */
export const claim = handler({ params }, async (context): Promise<Answer> => {
  const { registrationId } = context.params;
  const centreId = context.centreId();
  const { personId } = context.person();
  const showAgain = async (errors: readonly FieldError[]) => {
    const claimable = await context.read((reader) => readClaimable(reader, registrationId, centreId));
    if (!claimable) throw new NotFound();
    return claimPage(context, claimable, errors);
  };
  return submitForm(context, {
    schema: form,
    page: (_values, errors) => showAgain(errors),
    action: async (writer) => {
      const { issued } = await claimCertificate(writer, context.services, { registrationId, centreId, personId });
      return issued ? `/certificates/${issued.certificateId}?issued=yes` : '/certificates?claimed=yes';
    },
  });
});
