/** Learning outcomes of a unit and their assessment criteria, as the specification words them (condition E3). */
import { z } from 'zod';

const criterion = z.object({
  /** "1.2": its outcome and its place in it; names the criterion within the unit for good. */
  number: z.string().regex(/^\d{1,2}\.\d{1,2}$/),
  /** Of knowledge, of skills, or not said. */
  kind: z.enum(['knowledge', 'skill']).nullable(),
  text: z.string().min(1).max(600),
});
const outcome = z.object({
  number: z.string().regex(/^\d{1,2}$/),
  text: z.string().min(1).max(600),
  criteria: z.array(criterion).max(60),
});
export const outcomesSchema = z.array(outcome).max(40);
export type Outcome = z.infer<typeof outcome>;
export type Criterion = z.infer<typeof criterion>;

/** The words a person reads for each kind of criterion. */
export const CRITERION_KINDS = { knowledge: 'K', skill: 'S' } as const;

/** The outcomes as lines to edit: "1 Understand ...", then "1.1 K Describe ...". */
export function outcomeLines(outcomes: readonly Outcome[]): string {
  return outcomes
    .flatMap(({ number, text, criteria }) => [
      `${number} ${text}`,
      ...criteria.map((one) => `${one.number} ${one.kind ? `${CRITERION_KINDS[one.kind]} ` : ''}${one.text}`),
    ])
    .join('\n');
}

export type ReadOutcomes =
  | { readonly ok: true; readonly outcomes: Outcome[] }
  | { readonly ok: false; readonly message: string };

/** Reads such lines; a line without a number goes on with the one above. */
export function readOutcomes(lines: string): ReadOutcomes {
  const outcomes: { number: string; text: string; criteria: Criterion[] }[] = [];
  const refuse = (message: string): ReadOutcomes => ({ ok: false, message });
  let last: { text: string } | null = null;
  for (const line of lines.split(/\r?\n/).map((one) => one.trim().replace(/\s+/g, ' '))) {
    if (line === '') continue;
    const match = /^(\d{1,2})(?:\.(\d{1,2}))?[.)]?\s+(?:([KS])\s+)?(.+)$/.exec(line);
    if (!match) {
      if (!last || /^\d/.test(line))
        return refuse(`"${line.slice(0, 60)}": begin the line with a number, such as 1 or 1.1, then the words`);
      last.text = `${last.text} ${line}`;
      continue;
    }
    const [, whole = '', within, letter, text = ''] = match;
    const number = String(Number(whole));
    if (within === undefined) {
      if (outcomes.some((one) => one.number === number)) return refuse(`Outcome ${number} stands there twice`);
      outcomes.push({ number, text: letter ? `${letter} ${text}` : text, criteria: [] });
      last = outcomes.at(-1) ?? null;
      continue;
    }
    const parent = outcomes.find((one) => one.number === number);
    if (!parent) return refuse(`Criterion ${whole}.${within} has no outcome ${number} above it`);
    const full = `${number}.${Number(within)}`;
    if (parent.criteria.some((one) => one.number === full)) return refuse(`Criterion ${full} stands there twice`);
    parent.criteria.push({ number: full, kind: letter === 'K' ? 'knowledge' : letter === 'S' ? 'skill' : null, text });
    last = parent.criteria.at(-1) ?? null;
  }
  const parsed = outcomesSchema.safeParse(outcomes);
  if (!parsed.success) return refuse('At most 40 outcomes, 60 criteria each and 600 characters a line');
  return { ok: true, outcomes: parsed.data };
}
