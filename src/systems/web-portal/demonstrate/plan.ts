/** Who of the demonstration is registered for what, since when, and how far; dates as days before the first start. */
import type { RegistrationAct } from '../registration-state/registration-state.ts';

export interface PlannedRegistration {
  /** Product code. */
  readonly code: string;
  /** Registered so many days ago; fractions are hours. */
  readonly daysAgo: number;
  /** The programme started so many days before the registration; negative: it starts later. */
  readonly startedBefore: number;
  /** Units achieved, the first of the product's specification. */
  readonly achieved: number;
  /** What ended it, so many days ago. */
  readonly ended?: { readonly act: RegistrationAct; readonly reason: string; readonly daysAgo: number };
}

const WITHDRAWN = ['Left the programme for work', 'Moved away', 'Registered for the wrong product'];

/**
 * The registrations of one candidate of the demonstration, by the place in the list of the centre (from 0) and the
 * products the centre is approved for. The first of each centre can log in and has a registration for a test that
 * opens at once, two days old, so that nothing has to wait.
 */
export function plannedRegistrations(place: number, approved: readonly string[]): PlannedRegistration[] {
  const has = (code: string) => approved.includes(code);
  if (place === 0) {
    return ['ARH', 'EVH']
      .filter(has)
      .map((code, at) => ({ code, daysAgo: at === 0 ? 2 : 0.5, startedBefore: 9 - at, achieved: 0 }));
  }
  const codes = approved.filter((code) => code !== 'MMC');
  const code = codes[(place * 3 + Math.floor(place / 5)) % codes.length] as string;
  const daysAgo = 1 + ((place * 37) % 240);
  const plain = { code, daysAgo, startedBefore: (place * 13) % 88, achieved: 0 };
  // One of each kind in every ten, the rest at work.
  switch (place % 10) {
    case 1:
      return [
        { code: has('EVH') ? 'EVH' : 'ARH', daysAgo: 0.2 + (place % 3) * 0.6, startedBefore: place % 20, achieved: 0 },
      ];
    case 2:
      return [{ ...plain, daysAgo: 12 + place, startedBefore: 91 + place, achieved: 0 }];
    case 3:
      return [
        {
          ...plain,
          achieved: 0,
          ended: {
            act: 'withdraw',
            reason: WITHDRAWN[place % WITHDRAWN.length] as string,
            daysAgo: Math.floor(daysAgo / 2),
          },
        },
      ];
    case 4:
      return [{ ...plain, daysAgo: 5 + place, startedBefore: -(10 + place) }];
    case 5: {
      // Everything achieved: the claim is the next step, or was made long ago.
      const all = { code: 'ARH', daysAgo: 40 + place, startedBefore: 20, achieved: 99 };
      if (place % 20 === 5) return [all];
      const reason = 'Certificate issued before certificates were kept here';
      return [{ ...all, daysAgo: 190 + place, ended: { act: 'complete', reason, daysAgo: 120 } }];
    }
    case 6:
      return [
        { ...plain, daysAgo: 200 + place, achieved: 1 },
        { code: 'ARH', daysAgo: 3 + (place % 7), startedBefore: 3, achieved: 0 },
      ].filter((one, at, all) => all.findIndex((other) => other.code === one.code) === at);
    case 7:
      return [ended(place, plain)];
    case 8:
      return [{ ...plain, achieved: 3 }];
    default:
      return [{ ...plain, achieved: place % 3 }];
  }
}

/** The rarer ends, each once in forty. */
function ended(place: number, plain: PlannedRegistration): PlannedRegistration {
  const at = Math.floor(place / 10);
  if (at === 0)
    return {
      ...plain,
      daysAgo: 220,
      ended: { act: 'lapse', reason: 'No activity for the time the product allows', daysAgo: 10 },
    };
  if (at === 1)
    return {
      ...plain,
      daysAgo: 90,
      ended: { act: 'transfer', reason: 'Moved to another approved centre', daysAgo: 30 },
    };
  if (at === 2)
    return { ...plain, daysAgo: 30, ended: { act: 'void', reason: 'Entered twice by mistake', daysAgo: 29 } };
  return { ...plain, achieved: 2 };
}
