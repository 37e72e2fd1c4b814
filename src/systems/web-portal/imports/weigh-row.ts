/** What is to be done with a row, from its reading, its warnings and what the centre said of it. Pure. */
import type { FieldError } from '#platform/http/answers.ts';
import { formatDate } from '#ui';
import type { KnownMatch } from '../possible-match/find-many.ts';
import { type Identity, MATCH_WORDS, nameLikeness, possibleMatch } from '../possible-match/possible-match.ts';
import type { RowState, RowWarning } from './imports.ts';

/** The answer to a row that asks: the same person as a candidate, another person, or that the row is left out. */
export type Choice =
  | { readonly kind: 'leave_out' }
  | { readonly kind: 'another' }
  | { readonly kind: 'same'; readonly candidateId: string }
  | null;

export function readChoice(text: string | null): Choice {
  if (text === 'leave_out' || text === 'another') return { kind: text };
  return text?.startsWith('same:') ? { kind: 'same', candidateId: text.slice(5) } : null;
}

/** Whom a row is about, once nothing is open: a known candidate, or with null somebody new. */
export type Answered = { readonly open: true } | { readonly open: false; readonly candidateId: string | null };

/** Who the person of a row is, by what was said and what is certain. A choice about a candidate who is no match any more is none. */
export function answered(choice: Choice, warnings: readonly RowWarning[]): Answered {
  const matches = warnings.filter(({ kind }) => kind === 'match');
  if (choice?.kind === 'same' && matches.some(({ candidateId }) => candidateId === choice.candidateId))
    return { open: false, candidateId: choice.candidateId };
  const certain = matches.find((match) => match.certain);
  if (certain) return { open: false, candidateId: certain.candidateId as string };
  const asks = warnings.some(({ kind }) => kind !== 'late');
  if (!asks) return { open: false, candidateId: null };
  if (choice?.kind === 'another' && !matches.some(({ sameUln }) => sameUln)) return { open: false, candidateId: null };
  return { open: true };
}

export function rowState(choice: Choice, faults: readonly FieldError[], warnings: readonly RowWarning[]): RowState {
  if (choice?.kind === 'leave_out') return 'left_out';
  if (faults.length > 0) return 'fault';
  return answered(choice, warnings).open ? 'undecided' : 'ready';
}

const inSentence = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);

/** The question that a possible match of the own centre asks. */
export function matchWarning(typed: Identity, match: KnownMatch): RowWarning {
  const name = `${match.givenNames} ${match.familyName}`;
  const certain =
    match.reason === 'same_uln' && match.birthDate === typed.birthDate && nameLikeness(typed, match) === 1;
  return {
    kind: 'match',
    message: certain
      ? `${name} (${match.number}) is a candidate of your centre already and keeps the number`
      : `Your centre has a candidate like this: ${name}, born ${formatDate(match.birthDate)}, ${match.number} (${inSentence(MATCH_WORDS[match.reason])}). Say whether it is the same person`,
    candidateId: match.id,
    label: `The same as ${name}, born ${formatDate(match.birthDate)}, ${match.number}`,
    certain,
    sameUln: match.reason === 'same_uln',
  };
}

/** A row of the same file that stands before this one. */
export interface EarlierRow {
  readonly number: number;
  readonly identity: Identity;
}

/**
 * What the other rows of the file say against this one: the same ULN is a fault of both, whoever comes first; a row about
 * somebody like an earlier row is asked about.
 */
export function repetition(
  typed: Identity,
  sameUln: readonly number[],
  earlier: readonly EarlierRow[],
): { readonly faults: FieldError[]; readonly warnings: RowWarning[] } {
  if (sameUln.length > 0) {
    const rows = sameUln.length === 1 ? `Row ${sameUln[0]} has` : `Rows ${sameUln.slice(0, 5).join(', ')} have`;
    const message = `${rows} the same ULN ${typed.uln}, and two people never share one. Correct one of them, or leave one row out`;
    return {
      faults: [{ field: 'uln', message }],
      warnings: [],
    };
  }
  const like = earlier.find(({ identity }) => possibleMatch(typed, identity) !== null);
  if (!like) return { faults: [], warnings: [] };
  const message = `Row ${like.number} is about somebody like this: ${like.identity.givenNames} ${like.identity.familyName}, born ${formatDate(like.identity.birthDate)}. Say whether this is another person, or leave the row out`;
  return { faults: [], warnings: [{ kind: 'repeated', message }] };
}
