/**
 * The one way of writing a username: composed by compatibility (full-width letters become plain ones), small letters.
 * With the characters allowed below no two usernames look alike.
 */
export function tidyUsername(typed: string): string {
  return typed.trim().normalize('NFKC').toLowerCase();
}

/** What is wrong with a new username (tidied), as a sentence, or null. */
export function usernameProblem(username: string): string | null {
  if (username.length < 3) return 'Your username must have at least 3 characters';
  if (username.length > 40) return 'Your username must have at most 40 characters';
  if (!/^[a-z0-9._@-]+$/.test(username)) {
    return 'Your username may have letters from a to z, numbers, full stops, hyphens, underscores and @. Leave out anything else';
  }
  if (!/^[a-z0-9]/.test(username)) return 'Your username must begin with a letter or a number';
  return null;
}
