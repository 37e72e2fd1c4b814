import { z } from 'zod';
import { html } from '#platform/html/html.ts';
import { selectField, textareaField } from '#ui';
import { incidentLogged } from '../audit.ts';
import { reportIncident } from '../sitting/change-sitting.ts';
import { type Act, actOn, typed } from '../sitting-act/act.ts';

/** Kinds of incident that staff log; `incidents.kind`. */
const INCIDENT_KINDS = {
  equipment: 'Equipment or network',
  disturbance: 'Disturbance in the room',
  illness: 'Illness',
  conduct: 'Conduct of a candidate, possible malpractice',
  other: 'Something else',
} as const;
type IncidentKind = keyof typeof INCIDENT_KINDS;
const kinds = Object.keys(INCIDENT_KINDS) as [IncidentKind, ...IncidentKind[]];
const WHAT = 'Enter what happened, in a sentence or two';

const act: Act<{ readonly kind: IncidentKind; readonly detail: string }> = {
  name: 'incident',
  title: ({ sitting, who, room }) => (sitting ? `Log an incident: ${who}` : `Log an incident in ${room}`),
  lead: () => 'It is kept with this session for the centre and the awarding body, with your name and the time.',
  schema: z.object({
    kind: z.enum(kinds, 'Choose what it is about'),
    detail: z.string(WHAT).trim().min(1, WHAT).max(1000, 'Use up to 1,000 characters'),
  }),
  fields: ({ values, errors }) =>
    html`${selectField({
      name: 'kind',
      label: 'What is it about?',
      placeholder: 'Choose',
      value: typed(values, 'kind'),
      errors,
      choices: kinds.map((value) => ({ value, label: INCIDENT_KINDS[value] })),
    })}${textareaField({ name: 'detail', label: 'What happened', value: typed(values, 'detail'), errors, rows: 4, maxlength: 1000 })}`,
  button: () => 'Log the incident',
  fresh: false,
  action: async (writer, { kind, detail }, target) => {
    await reportIncident(writer, {
      centreId: target.centreId,
      sessionId: target.sessionId,
      ...(target.sitting ? { sittingId: target.sitting.id } : {}),
      kind,
      detail: `${INCIDENT_KINDS[kind]}: ${detail}`,
    });
    const subject = target.sitting
      ? { kind: 'sitting', id: target.sitting.id }
      : { kind: 'session', id: target.sessionId };
    await writer.audit(incidentLogged, subject, { kind, detail }, target.centreId);
  },
};

export const incidentOfOne = actOn('sitting', act);
export const incidentOfSession = actOn('session', act);
