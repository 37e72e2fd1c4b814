import type { FormValues } from '#platform/http/context.ts';

/** What the browser's script put into the form after the authenticator answered; undefined when it is no JSON. */
export function passkeyAnswer(fields: FormValues): unknown {
  if (typeof fields.passkey !== 'string' || fields.passkey.length > 60_000) return undefined;
  try {
    return JSON.parse(fields.passkey);
  } catch {
    // Whoever sends no JSON gets the answer of a passkey that is not known.
    return undefined;
  }
}
