import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import type { Safe } from '#platform/html/html.ts';
import {
  allProducts,
  checkRule,
  type Language,
  type Missing,
  type Product,
  ruleWithPathway,
  type Unit,
  unitsOf,
  versionById,
} from '#products';
import { claimStepOf, type RegistrationFacts, type UnitStep, unitStepsOf } from '../contributions/contributions.ts';
import { type Choice, inViewOf, whatToChoose } from '../pathway-choice/choice.ts';
import { choiceOf } from '../pathway-choice/choices.ts';
import type { RegistrationState } from '../registration-state/registration-state.ts';
import { type UnitAchievement, unitAchievementsOf } from '../registrations/registrations.ts';

/** A line of a registration's history. */
export interface StateLine {
  readonly from: RegistrationState | null;
  readonly to: RegistrationState;
  readonly at: Date;
  readonly reason: string;
  /** From which day it holds, YYYY-MM-DD; null: from the moment of the entry. */
  readonly on: string | null;
  /** Who did it; null for the awarding body's people, whom a centre does not see, and for the product itself. */
  readonly who: string | null;
}

/** A registration as the pages show it. */
export interface RegistrationView extends RegistrationFacts {
  readonly product: Product;
  readonly version: number;
  readonly state: RegistrationState;
  readonly stateChangedAt: Date;
  /** YYYY-MM-DD */
  readonly programmeStart: string;
  readonly daysUsed: number;
  readonly late: boolean;
  readonly assessmentLanguage: Language;
  readonly cohort: string | null;
  /** Pathway and optional units as planned; and whether the version leaves anything to choose. */
  readonly choice: Choice;
  readonly hasChoices: boolean;
  /** The outage of ours that waives the lateness. */
  readonly waived: { readonly beganAt: Date; readonly endedAt: Date } | null;
  readonly orderReference: string | null;
  readonly site: string | null;
  readonly registeredBy: string | null;
  readonly unitsNeeded: number;
  readonly unitsAchieved: number;
  readonly requirementsMetAt: Date | null;
  readonly units: readonly UnitView[];
  /** What the rule of combination still asks for; empty when met. */
  readonly missing: readonly Missing[];
  readonly history: readonly StateLine[];
  /** Where to claim, when the rule is met and the system of certificates has told. */
  readonly claimStep: Safe | null;
}

export interface UnitView extends Unit {
  readonly achievement: UnitAchievement | null;
  /** What comes next for a unit that is open, as the system that assesses it tells. */
  readonly step: UnitStep['text'] | null;
}

interface Row extends Omit<RegistrationFacts, 'registeredAt'> {
  registeredAt: Date;
  version: number;
  state: RegistrationState;
  stateChangedAt: Date;
  programmeStart: string;
  daysUsed: number;
  late: boolean;
  assessmentLanguage: Language;
  cohort: string | null;
  waivedFrom: Date | null;
  waivedTo: Date | null;
  orderReference: string | null;
  site: string | null;
  registeredBy: string | null;
  unitsNeeded: number;
  unitsAchieved: number;
  requirementsMetAt: Date | null;
  history: {
    from: RegistrationState | null;
    to: RegistrationState;
    at: string;
    reason: string;
    on: string | null;
    who: string | null;
  }[];
}

/** Registrations by their candidate or by their own id, newest first; those of one centre when `centreId` is given. */
export async function registrationViews(
  reader: Reader,
  which: { readonly candidateId: string } | { readonly registrationId: string },
  centreId: string | null,
): Promise<RegistrationView[]> {
  const condition =
    'candidateId' in which ? sql`r.candidate_id = ${which.candidateId}` : sql`r.id = ${which.registrationId}`;
  const rows = await reader.rows(sql<Row>`
    select r.id, r.centre_id as "centreId", r.candidate_id as "candidateId", r.product_id as "productId",
      r.product_version_id as "versionId", v.version, r.registered_at as "registeredAt", r.state,
      r.state_changed_at as "stateChangedAt", r.programme_start as "programmeStart", r.days_used as "daysUsed", r.late,
      r.assessment_language as "assessmentLanguage", r.order_reference as "orderReference", s.name as site, r.cohort,
      w.outage_began_at as "waivedFrom", w.outage_ended_at as "waivedTo",
      coalesce((select given_names || ' ' || family_name from accounts.published_people where id = r.registered_by),
        (select 'API key ' || k.name from web_portal.registration_states h join web_portal.api_keys k on k.id = h.key_id
          where h.registration_id = r.id and h.from_state is null limit 1)) as "registeredBy",
      r.units_needed as "unitsNeeded", r.units_achieved as "unitsAchieved", r.requirements_met_at as "requirementsMetAt",
      (select jsonb_agg(jsonb_build_object('from', h.from_state, 'to', h.to_state, 'at', h.at, 'reason', h.reason, 'on', h.effective_on,
          'who', coalesce((select given_names || ' ' || family_name from accounts.published_people where id = h.person_id),
            (select 'API key ' || name from web_portal.api_keys where id = h.key_id))) order by h.at desc, h.id desc)
        from web_portal.registration_states h where h.registration_id = r.id) as history
    from web_portal.registrations r
    join products.published_versions v on v.id = r.product_version_id
    left join web_portal.lateness_waivers w on w.registration_id = r.id
    left join centres_hub.published_sites s on s.id = r.site_id
    where ${condition} and (${centreId}::uuid is null or r.centre_id = ${centreId}::uuid)
    order by r.registered_at desc, r.id desc`);
  const products = new Map(
    (
      await allProducts(
        reader,
        rows.map((row) => row.productId),
      )
    ).map((one) => [one.id, one]),
  );
  const views: RegistrationView[] = [];
  for (const row of rows) views.push(await completed(reader, row, products.get(row.productId) as Product));
  return views;
}

async function completed(reader: Reader, row: Row, product: Product): Promise<RegistrationView> {
  const version = await versionById(reader, row.versionId);
  const units = await unitsOf(reader, row.versionId);
  const achievements = new Map((await unitAchievementsOf(reader, row.id)).map((one) => [one.unitId, one]));
  const steps = row.state === 'active' ? await unitStepsOf(reader, row) : new Map<string, UnitStep>();
  const achieved = units.filter((unit) => achievements.has(unit.id)).map((unit) => unit.code);
  const choice = await choiceOf(reader, row.id);
  const open = version && whatToChoose(version);
  const missing = version ? checkRule(ruleWithPathway(version, choice.pathway), units, achieved).missing : [];
  return {
    ...row,
    choice,
    hasChoices: Boolean(open && (open.pathways.length > 0 || open.alternatives.length > 0)),
    waived: row.waivedFrom && row.waivedTo && { beganAt: row.waivedFrom, endedAt: row.waivedTo },
    product,
    units: units.map((unit) => ({
      ...unit,
      achievement: achievements.get(unit.id) ?? null,
      step: achievements.has(unit.id) ? null : (steps.get(unit.id)?.text ?? null),
    })),
    missing: inViewOf(missing, choice.units, units),
    history: (row.history ?? []).map((line) => ({ ...line, at: new Date(line.at) })),
    claimStep: row.requirementsMetAt ? await claimStepOf(reader, row) : null,
  };
}
