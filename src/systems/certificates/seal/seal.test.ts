import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { openSigner, rotateSigningKey } from '#platform/keys/signing.ts';
import { judge } from '../check-certificate/look-up.ts';
import { canonicalJson, type Plain } from '../content/canonical.ts';
import { newSerial, SERIAL_SYMBOLS } from '../serial/serial.ts';
import { sampleContent } from '../testing/samples.ts';
import { checkCodeOf, familyNameKey, openSealed, type SealedRow, sealContent } from './seal.ts';

const root = await mkdtemp(path.join(tmpdir(), 'certificate-keys-'));
after(() => rm(root, { recursive: true }));
const signer = await openSigner(path.join(root, 'ours'));
const foreign = await openSigner(path.join(root, 'foreign'));

function issued(more: Parameters<typeof sampleContent>[0] = {}, by = signer): SealedRow {
  const content = sampleContent(more);
  return { serial: content.serial, content, ...sealContent(by, content) };
}
const inState = (row: SealedRow) => ({
  ...row,
  contentSha256: Buffer.from(row.contentSha256),
  state: 'issued' as const,
  stateAt: new Date('2026-11-20T10:00:00Z'),
});

test('what was sealed opens, also when a database gives its parts in another order', () => {
  const row = issued();
  assert.deepEqual(openSealed(signer, row), row.content);
  const turned = Object.fromEntries(Object.entries(row.content as object).reverse());
  assert.deepEqual(openSealed(signer, { ...row, content: turned }), row.content);
});

test('the canonical text is one for equal values', () => {
  const plain = fc.jsonValue({ noUnicodeString: false }).filter((value) => !/\d[.e]/.test(JSON.stringify(value) ?? ''));
  fc.assert(
    fc.property(plain, (value) => {
      let text: string;
      try {
        text = canonicalJson(value as Plain);
      } catch (error) {
        assert.ok(error instanceof RangeError);
        return;
      }
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      assert.equal(canonicalJson(JSON.parse(text) as Plain), text);
    }),
  );
  assert.equal(canonicalJson({ b: 1, a: [true, null] }), '{"a":[true,null],"b":1}');
});

/** Every text and number inside a content, as the way to it. */
function leaves(value: unknown, way: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (value === null || typeof value !== 'object') return [way];
  return Object.entries(value).flatMap(([name, part]) => leaves(part, [...way, name]));
}

function changed(content: unknown, way: readonly (string | number)[], seed: number): unknown {
  const copy = structuredClone(content) as Record<string | number, unknown>;
  let at = copy;
  for (const step of way.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  const last = way.at(-1) as string | number;
  const old = at[last];
  if (typeof old === 'number') at[last] = old + 1 + (seed % 3);
  else if (typeof old === 'string') {
    const place = seed % (old.length + 1);
    const letter = String.fromCodePoint(97 + (seed % 26));
    at[last] = old.slice(0, place) + letter + old.slice(place + (seed % 2));
    if (at[last] === old) at[last] = `${old}x`;
  } else at[last] = seed % 2 ? 'Welsh' : 7;
  return copy;
}

test('10,000 forged or altered certificates: none verifies', (t) => {
  const rows = Array.from({ length: 20 }, () => issued());
  let tried = 0;
  const refused = (row: SealedRow) => {
    tried += 1;
    const verdict = judge(signer, inState(row), { familyName: 'Prys' });
    assert.ok(verdict.kind === 'unconfirmed' || verdict.kind === 'not_found', JSON.stringify(row.content));
  };
  // The control: untouched, they verify.
  for (const row of rows) assert.equal(judge(signer, inState(row), { familyName: ' prŷs ' }).kind, 'genuine');
  for (let seed = 0; tried < 9_000; seed += 1) {
    const row = rows[seed % rows.length] as SealedRow;
    const ways = leaves(row.content);
    const content = changed(row.content, ways[seed % ways.length] as readonly string[], seed);
    refused({ ...row, content });
    // With a hash that fits, as somebody with the database in hand would write it.
    if (seed % 3 === 0) {
      const forged = sealContent(foreign, content as Parameters<typeof sealContent>[1]);
      refused({ ...row, content, contentSha256: forged.contentSha256 });
      refused({ ...row, content, ...forged });
      refused({ ...row, content, ...forged, keyId: row.keyId });
    }
  }
  for (let seed = 0; seed < 1_000; seed += 1) {
    const row = rows[seed % rows.length] as SealedRow;
    const other = rows[(seed + 1) % rows.length] as SealedRow;
    const place = seed % row.signature.length;
    const symbol = row.signature[place] === 'A' ? 'B' : 'A';
    refused({ ...row, signature: row.signature.slice(0, place) + symbol + row.signature.slice(place + 1) });
    refused({ ...row, serial: other.serial });
    refused({ ...row, signature: other.signature });
    refused({ ...row, serial: newSerial() });
  }
  t.diagnostic(`${tried} tried, 0 verified`);
  assert.ok(tried >= 10_000);
});

test('a certificate signed by an older key of ours still verifies', async () => {
  const folder = path.join(root, 'rotated');
  const old = await openSigner(folder);
  const row = issued({}, old);
  await rotateSigningKey(folder);
  const now = await openSigner(folder);
  assert.notEqual(now.kid, old.kid);
  assert.ok(openSealed(now, row));
});

test('the code of the square belongs to one certificate', () => {
  const codes = new Set(Array.from({ length: 500 }, (_, index) => checkCodeOf(`signature ${index}`)));
  assert.equal(codes.size, 500);
  for (const code of codes) for (const symbol of code) assert.ok(SERIAL_SYMBOLS.includes(symbol));
  const row = issued();
  assert.equal(judge(signer, inState(row), { code: checkCodeOf(row.signature) }).kind, 'genuine');
  assert.equal(judge(signer, inState(row), { code: checkCodeOf('another') }).kind, 'not_found');
});

test('family names are compared without accents, case, spaces and marks', () => {
  assert.equal(familyNameKey('O’Shaughnessy'), familyNameKey("o'shaughnessy"));
  assert.equal(familyNameKey('Llŷr-Davies'), familyNameKey('llyr davies'));
  assert.equal(familyNameKey('Wiśniowski'), familyNameKey('WISNIOWSKI'));
  assert.notEqual(familyNameKey('Hughes'), familyNameKey('Hughs'));
  assert.equal(familyNameKey(' - '), '');
});

test('replaced and revoked are said; a state that is missing is no proof', () => {
  const row = inState(issued());
  const proof = { familyName: 'Prŷs' };
  assert.equal(judge(signer, { ...row, state: 'revoked' }, proof).kind, 'revoked');
  assert.equal(judge(signer, { ...row, state: 'replaced' }, proof).kind, 'replaced');
  assert.equal(judge(signer, { ...row, state: null, stateAt: null }, proof).kind, 'unconfirmed');
});
