import type { Writer } from '#platform/database/database.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import { countsOf, filesOf } from '../attach-file/files.ts';
import type { Draft } from '../fill-in/drafts.ts';
import { maySign, signatureProblem, signersInWords } from '../fill-in/signature.ts';
import { fieldOf } from '../forms/answers-from-fields.ts';
import { answerProblems, submittedAnswers } from '../forms/check-answers.ts';
import { choicesOf, idsOf, namesOf } from '../forms/choices.ts';
import { type Answers, answerList, askedQuestions, CHOSEN_TYPES, type FormDefinition } from '../forms/definition.ts';
import { changeRequest, lockRequest } from '../requests/change-request.ts';

/**
 * Draft to submitted: the answers to the questions that are asked, as they are worded today, with the names of what was
 * chosen; the clock begins. Returns what stands in the way; empty: it is submitted. The draft must be locked and saved.
 */
export async function submitDraft(
  writer: Writer,
  context: Context,
  { draft, answers }: { readonly draft: Draft; readonly answers: Answers },
  signedName: string,
): Promise<FieldError[]> {
  const { request, version } = draft;
  const { definition } = version;
  const { signature } = definition;
  if (version.withdrawnAt !== null)
    return [
      { field: '', message: 'The awarding body has withdrawn this form. The draft is saved; it cannot be submitted' },
    ];
  const choices = await choicesOf(writer, request.centreId, definition, answers);
  const files = await filesOf(writer, request.id);
  const problems = answerProblems(definition, answers, { files: countsOf(files), choices: idsOf(choices) });
  const errors: FieldError[] = problems.map(({ question, message }) => ({ field: fieldOf(question), message }));
  const { givenNames, familyName } = context.person();
  const { roles } = context.acting();
  if (!maySign(definition, roles)) {
    const who = signature
      ? signersInWords(signature)
      : definition.filledBy.map((role) => ROLE_NAMES[role]).join(' or ');
    errors.push({ field: 'signedName', message: `It waits for the signature of: ${who}. The draft is saved` });
  } else if (signature) {
    const problem = signatureProblem(signedName, `${givenNames} ${familyName}`);
    if (problem) errors.push({ field: 'signedName', message: problem });
  }
  if (errors.length > 0) return errors;

  const signed = signature ? signedName.trim() : null;
  await writer.db
    .updateTable('centres_hub.requests')
    .set({ answers: JSON.stringify(withNames(definition, submittedAnswers(definition, answers), namesOf(choices))) })
    .where('id', '=', request.id)
    .where('centre_id', '=', request.centreId)
    .where('state', '=', 'draft')
    .execute();
  await removeUnaskedFiles(writer, draft, answers, Object.keys(files));
  const words = signed ? `Submitted, signed by ${signed}` : 'Submitted';
  await changeRequest(writer, await lockRequest(writer, request.id), { act: 'submit', words, signedName: signed });
  return [];
}

/** The answers with what each chosen id is called today, so that the form can be read as it was submitted. */
function withNames(definition: FormDefinition, answers: Answers, names: ReadonlyMap<string, string>): Answers {
  const kept: Record<string, string | readonly string[]> = { ...answers };
  for (const { key, type } of askedQuestions(definition, answers)) {
    if (CHOSEN_TYPES.includes(type) && answers[key] !== undefined)
      kept[`${key}#words`] = answerList(answers, key).map((id) => names.get(id) ?? id);
  }
  return kept;
}

/** Files of questions that are not asked do not belong to what is submitted. */
async function removeUnaskedFiles(
  writer: Writer,
  { request, version }: Draft,
  answers: Answers,
  keys: readonly string[],
): Promise<void> {
  const asked = askedQuestions(version.definition, answers)
    .filter(({ type }) => type === 'file')
    .map(({ key }) => key);
  const unasked = keys.filter((key) => !asked.includes(key));
  if (unasked.length === 0) return;
  await writer.db
    .updateTable('centres_hub.request_files')
    .set({ removed_at: writer.now })
    .where('request_id', '=', request.id)
    .where('centre_id', '=', request.centreId)
    .where('question_key', 'in', unasked)
    .where('removed_at', 'is', null)
    .execute();
}
