/** Why a cohort cannot be called so, or null: a name is kept as typed but for what is a formula or markup elsewhere. */
export function cohortProblem(name: string): string | null {
  if (name === '' || /^[\p{L}\p{N}][\p{L}\p{N}\p{M} .,:/()&'’_-]*$/u.test(name)) return null;
  return 'The name of the cohort begins with a letter or digit and has none of the signs < > = + @. Enter a name such as Autumn 2026, group B';
}
