import type { z } from 'zod';
import type { FieldError } from '#platform/http/answers.ts';
import type { ProblemPlace } from './problem.ts';

/** A path into a JSON value as a pointer (RFC 6901). */
function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** What a schema finds wrong with a body, each error at its place; a member too many is one of its own. */
export function placesInBody(error: z.ZodError): ProblemPlace[] {
  return error.issues.flatMap((issue): ProblemPlace[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          pointer: pointerTo([...issue.path, key]),
          detail: 'There is no such member. Take it out',
        }))
      : [{ pointer: pointerTo(issue.path), detail: issue.message }],
  );
}

/** What a schema finds wrong with the parameters of an address. */
export function placesInQuery(error: z.ZodError): ProblemPlace[] {
  return error.issues.flatMap((issue): ProblemPlace[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ parameter: key, detail: 'There is no such parameter. Take it out' }))
      : [{ parameter: String(issue.path[0] ?? ''), detail: issue.message }],
  );
}

/** The errors of a form, at the members of the body that were read into its fields. */
export function placesOfFields(
  errors: readonly FieldError[],
  pointers: Readonly<Record<string, string>>,
): ProblemPlace[] {
  return errors.map(({ field, message }) => ({
    pointer: pointers[field.replace(/-(?:day|month|year)$/, '')] ?? '',
    detail: message,
  }));
}
