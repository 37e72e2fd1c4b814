/**
 * May this person assess, quality-assure or invigilate this product at this centre today, and if not, why and whose move
 * is it? Pure; the one place that decides it. Days are days in London, YYYY-MM-DD, and a last day counts whole: the right
 * ends with the first second of the day after. Sources: General Conditions C2.3 (a competent workforce) and A4; the
 * awarding body approves each assessor and internal quality assurer on the evidence of competence.
 */
import type { Role } from '#platform/permissions/capabilities.ts';
import { formatDate } from '#ui';
import { FUNCTION_NAMES, isJudge, type Judge, type StaffFunction } from './functions.ts';

/** Somebody is put down for it, and it has not been ended. */
export interface CurrentFunction {
  readonly function: StaffFunction;
  /** Null: every product, every site. */
  readonly productId: string | null;
  readonly siteId: string | null;
  readonly startsOn: string;
}

/** A record that was not corrected; licences that were withdrawn are among them. */
export interface CurrentRecord {
  readonly kind: 'qualification' | 'cv' | 'cpd' | 'standardisation' | 'licence';
  readonly title: string;
  /** Of a licence: the product it is needed for, null for every product; and its last day. */
  readonly productId: string | null;
  readonly expiresOn: string | null;
  readonly recordedAt: Date;
  /** It stands in place of an earlier record. */
  readonly corrects: boolean;
  /** Of a licence alone. */
  readonly withdrawnAt: Date | null;
}

export interface Decision {
  readonly function: Judge;
  readonly productId: string;
  readonly outcome: 'approved' | 'refused';
  readonly reasons: string;
  readonly decidedAt: Date;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  /** The reason, when the awarding body ended the approval early. */
  readonly endReason: string | null;
}

export interface StandingFacts {
  /** Somebody of the profile who works there: a user with roles, or a staff member who has not left. */
  readonly there: boolean;
  readonly roles: readonly Role[];
  readonly functions: readonly CurrentFunction[];
  readonly records: readonly CurrentRecord[];
  /** The newest first. */
  readonly decisions: readonly Decision[];
}

export interface StandingQuestion {
  readonly function: 'assessor' | 'iqa' | 'invigilator';
  readonly productId: string;
  /** Null: at whatever site. */
  readonly siteId: string | null;
  readonly today: string;
}

export type Mover = 'the person' | 'the centre coordinator' | 'the awarding body' | 'nobody';

export type Standing =
  | { readonly allowed: true /** The last day, when something runs out. */; readonly until: string | null }
  | {
      readonly allowed: false;
      readonly state: 'gone' | 'not_put_down' | 'later' | 'no_evidence' | 'undecided' | 'refused' | 'ended' | 'ran_out';
      readonly why: string;
      readonly whose: Mover;
    };

type No = Extract<Standing, { allowed: false }>;
const no = (state: No['state'], whose: Mover, why: string): No => ({ allowed: false, state, why, whose });

/** The one rule. */
export function competenceStanding(facts: StandingFacts, question: StandingQuestion): Standing {
  if (!facts.there) return no('gone', 'the centre coordinator', 'Does not work at the centre any more.');
  return question.function === 'invigilator'
    ? invigilating(facts, question)
    : judging(facts, question.function, question);
}

/** The role of a user lets invigilate everywhere at the centre, until functions narrow it to products or sites. */
function invigilating(facts: StandingFacts, question: StandingQuestion): Standing {
  if (!facts.roles.includes('invigilator'))
    return no('not_put_down', 'the centre coordinator', 'Does not have the role invigilator.');
  const narrowed = facts.functions.filter((one) => one.function === 'invigilator');
  if (narrowed.length === 0) return { allowed: true, until: null };
  return covered(narrowed, question) ?? { allowed: true, until: null };
}

/** Why none of these covers the question, or null when one does. */
function covered(
  functions: readonly CurrentFunction[],
  { function: fn, productId, siteId, today }: StandingQuestion,
): No | null {
  const name = FUNCTION_NAMES[fn].toLowerCase();
  const fits = functions.filter(
    (one) =>
      (one.productId === null || one.productId === productId) &&
      (one.siteId === null || siteId === null || one.siteId === siteId),
  );
  if (fits.length === 0)
    return no('not_put_down', 'the centre coordinator', `Is not put down as ${name} for this product here.`);
  if (fits.some((one) => one.startsOn <= today)) return null;
  const first = fits.map(({ startsOn }) => startsOn).sort()[0] as string;
  return no('later', 'nobody', `Is put down as ${name} from ${formatDate(first)} on.`);
}

function judging(facts: StandingFacts, fn: Judge, question: StandingQuestion): Standing {
  const { productId, today } = question;
  const put = covered(
    facts.functions.filter((one) => one.function === fn),
    question,
  );
  if (put) return put;
  const licences = licencesFor(facts.records, productId).filter(({ withdrawnAt }) => withdrawnAt === null);
  const out = licences.find(({ expiresOn }) => (expiresOn as string) < today);
  if (out)
    return no('ran_out', 'the person', `The licence "${out.title}" ran out on ${formatDate(out.expiresOn as string)}.`);
  const decision = facts.decisions.find((one) => one.function === fn && one.productId === productId);
  if (!decision) {
    const missing = missingEvidence(facts.records);
    return missing === null
      ? no('undecided', 'the awarding body', 'The awarding body has not decided yet.')
      : no('no_evidence', 'the person', `${missing}, so the awarding body cannot decide yet.`);
  }
  if (decision.outcome === 'refused')
    return no('refused', 'the person', `The awarding body has not approved it. Reason: ${sentence(decision.reasons)}`);
  if (decision.endReason !== null)
    return no(
      'ended',
      'the awarding body',
      `The awarding body ended the approval. Reason: ${sentence(decision.endReason)}`,
    );
  const gone = withdrawnSince(facts.records, decision);
  if (gone)
    return no(
      'undecided',
      'the awarding body',
      `The licence "${gone.title}" was withdrawn after the approval. The awarding body decides anew.`,
    );
  const from = decision.validFrom as string;
  const until = decision.validUntil as string;
  if (today < from) return no('later', 'nobody', `The approval begins on ${formatDate(from)}.`);
  if (today > until) return no('ran_out', 'the awarding body', `The approval ran out on ${formatDate(until)}.`);
  return { allowed: true, until: [until, ...licences.map(({ expiresOn }) => expiresOn as string)].sort()[0] as string };
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

function licencesFor(records: readonly CurrentRecord[], productId: string): CurrentRecord[] {
  return records.filter(
    ({ kind, productId: needed }) => kind === 'licence' && (needed === null || needed === productId),
  );
}

/**
 * A licence on which an approval may rest and that was withdrawn after it: otherwise withdrawing a licence that runs out
 * would keep the right. Null when there is none.
 */
function withdrawnSince(
  records: readonly CurrentRecord[],
  { productId, decidedAt }: Pick<Decision, 'productId' | 'decidedAt'>,
): CurrentRecord | null {
  const rested = ({ recordedAt, corrects }: CurrentRecord) => corrects || recordedAt <= decidedAt;
  return (
    licencesFor(records, productId).find(
      (one) => one.withdrawnAt !== null && one.withdrawnAt > decidedAt && rested(one),
    ) ?? null
  );
}

/** What the awarding body cannot decide without: a qualification and a curriculum vitae. Null when both are there. */
export function missingEvidence(records: readonly Pick<CurrentRecord, 'kind'>[]): string | null {
  const has = (kind: CurrentRecord['kind']) => records.some((one) => one.kind === kind);
  if (!has('qualification') && !has('cv')) return 'No qualification and no curriculum vitae is on record';
  if (!has('qualification')) return 'No qualification is on record';
  return has('cv') ? null : 'No curriculum vitae is on record';
}

/** Days before its end from which an approval waits for its renewal in the awarding body's queue (`soon` of `decisionDue`). */
export const RENEW_DAYS = 30;

export type WaitsFor = 'never' | 'new_evidence' | 'running_out' | 'ran_out';

/** Why a decision of the awarding body is due for somebody put down for a product; null when none is. */
export function decisionDue(
  decision: Decision | null,
  records: readonly CurrentRecord[],
  today: string,
  soon: string,
): WaitsFor | null {
  const complete = missingEvidence(records) === null;
  if (!decision) return complete ? 'never' : null;
  const { decidedAt, validUntil } = decision;
  if (decision.outcome === 'refused' || decision.endReason !== null)
    return complete && records.some(({ recordedAt }) => recordedAt > decidedAt) ? 'new_evidence' : null;
  if (withdrawnSince(records, decision)) return 'new_evidence';
  if ((validUntil as string) < today) return 'ran_out';
  return (validUntil as string) <= soon ? 'running_out' : null;
}

/** Of one line "put down for ...": for how many of the centre's products it gives the right today, and the first obstacle. */
export interface LineStanding {
  readonly allowed: number;
  readonly asked: number;
  /** The earliest last day of those that are allowed. */
  readonly until: string | null;
  readonly obstacle: No | null;
}

/** Null where the function needs nobody's approval and narrows nothing. */
export function lineStanding(
  facts: StandingFacts,
  line: CurrentFunction,
  products: readonly string[],
  today: string,
): LineStanding | null {
  const { function: fn, productId, siteId } = line;
  if (!isJudge(fn) && fn !== 'invigilator') return null;
  const asked = productId === null ? products : [productId];
  const answers = asked.map((one) => competenceStanding(facts, { function: fn, productId: one, siteId, today }));
  const days = answers.flatMap((one) => (one.allowed && one.until !== null ? [one.until] : [])).sort();
  return {
    allowed: answers.filter(({ allowed }) => allowed).length,
    asked: asked.length,
    until: days[0] ?? null,
    obstacle: answers.find((one) => !one.allowed) ?? null,
  };
}
