import { html, type Safe } from '#platform/html/html.ts';
import { formatDate, plural } from '#ui';
import { consequences, endObstacles } from '../amendments/parts.ts';
import type { MoveLook } from './move-registration.ts';

/** What an acceptance does, as the centre that gives reads it before. */
export function moveConsequences({ registration, preview }: Pick<MoveLook, 'registration' | 'preview'>): Safe {
  const { unitsAchieved, programmeStart } = registration;
  return html`${endObstacles(preview.obstacles, 'It cannot move yet; it can be asked for meanwhile.')}${consequences([
    `Accepted, the registration ends here as transferred and goes on there${unitsAchieved > 0 ? ` with ${plural(unitsAchieved, 'unit')} achieved` : ''}`,
    `The programme started on ${formatDate(programmeStart)} as before: days used and lateness go with it`,
    ...preview.follows,
    'Your centre keeps what happened here and sees nothing of what comes after',
    'Access arrangements do not move: the other centre asks for its own',
  ])}`;
}
