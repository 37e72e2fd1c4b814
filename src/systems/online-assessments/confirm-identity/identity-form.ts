import { z } from 'zod';
import { html } from '#platform/html/html.ts';
import { codeText, formatDate, radios, summaryList } from '#ui';
import { type Act, actOn, typed } from '../sitting-act/act.ts';
import { confirmIdentity, IDENTITY_DOCUMENTS, type IdentityDocument } from './confirm-identity.ts';

const kinds = Object.keys(IDENTITY_DOCUMENTS) as [IdentityDocument, ...IdentityDocument[]];

const act: Act<{ readonly document: IdentityDocument }> = {
  name: 'identity',
  title: ({ who }) => `Confirm the identity of ${who}`,
  lead: () => 'Look at the person and at the document. After this the candidate reads the rules and starts.',
  schema: z.object({ document: z.enum(kinds, 'Choose the document you have seen') }),
  fields: ({ target: { sitting }, values, errors }) =>
    html`${
      sitting &&
      summaryList([
        ['Name', sitting.name],
        ['Date of birth', formatDate(sitting.birthDate)],
        ['Candidate number', codeText(sitting.candidateNumber)],
        ['Test', sitting.test],
      ])
    }<div class="mt">${radios({
      name: 'document',
      label: 'Document seen',
      value: typed(values, 'document'),
      errors,
      items: kinds.map((value) => ({ value, label: IDENTITY_DOCUMENTS[value] })),
    })}</div>`,
  button: () => 'Confirm the identity',
  fresh: false,
  action: (writer, { document }, { sitting }) => confirmIdentity(writer, { sittingId: sitting?.id ?? '', document }),
};

export const identityOfOne = actOn('sitting', act);
