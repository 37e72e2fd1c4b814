import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { NotAllowed } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { whoMay } from '#platform/permissions/capabilities.ts';
import { type Hub, type HubQuery, hubOf } from '../hub-page/hub-page.ts';
import { type Colleague, colleagueOf } from './colleagues.ts';

export const whoParams = z.object({ who: z.uuid() });

export interface WhoseCompetence {
  readonly hub: Hub;
  readonly colleague: Colleague;
  /** The one who looks is the colleague. */
  readonly own: boolean;
  /** May add, correct and withdraw records: the colleague in person, and the coordinator. */
  readonly records: boolean;
}

/** Whose competence is shown; only the colleague, the coordinators and those who decide may see it. */
export async function whoseCompetence(
  reader: Reader,
  context: Context<{ who: string }, HubQuery>,
): Promise<WhoseCompetence> {
  const hub = await hubOf(reader, context);
  const colleague = await colleagueOf(reader, hub.centre.id, context.params.who);
  const own = colleague.personId === context.person().personId && !hub.forBody;
  const manages = hub.may('centres-hub.manage-users');
  if (!own && !manages && !hub.may('centres-hub.decide-approvals'))
    throw new NotAllowed(whoMay('centres-hub.manage-users'));
  return { hub, colleague, own, records: colleague.there && (own || manages) };
}

/** The same, of one who may change the records. */
export async function whoseRecords(
  reader: Reader,
  context: Context<{ who: string }, HubQuery>,
): Promise<WhoseCompetence> {
  const found = await whoseCompetence(reader, context);
  if (!found.records) throw new NotAllowed(whoMay('centres-hub.manage-users'));
  return found;
}
