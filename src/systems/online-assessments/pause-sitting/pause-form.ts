/** The forms behind Pause and Resume, of one seat and of everyone. */
import { z } from 'zod';
import { plural } from '#ui';
import { type Act, actOn, reasonField, reasonOf } from '../sitting-act/act.ts';
import type { Target } from '../sitting-act/target.ts';
import { pauseSittings, resumeSittings } from './pause-sitting.ts';

/** What the board's button gives as reason: an alarm cannot wait for words. */
export const PAUSED_FROM_BOARD = 'Paused from the live board; your invigilator tells you why';
export const RESUMED_FROM_BOARD = 'Resumed from the live board';

interface Reasoned {
  readonly reason: string;
}

const pause: Act<Reasoned> = {
  name: 'pause',
  title: ({ sitting, who }) => (sitting ? `Pause the test of ${who}` : 'Pause everyone'),
  lead: (target) =>
    `${reached(target.working, 'working')} The clock stops and the questions are covered until you resume.`,
  schema: z.object({ reason: reasonOf('Enter the reason, such as "Fire alarm": the candidate reads it') }),
  fields: (form) => reasonField(form, 'Reason', 'The candidate reads it, and it stands in the timeline.'),
  button: ({ sitting }) => (sitting ? 'Pause this test' : 'Pause everyone'),
  look: 'bad',
  fresh: false,
  action: (writer, { reason }, { which }) => pauseSittings(writer, { which, reason }),
};

const resume: Act<Reasoned> = {
  name: 'resume',
  title: ({ sitting, who }) => (sitting ? `Resume the test of ${who}` : 'Resume everyone'),
  lead: (target) => `${reached(target.paused, 'paused')} The clock runs on from where it stopped.`,
  schema: z.object({ reason: reasonOf('Enter the reason, such as "Alarm over"') }),
  fields: (form) => reasonField(form, 'Reason'),
  button: ({ sitting }) => (sitting ? 'Resume this test' : 'Resume everyone'),
  fresh: true,
  action: (writer, { reason }, { which }) => resumeSittings(writer, { which, reason }),
};

function reached(count: number, state: string): string {
  return `${plural(count, 'candidate is', 'candidates are')} ${state}.`;
}

// Pressed twice, or by two invigilators at once: what is meant has happened already.
const unlessDone = (act: Act<Reasoned>, done: (target: Target) => boolean): Act<Reasoned> => ({
  ...act,
  action: async (writer, value, target, context) => {
    if (!done(target)) await act.action(writer, value, target, context);
  },
});

export const pauseOne = actOn(
  'sitting',
  unlessDone(pause, ({ sitting }) => sitting?.state === 'paused'),
);
export const pauseEveryone = actOn('session', pause);
export const resumeOne = actOn(
  'sitting',
  unlessDone(resume, ({ sitting }) => sitting?.state === 'running'),
);
export const resumeEveryone = actOn('session', resume);
