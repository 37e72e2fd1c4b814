/** What must hold before a test form may be used. Pure; each refusal says how to put it right. */
import type { BlueprintPart, FormState, TestForm } from './forms.ts';

/** Groups of the blueprint with too few live questions, one sentence each; none when a paper can be drawn. */
export function shortages(
  blueprint: readonly BlueprintPart[],
  live: ReadonlyMap<string, number>,
): { readonly group: string; readonly sentence: string }[] {
  return blueprint.flatMap(({ group, count }) => {
    const has = live.get(group) ?? 0;
    if (has >= count) return [];
    const words = has === 0 ? 'no live questions' : has === 1 ? '1 live question' : `${has} live questions`;
    return [
      {
        group,
        sentence: `Group ${group} has ${words} and the form asks for ${count}: ask for fewer, or add questions`,
      },
    ];
  });
}

export interface PublishQuestion {
  readonly form: Pick<TestForm, 'code' | 'state' | 'blueprint' | 'createdBy' | 'productId'>;
  readonly publisherId: string | null;
  /** Live questions of each group of the bank. */
  readonly live: ReadonlyMap<string, number>;
  /** The code of another form that is published for the same unit, or null. */
  readonly otherPublished: string | null;
}

/** Why a form may not be published now, as sentences; none when it may. Who wrote a draft does not approve it. */
export function obstaclesToPublish({ form, publisherId, live, otherPublished }: PublishQuestion): string[] {
  if (form.state !== 'draft') return ['This form is not a draft any more. Make a new version of it'];
  const sentences = shortages(form.blueprint, live).map(({ sentence }) => sentence);
  if (form.createdBy !== null && form.createdBy === publisherId)
    sentences.push('You wrote this draft. Ask another reviewer or an awarding officer to check and publish it');
  if (otherPublished !== null)
    sentences.push(
      `Form ${otherPublished} is published for the same unit. Withdraw it first, so that one form stands for the unit`,
    );
  return sentences;
}

/** What may be done with a form in a state. */
export const ACTS: Record<FormState, readonly ('change' | 'publish' | 'withdraw' | 'new-version')[]> = {
  draft: ['change', 'publish'],
  published: ['withdraw', 'new-version'],
  withdrawn: ['new-version'],
};
