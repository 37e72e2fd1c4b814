/**
 * Extension of many expiries by one rule: the expiry of an accreditation moves by months where it lies in a named window
 * of dates, a stated number of times and not beyond (domain 1.8, as awarding bodies did in 2020). Pure. Certificates
 * apply it to awards (src/systems/certificates/extend-expiries).
 */

/** A window of days, both included, YYYY-MM-DD. */
export interface Window {
  readonly name: string;
  readonly from: string;
  readonly until: string;
}

export interface ExtensionRule {
  readonly id: string;
  readonly months: number;
  readonly windows: readonly Window[];
  /** How often an award may be extended in all, by any rule. */
  readonly mostTimes: number;
}

export interface Award {
  readonly expiresOn: string;
  /** The rules that extended it before, in order. */
  readonly extendedBy: readonly string[];
}

export type Extension =
  | { readonly extended: true; readonly expiresOn: string; readonly window: string }
  | { readonly extended: false; readonly why: 'no_window' | 'already_by_this_rule' | 'often_enough' };

/** What the rule does to one award. Applied a second time it does nothing. */
export function extensionOf(rule: ExtensionRule, award: Award): Extension {
  if (award.extendedBy.includes(rule.id)) return { extended: false, why: 'already_by_this_rule' };
  const window = rule.windows.find(({ from, until }) => from <= award.expiresOn && award.expiresOn <= until);
  if (!window) return { extended: false, why: 'no_window' };
  if (award.extendedBy.length >= rule.mostTimes) return { extended: false, why: 'often_enough' };
  return { extended: true, expiresOn: monthsLater(award.expiresOn, rule.months), window: window.name };
}

export interface ExtensionPreview {
  readonly extended: number;
  readonly byWindow: readonly { readonly name: string; readonly awards: number }[];
  readonly leftOut: Readonly<Record<'no_window' | 'already_by_this_rule' | 'often_enough', number>>;
}

/** What the rule would do to all of these awards, counted. */
export function previewExtension(rule: ExtensionRule, awards: Iterable<Award>): ExtensionPreview {
  const byWindow = new Map(rule.windows.map(({ name }) => [name, 0]));
  const leftOut = { no_window: 0, already_by_this_rule: 0, often_enough: 0 };
  let extended = 0;
  for (const award of awards) {
    const answer = extensionOf(rule, award);
    if (!answer.extended) leftOut[answer.why]++;
    else {
      extended++;
      byWindow.set(answer.window, (byWindow.get(answer.window) ?? 0) + 1);
    }
  }
  return { extended, byWindow: [...byWindow].map(([name, awards]) => ({ name, awards })), leftOut };
}

/** The same day so many months later; the last day of the month where it has none: 31 August and 6 months is 28 or 29 February. */
export function monthsLater(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
