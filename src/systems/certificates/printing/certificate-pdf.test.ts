import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { candidates } from '../../../../content/demonstration/people.ts';
import { holderName } from '../content/content.ts';
import { formatSerial } from '../serial/serial.ts';
import { sampleContent, sampleUnit } from '../testing/samples.ts';
import { certificatePdf, unprintableIn } from './certificate-pdf.ts';
import { readPdf } from './testing/read-pdf.ts';

const SIGNATURE = 'a signature';
const flat = (lines: readonly string[]) => lines.join(' ').replace(/\s+/g, ' ');

test('everything the regulator asks for is on the front, as registered', async () => {
  const content = sampleContent({ assessmentLanguage: 'Welsh' });
  const document = readPdf(await certificatePdf(content, SIGNATURE));
  assert.equal(document.pages, 1);
  const text = flat(document.lines);
  for (const wanted of [
    'Institute of the Motor Industry',
    'Gŵenllian Prŷs',
    'Qualification number 500/6771/0',
    'Level 3, Grade: Pass, 2 credits',
    'Awarded 20 November 2026',
    'Assessed in Welsh',
    formatSerial(content.serial),
    'Centre 04417',
    'Northgate Motor Training',
    'Candidate 48201180',
    'ARH-1',
    'Handling of refrigerants in vehicle air conditioning systems',
    'connect.example/verify',
  ])
    assert.ok(text.includes(wanted), `${wanted} is not in: ${text}`);
  assert.ok(text.includes(content.title), text);
});

test('tagged for reading: marks, structure, language, title, picture with words, A4', async () => {
  const document = readPdf(await certificatePdf(sampleContent(), SIGNATURE));
  const all = document.dictionaries.join('\n');
  assert.equal(document.version, '%PDF-1.7');
  for (const wanted of [
    /\/MarkInfo \d+ 0 R/,
    /\/Marked true/,
    /\/StructTreeRoot \d+ 0 R/,
    /\/Lang \(en-GB\)/,
    /\/DisplayDocTitle true/,
    /^\(Certificate [0-9A-Z-]{14}\)$/m,
    /\/MediaBox \[0 0 595\.28 841\.89\]/,
    /\/Alt \(Square code/,
    /\/Scope \/Column/,
  ])
    assert.ok(wanted.test(all), `nothing in the document matches ${wanted}`);
  assert.match(document.metadata, /<pdfuaid:part>1<\/pdfuaid:part>/);
  for (const tag of ['Document', 'H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD', 'Figure'])
    assert.ok(new RegExp(`/S /${tag}\\b`).test(all), tag);
  assert.equal(document.unmarked, 0, 'all that is painted is content or marked as decoration');
  assert.equal((all.match(/\/S \/H1\b/g) ?? []).length, 1);
});

test('the same content and signature give the same bytes, another signature another square', async () => {
  const content = sampleContent();
  const hash = async (signature: string) =>
    createHash('sha256')
      .update(await certificatePdf(content, signature))
      .digest('hex');
  assert.equal(await hash('one'), await hash('one'));
  assert.notEqual(await hash('one'), await hash('other'));
});

test('a credit certificate says that credit was awarded; an accreditation carries nothing of the regulator', async () => {
  const credit = sampleContent({
    template: 'credit',
    creditStatement: '2 credits have been awarded for this unit.',
  });
  assert.match(
    flat(readPdf(await certificatePdf(credit, SIGNATURE)).lines),
    /2 credits have been awarded for this unit\./,
  );
  const accreditation = sampleContent({
    template: 'accreditation',
    qualificationNumber: null,
    level: null,
    credits: null,
    title: 'IMI Accreditation in Electric and Hybrid Vehicle Hazard Awareness',
    units: [{ ...sampleUnit(1), credits: null }],
  });
  const text = flat(readPdf(await certificatePdf(accreditation, SIGNATURE)).lines);
  assert.match(text, /Not a regulated qualification/);
  assert.doesNotMatch(text, /Qualification number|Level|Credit|Ofqual/);
});

test('every name of the demonstration is printed in full and without an empty box', async () => {
  for (const { givenNames, familyName } of candidates.filter((_, index) => index % 3 === 1)) {
    const content = sampleContent({ holder: { givenNames, familyName, candidateNumber: '48201180' } });
    assert.deepEqual(unprintableIn(content), []);
    const { lines, emptyBoxes } = readPdf(await certificatePdf(content, SIGNATURE));
    assert.ok(flat(lines).includes(holderName(content)), `${holderName(content)}: ${flat(lines)}`);
    assert.equal(emptyBoxes, 0);
  }
  assert.deepEqual(
    unprintableIn(sampleContent({ holder: { givenNames: '王', familyName: 'Wei', candidateNumber: '1' } })),
    ['王'],
  );
});

test('a diploma with 18 units stays on one page; 60 units go on, none is lost', async () => {
  const units = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      sampleUnit(
        index + 1,
        'Knowledge of Light Vehicle Engine Mechanical, Lubrication and Cooling System Units and Components',
      ),
    );
  assert.equal(readPdf(await certificatePdf(sampleContent({ units: units(18) }), SIGNATURE)).pages, 1);
  const long = readPdf(await certificatePdf(sampleContent({ units: units(60) }), SIGNATURE));
  assert.ok(long.pages > 1);
  const text = flat(long.lines);
  for (let number = 1; number <= 60; number += 1)
    assert.ok(new RegExp(`ARH-${number} `).test(text), `unit ${number} is not there`);
});
