/** What somebody may be put down for at a centre. */
export const FUNCTION_KEYS = ['assessor', 'iqa', 'invigilator', 'expert_witness', 'tutor', 'administrator'] as const;
export type StaffFunction = (typeof FUNCTION_KEYS)[number];

export const FUNCTION_NAMES: Record<StaffFunction, string> = {
  assessor: 'Assessor',
  iqa: 'Internal quality assurer',
  invigilator: 'Invigilator',
  expert_witness: 'Expert witness',
  tutor: 'Tutor',
  administrator: 'Administrator',
};

export const FUNCTION_HINTS: Record<StaffFunction, string> = {
  assessor: 'Judges work; waits for the awarding body to approve the competence',
  iqa: 'Samples the judging; waits for the awarding body to approve the competence',
  invigilator: 'Narrows the role of a user: tests of this product, at this site',
  expert_witness: 'Confirms what a candidate did at work',
  tutor: 'Teaches',
  administrator: 'Looks after records',
};

/** The functions whose holders the awarding body approves, product by product. */
export const JUDGING = ['assessor', 'iqa'] as const;
export type Judge = (typeof JUDGING)[number];

export function isJudge(fn: StaffFunction): fn is Judge {
  return fn === 'assessor' || fn === 'iqa';
}
