/**
 * The rule of combination: which units a qualification asks for. A tree of groups, pairs of units that count once, and
 * floors for credits (Regulated Qualifications Framework practice; docs of the QCF called it by this name).
 */
import { z } from 'zod';

/** A part of a rule: the code of a unit, or a group of parts. */
export type RulePart = string | RuleGroup;

export type RuleGroup =
  /** Every part is needed. */
  | { readonly kind: 'all'; readonly title?: string | undefined; readonly of: readonly RulePart[] }
  /** `count` of the parts are needed. */
  | {
      readonly kind: 'choose';
      readonly title?: string | undefined;
      readonly count: number;
      readonly of: readonly RulePart[];
    }
  /** One of the parts is needed, more are welcome. */
  | { readonly kind: 'at_least_one'; readonly title?: string | undefined; readonly of: readonly RulePart[] }
  /** Units of the group worth `minimum` credits are needed. */
  | {
      readonly kind: 'credits';
      readonly title?: string | undefined;
      readonly minimum: number;
      readonly of: readonly string[];
    };

export interface CreditFloor {
  readonly level: number;
  readonly credits: number;
}

export interface Rule {
  readonly root: RuleGroup;
  /** Units of equal content: of each pair one counts. */
  readonly barred: readonly (readonly [string, string])[];
  /** Credits needed in all, of units counted. */
  readonly minimumCredits?: number | undefined;
  /** Credits needed at a level or above it, each level once. */
  readonly creditFloors?: readonly CreditFloor[] | undefined;
}

const unitCode = z.string().min(1).max(40);
const title = z.string().min(1).max(200).optional();
const part: z.ZodType<RulePart> = z.lazy(() => z.union([unitCode, group]));
// Empty groups are refused: a rule that asks for nothing would certificate everybody.
const parts = z.array(part).min(1);
const group: z.ZodType<RuleGroup> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('all'), title, of: parts }),
    z
      .object({ kind: z.literal('choose'), title, count: z.number().int().min(1), of: parts })
      .refine((choose) => choose.count <= choose.of.length, 'A group asks for more parts than it has.'),
    z.object({ kind: z.literal('at_least_one'), title, of: parts }),
    z.object({ kind: z.literal('credits'), title, minimum: z.number().int().min(1), of: z.array(unitCode).min(1) }),
  ]),
);

/** The stored form of a rule. At most 12 barred pairs, because every way of counting them is looked at. */
export const ruleSchema: z.ZodType<Rule> = z.object({
  root: group,
  barred: z.array(z.tuple([unitCode, unitCode])).max(12),
  minimumCredits: z.number().int().min(1).optional(),
  creditFloors: z
    .array(z.object({ level: z.number().int().min(0).max(8), credits: z.number().int().min(1) }))
    .max(9)
    .optional(),
});

/** What a rule needs to know of a unit. */
export interface RuleUnit {
  readonly code: string;
  readonly title: string;
  readonly level: number;
  /** Null where none are given; counts as 0 towards floors. */
  readonly credits: number | null;
}

/** The codes of all units that a group names, each once, in order. */
export function unitCodesOf(group: RuleGroup): string[] {
  const codes = group.of.flatMap((each: RulePart) => (typeof each === 'string' ? [each] : unitCodesOf(each)));
  return [...new Set(codes)];
}

/** One thing a candidate still lacks: a sentence for people, and the same for programs. */
export type Missing = { readonly sentence: string } & (
  | { readonly kind: 'unit'; readonly code: string }
  /** `more` further parts of the group are needed; `from` are the codes of units that could fill it. */
  | { readonly kind: 'choose'; readonly title: string | null; readonly more: number; readonly from: readonly string[] }
  | { readonly kind: 'credits'; readonly title: string | null; readonly more: number; readonly from: readonly string[] }
  | { readonly kind: 'total_credits'; readonly more: number }
  | { readonly kind: 'credits_at_level'; readonly level: number; readonly more: number }
);
