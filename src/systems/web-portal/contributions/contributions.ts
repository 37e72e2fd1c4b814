/** What the pages of a candidate and of a registration ask of the systems to the left; `application.ts` joins them. */
import type { Reader } from '#platform/database/database.ts';
import type { Safe } from '#platform/html/html.ts';

/** A part of a candidate's page, such as "Tests" or "Certificates". */
export interface Section {
  /** Id of its heading, unique on the page: "tests". */
  readonly id: string;
  readonly title: string;
  readonly body: Safe;
  /** Lies on the card without inner space: tables and lists. */
  readonly flush?: boolean;
  /** A link at the right of the heading. */
  readonly aside?: Safe;
}

/** The registration whose next steps are asked for. */
export interface RegistrationFacts {
  readonly id: string;
  readonly centreId: string;
  readonly candidateId: string;
  readonly productId: string;
  readonly versionId: string;
  readonly registeredAt: Date;
}

/** What comes next for one unit that is not achieved yet: "Test opens 25 November 2026 at 13:30". */
export interface UnitStep {
  readonly unitId: string;
  readonly text: string | Safe;
}

export interface CandidateContributions {
  /** Parts of a candidate's page, in the order given. */
  readonly candidateSections: readonly ((reader: Reader, candidateId: string) => Promise<readonly Section[]>)[];
  /** What comes next for the open units of a registration. */
  readonly unitSteps: readonly ((reader: Reader, registration: RegistrationFacts) => Promise<readonly UnitStep[]>)[];
  /** Why pathway and units of a registration stay as they are: "A certificate is claimed ...". */
  readonly choiceFixed: readonly ((reader: Reader, registrationId: string) => Promise<string | null>)[];
  /** What comes next for a registration whose units are all achieved: where to claim. */
  readonly claimStep: readonly ((reader: Reader, registration: RegistrationFacts) => Promise<Safe | null>)[];
}

let joined: CandidateContributions = { candidateSections: [], unitSteps: [], claimStep: [], choiceFixed: [] };

/** Called once by the composition root. */
export function joinCandidateContributions(contributions: Partial<CandidateContributions>): void {
  joined = { candidateSections: [], unitSteps: [], claimStep: [], choiceFixed: [], ...contributions };
}

/** One after the other: all of them read on the one connection of the reader. */
async function gather<T>(works: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  for (const work of works) results.push(await work());
  return results;
}

export async function sectionsOf(reader: Reader, candidateId: string): Promise<Section[]> {
  return (await gather(joined.candidateSections.map((sections) => () => sections(reader, candidateId)))).flat();
}

/** The next step of each open unit, by unit id. */
export async function unitStepsOf(reader: Reader, registration: RegistrationFacts): Promise<Map<string, UnitStep>> {
  const steps = (await gather(joined.unitSteps.map((steps) => () => steps(reader, registration)))).flat();
  return new Map(steps.map((step) => [step.unitId, step]));
}

export async function claimStepOf(reader: Reader, registration: RegistrationFacts): Promise<Safe | null> {
  const steps = await gather(joined.claimStep.map((step) => () => step(reader, registration)));
  return steps.find((step) => step !== null) ?? null;
}

/** Why pathway and units of a registration cannot be changed any more, or null. */
export async function choiceFixedBy(reader: Reader, registrationId: string): Promise<string | null> {
  const reasons = await gather(joined.choiceFixed.map((fixed) => () => fixed(reader, registrationId)));
  return reasons.find((reason) => reason !== null) ?? null;
}
