/** The demonstration's questions and test forms, through the very importer and the very rule of publishing. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Writer } from '#platform/database/database.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { currentVersion, productByCode, unitsOf } from '#products';
import { hasErrors, readItemsCsv } from '#qti';
import { accounts } from '../../../../content/demonstration/people.ts';
import { bankCreated } from '../audit.ts';
import type { Recognised } from '../import-items/recognise.ts';
import { storeImport } from '../import-items/store-import.ts';
import { liveGroups } from '../item-bank/banks.ts';
import { publish } from '../test-forms/change-state.ts';
import { insertForm } from '../test-forms/write-form.ts';

interface DemonstrationBank {
  readonly code: string;
  readonly title: string;
  readonly file: string;
  readonly form: {
    readonly code: string;
    readonly title: string;
    readonly product: string;
    readonly unit: string;
    /** Questions of each group, in the order of the groups. */
    readonly take: readonly number[];
    readonly minutes: number;
    readonly passMark: number;
    readonly hoursAfterRegistration: number;
  };
}

const BANKS: readonly DemonstrationBank[] = [
  {
    code: 'ARH',
    title: 'Automotive refrigerant handling',
    file: 'automotive-refrigerant-handling.csv',
    form: {
      code: 'ARH-1',
      title: 'Automotive Refrigerant Handling',
      product: 'ARH',
      unit: 'ARH-1',
      take: [2, 2, 3, 3, 2],
      minutes: 20,
      passMark: 9,
      hoursAfterRegistration: 0,
    },
  },
  {
    code: 'EVH',
    title: 'Hazards of electric and hybrid vehicles',
    file: 'electric-and-hybrid-vehicle-hazards.csv',
    form: {
      code: 'EVH-1',
      title: 'Electric and Hybrid Vehicle Hazards',
      product: 'EVH',
      unit: 'EVH-1',
      take: [2, 2, 3, 3, 2],
      minutes: 20,
      passMark: 9,
      hoursAfterRegistration: 48,
    },
  },
  {
    code: 'LVE',
    title: 'Light vehicle engine units, knowledge',
    file: 'light-vehicle-engine-units-knowledge.csv',
    form: {
      code: 'LVP-K03',
      title: 'Light Vehicle Engine Mechanical, Lubrication and Cooling Systems',
      product: 'LVP',
      unit: 'LVP-K03',
      take: [2, 2, 3, 3, 2],
      minutes: 30,
      passMark: 9,
      hoursAfterRegistration: 48,
    },
  },
];

const CONTENT = new URL('../../../../content/demonstration/', import.meta.url);

/** Imports the three banks as `author` and publishes a form on each as `reviewer`. */
export async function demonstrateItemBanks(services: Services): Promise<void> {
  const { database } = services;
  const [author, reviewer] = await Promise.all([personOf(services, 'author'), personOf(services, 'reviewer')]);
  const files = await Promise.all(BANKS.map(({ file }) => readBank(file)));
  const forms = await database.write({ kind: 'system', personId: author }, async (system) => {
    const writer = inThePast(system);
    const ids: string[] = [];
    for (const [index, bank] of BANKS.entries()) {
      const bankId = await makeBank(services, writer, bank, files[index] as BankFile);
      ids.push(await draftForm(writer, bankId, bank.form));
    }
    return ids;
  });
  await database.write({ kind: 'system', personId: reviewer }, async (system) => {
    const writer = inThePast(system);
    for (const id of forms) await publish(writer, id);
  });
}

/** Before the first registration of the demonstration, so that every past sitting had a form. */
function inThePast(writer: Writer): Writer {
  return { ...writer, now: new Date(writer.now.getTime() - 260 * 86_400_000) };
}

/** The person of a demonstration account. */
async function personOf(services: Services, username: string): Promise<string> {
  const email = accounts.find((account) => account.username === username)?.email ?? null;
  const { id } = await services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('accounts.published_people').select('id').where('email', '=', email).executeTakeFirstOrThrow(),
  );
  if (id === null) throw new Error(`The demonstration has no ${username}.`);
  return id;
}

interface BankFile {
  readonly name: string;
  readonly sha256: Buffer;
  readonly read: Recognised;
}

/** A file of questions with the pictures that it names, and no others. */
async function readBank(name: string): Promise<BankFile> {
  const bytes = await readFile(new URL(`items/${name}`, CONTENT));
  const folder = new URL('pictures/', CONTENT);
  const named = new Set(bytes.toString('utf8').match(/[a-z0-9-]+\.png/g) ?? []);
  const pictures = await Promise.all(
    [...named].map(async (picture) => [picture, await readFile(new URL(picture, folder))] as const),
  );
  const imported = readItemsCsv(bytes, new Map(pictures), { label: name });
  if (hasErrors(imported.diagnostics)) throw new Error(imported.diagnostics.map(({ message }) => message).join(' '));
  return { name, sha256: createHash('sha256').update(bytes).digest(), read: { ...imported, format: 'csv' } };
}

async function makeBank(services: Services, writer: Writer, bank: DemonstrationBank, file: BankFile): Promise<string> {
  const { code, title } = bank;
  const { id } = await writer.db
    .insertInto('online_assessments.item_banks')
    .values({ code, title, created_at: writer.now, created_by: writer.identity.personId })
    .returning('id')
    .executeTakeFirstOrThrow();
  await writer.audit(bankCreated, { kind: 'item-bank', id }, { code, title }, null);
  await storeImport(services, writer, { bankId: id, fileName: file.name, fileSha256: file.sha256, read: file.read });
  return id;
}

async function draftForm(writer: Writer, bankId: string, form: DemonstrationBank['form']): Promise<string> {
  const product = await productByCode(writer, form.product);
  const version = product && (await currentVersion(writer, product.id));
  const units = version ? await unitsOf(writer, version.id) : [];
  if (!product || !units.some(({ code }) => code === form.unit))
    throw new Error(`The demonstration has no unit ${form.unit} of ${form.product}.`);
  const groups = await liveGroups(writer, bankId);
  const blueprint = form.take.map((count, index) => ({ group: groups[index]?.group ?? '', count }));
  return insertForm(writer, {
    bankId,
    version: 1,
    fields: {
      title: form.title,
      code: form.code,
      unit: { productId: product.id, unitCode: form.unit },
      blueprint,
      questions: blueprint.reduce((sum, { count }) => sum + count, 0),
      minutes: form.minutes,
      passMark: form.passMark,
      hoursAfterRegistration: form.hoursAfterRegistration,
      hoursAfterFail: 48,
      sittingsAllowed: null,
    },
  });
}
