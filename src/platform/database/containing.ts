/** The pattern of `like` and `ilike` for text that contains what was typed, letter for letter; null when nothing was. */
export function containing(typed: string | undefined): string | null {
  return typed ? `%${typed.replace(/[\\%_]/g, '\\$&')}%` : null;
}
