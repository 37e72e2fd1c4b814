/** Files of candidates of the demonstration: one registered, one with rows to correct, one that was discarded. */
import { createHash } from 'node:crypto';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import { changeImport, lockImport } from '../imports/imports.ts';
import { mapAndCheck } from '../map-columns/map-columns.ts';
import { addDays } from '../programme-days/programme-days.ts';
import { readTable } from '../read-table/read-table.ts';
import { offerOf } from '../register-candidate/fields.ts';
import { storeImport } from '../upload-import/upload-import.ts';

const HEADINGS = 'Forename;Surname;DOB;ULN;Email;Postcode;Learner ref';
const TO_CORRECT = [
  HEADINGS,
  'Isolde;Fairweather;14/05/2007;;;ZZ4 4QT;NMT-901',
  'Ravi;Chandrasekhar;31/02/2006;;ravi.c@example.org;;NMT-902',
  'Bronagh;Nic Giolla;02/11/2005;1234567898;;;NMT-903',
  'Teilo;Pryderi;19/08/2008;;;;NMT-904',
].join('\r\n');
const DISCARDED = [HEADINGS, 'Somebody;Nobody;01/01/2007;;;;NMT-000'].join('\r\n');

/** Takes two files of the centre in, through the same steps as the pages. */
export async function demonstrateImports(writer: Writer, centreId: string): Promise<void> {
  const offer = await offerOf(writer, centreId);
  const product = offer.open[0]?.productId;
  if (!product) return;
  const take = async (name: string, text: string) => {
    const content = Buffer.from(text, 'utf8');
    const reading = await readTable(content);
    if (!reading.ok) throw new Error(`The demonstration's file is refused: ${reading.why}`);
    const sha256 = createHash('sha256').update(content).digest();
    const id = await storeImport(writer, centreId, { name, content, sha256 }, reading.table);
    return lockImport(writer, id, centreId);
  };
  const discarded = await take('old-list.csv', DISCARDED);
  await changeImport(writer, discarded, 'discard');
  const from = await take('autumn-intake.csv', TO_CORRECT);
  const programmeStart = addDays(dayInLondon(writer.now), -14);
  const common = {
    product,
    programmeStart,
    assessmentLanguage: 'en',
    ulnAbsentReason: 'Requested from the learning record',
  };
  await mapAndCheck(writer, from, from.columns, common);
}
