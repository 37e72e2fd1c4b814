import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import {
  decisions,
  equipment,
  functions,
  interests,
  records,
  recovery,
} from '../../../../content/demonstration/competence.ts';
import { dueReminders, RAN_OUT } from '../reminders/reminders.ts';

const DAY = 86_400_000;

/** What the demonstration's other parts have made by now. */
interface Made {
  readonly centreId: string;
  readonly personOf: ReadonlyMap<string | null, string>;
  readonly productOf: ReadonlyMap<string, string>;
}

/** Competence, interests and declarations of the first centre; the second has none yet. */
export async function demonstrateCompetence(writer: Writer, made: Made): Promise<void> {
  const entries = await writer.db
    .selectFrom('centres_hub.staff_members')
    .select(['id', 'email'])
    .where('centre_id', '=', made.centreId)
    .execute();
  const sites = await writer.db
    .selectFrom('centres_hub.sites')
    .select(['id', 'name'])
    .where('centre_id', '=', made.centreId)
    .execute();
  const scene: Scene = {
    ...made,
    writer,
    entryOf: new Map(entries.map(({ id, email }) => [email ?? '', id])),
    siteOf: new Map(sites.map(({ id, name }) => [name, id])),
  };
  await writeFunctions(scene);
  await writeRecords(scene);
  await writeDecisions(scene);
  await writeInterests(scene);
  await writeEquipment(scene);
  await writeRecovery(scene);
}

interface Scene extends Made {
  readonly writer: Writer;
  readonly entryOf: ReadonlyMap<string, string>;
  readonly siteOf: ReadonlyMap<string, string>;
}

const ago = ({ writer }: Scene, days: number) => new Date(writer.now.getTime() - days * DAY);
const dayIn = ({ writer }: Scene, days: number) =>
  Temporal.PlainDate.from(dayInLondon(writer.now)).add({ days }).toString();
const found = (map: ReadonlyMap<string | null, string>, key: string): string => {
  const id = map.get(key);
  if (!id) throw new Error(`The demonstration has no ${key}.`);
  return id;
};

async function writeFunctions(scene: Scene): Promise<void> {
  const { writer, centreId } = scene;
  for (const { who, function: fn, codes, site, startsOn } of functions) {
    for (const code of codes.length > 0 ? codes : [null]) {
      await writer.db
        .insertInto('centres_hub.staff_functions')
        .values({
          centre_id: centreId,
          staff_member_id: found(scene.entryOf, who),
          function: fn,
          product_id: code === null ? null : found(scene.productOf, code),
          site_id: site === null ? null : found(scene.siteOf, site),
          starts_on: startsOn,
          recorded_at: new Date(`${startsOn}T09:00:00Z`),
        })
        .execute();
    }
  }
}

async function writeRecords(scene: Scene): Promise<void> {
  const { writer, centreId } = scene;
  for (const one of records) {
    const staffMemberId = found(scene.entryOf, one.who);
    const lastDay = one.daysLeft === undefined ? null : dayIn(scene, one.daysLeft);
    const { id } = await writer.db
      .insertInto('centres_hub.competence_records')
      .values({
        centre_id: centreId,
        staff_member_id: staffMemberId,
        kind: one.kind,
        title: one.title,
        happened_on: dayIn(scene, -one.daysAgo),
        issuer: one.issuer ?? null,
        minutes: one.minutes ?? null,
        words: one.words ?? null,
        number: one.number ?? null,
        product_id: one.code ? found(scene.productOf, one.code) : null,
        expires_on: lastDay,
        recorded_at: ago(scene, Math.max(one.daysAgo - 1, 1)),
        recorded_by: scene.personOf.get(one.who) ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (one.file) await writeFile(scene, { recordId: id }, one.file, one.title);
    if (lastDay !== null) await writeReminders(scene, id, 'licence', staffMemberId, one.daysLeft as number);
  }
}

async function writeDecisions(scene: Scene): Promise<void> {
  const { writer, centreId } = scene;
  for (const one of decisions) {
    const staffMemberId = found(scene.entryOf, one.who);
    const { id } = await writer.db
      .insertInto('centres_hub.competence_decisions')
      .values({
        centre_id: centreId,
        staff_member_id: staffMemberId,
        function: one.function,
        product_id: found(scene.productOf, one.code),
        outcome: one.daysLeft === null ? 'refused' : 'approved',
        reasons: one.reasons,
        valid_from: one.daysLeft === null ? null : dayIn(scene, -one.daysAgo),
        valid_until: one.daysLeft === null ? null : dayIn(scene, one.daysLeft),
        decided_at: ago(scene, one.daysAgo),
        decided_by: scene.personOf.get('tunde.oyelaran-wick@awarding.example') ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (one.daysLeft !== null) await writeReminders(scene, id, 'approval', staffMemberId, one.daysLeft);
  }
}

/** What was told before today, so that the first start tells nobody of it again. */
async function writeReminders(
  scene: Scene,
  aboutId: string,
  about: 'licence' | 'approval',
  staffMemberId: string,
  daysLeft: number,
): Promise<void> {
  const lastDay = dayIn(scene, daysLeft);
  for (const { daysBefore: days } of dueReminders(lastDay, dayIn(scene, 0), [])) {
    await scene.writer.db
      .insertInto('centres_hub.competence_reminders')
      .values({
        about_id: aboutId,
        days_before: days,
        about,
        centre_id: scene.centreId,
        staff_member_id: staffMemberId,
        last_day: lastDay,
        written_at: ago(scene, days === RAN_OUT ? -daysLeft - 1 : days - daysLeft),
        told: true,
      })
      .execute();
  }
}

async function writeInterests(scene: Scene): Promise<void> {
  for (const one of interests) {
    const colleague = one.colleague ? found(scene.entryOf, one.colleague) : null;
    const named = colleague
      ? await scene.writer.db
          .selectFrom('centres_hub.staff_members')
          .select(['given_names', 'family_name'])
          .where('id', '=', colleague)
          .executeTakeFirstOrThrow()
      : null;
    await scene.writer.db
      .insertInto('centres_hub.conflict_declarations')
      .values({
        centre_id: scene.centreId,
        person_id: found(scene.personOf, one.who),
        relation: one.relation,
        other_staff_member_id: colleague,
        about_name: named ? `${named.given_names} ${named.family_name}` : (one.name ?? null),
        words: one.words,
        declared_at: ago(scene, one.daysAgo),
        ended_at: one.ended ? ago(scene, 30) : null,
        ended_by: one.ended ? found(scene.personOf, one.who) : null,
        end_reason: one.ended ?? null,
      })
      .execute();
  }
}

async function writeEquipment(scene: Scene): Promise<void> {
  for (const { site, daysLeft } of equipment) {
    await scene.writer.db
      .insertInto('centres_hub.equipment_declarations')
      .values({
        centre_id: scene.centreId,
        site_id: found(scene.siteOf, site),
        valid_from: dayIn(scene, daysLeft - 364),
        valid_until: dayIn(scene, daysLeft),
        declared_at: ago(scene, 364 - daysLeft),
        declared_by: found(scene.personOf, 'desmond.achterberg@northgate.example'),
      })
      .execute();
  }
}

async function writeRecovery(scene: Scene): Promise<void> {
  const { db } = scene.writer;
  const askedAt = ago(scene, recovery.daysAgo);
  const closedAt = ago(scene, recovery.daysAgo - recovery.closedAfter);
  const { id } = await db
    .insertInto('centres_hub.coordinator_recoveries')
    .values({
      centre_id: scene.centreId,
      person_id: found(scene.personOf, recovery.who),
      state: 'refused',
      reasons: recovery.reasons,
      asked_at: askedAt,
      closed_at: closedAt,
      closed_by: scene.personOf.get('helena.brackenridge@awarding.example') ?? null,
      closing_words: recovery.closingWords,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('centres_hub.coordinator_objections')
    .values({
      recovery_id: id,
      centre_id: scene.centreId,
      person_id: found(scene.personOf, recovery.objectedBy),
      words: recovery.objection,
      written_at: ago(scene, recovery.daysAgo - 1),
    })
    .execute();
  await writeFile(scene, { recoveryId: id }, recovery.file, 'Letter of the head of centre');
}

async function writeFile(
  scene: Scene,
  of: { readonly recordId: string } | { readonly recoveryId: string },
  name: string,
  title: string,
): Promise<void> {
  const content = onePageOf(title);
  await scene.writer.db
    .insertInto('centres_hub.evidence_files')
    .values({
      centre_id: scene.centreId,
      record_id: 'recordId' in of ? of.recordId : null,
      recovery_id: 'recoveryId' in of ? of.recoveryId : null,
      name,
      media_type: 'application/pdf',
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest(),
      content,
      added_at: scene.writer.now,
    })
    .execute();
}

/** A PDF of one page with one line, written by hand: the offsets of its table are counted as it grows. */
function onePageOf(line: string): Buffer {
  const text = `BT /F1 18 Tf 72 760 Td (${line.replace(/[^\x20-\x7e]|[()\\]/g, ' ')}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(body.length);
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(
    `${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
    'latin1',
  );
}
