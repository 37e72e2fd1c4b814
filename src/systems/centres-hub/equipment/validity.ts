/** How long a declaration of the equipment holds. Pure; days in London, YYYY-MM-DD. */
import { Temporal } from 'temporal-polyfill';

/** From so many days before its end a declaration may be renewed, and asks for it. */
export const RENEW_DAYS = 30;

export type EquipmentState = 'missing' | 'given' | 'running_out' | 'ran_out';

/** A year from today; renewed early, a year from the day after the present one ends. Null while it is too early. */
export function nextTerm(lastDay: string | null, today: string): { from: string; until: string } | null {
  const state = equipmentState(lastDay, today);
  if (state === 'given') return null;
  const begin =
    state === 'running_out'
      ? Temporal.PlainDate.from(lastDay as string).add({ days: 1 })
      : Temporal.PlainDate.from(today);
  return { from: begin.toString(), until: begin.add({ years: 1 }).subtract({ days: 1 }).toString() };
}

export function equipmentState(lastDay: string | null, today: string): EquipmentState {
  if (lastDay === null) return 'missing';
  if (lastDay < today) return 'ran_out';
  const asks = Temporal.PlainDate.from(lastDay).subtract({ days: RENEW_DAYS }).toString();
  return asks <= today ? 'running_out' : 'given';
}
