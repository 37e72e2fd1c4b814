import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkSymbolFits, formatSerial, newSerial, readSerial, SERIAL_LENGTH, SERIAL_SYMBOLS } from './serial.ts';

const serials = fc
  .uint8Array({ minLength: SERIAL_LENGTH - 1, maxLength: SERIAL_LENGTH - 1 })
  .map((bytes) => newSerial(() => bytes));

test('a new number reads back, however it is typed', () => {
  fc.assert(
    fc.property(serials, fc.boolean(), fc.constantFrom('-', ' ', '', ' – ', '‑'), (serial, lower, gap) => {
      let typed = formatSerial(serial).replaceAll('-', gap).replaceAll('0', 'O').replaceAll('1', 'I');
      if (lower) typed = ` ${typed.toLowerCase()} `;
      assert.deepEqual(readSerial(typed), { kind: 'serial', serial });
    }),
  );
  assert.match(formatSerial(newSerial()), /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
});

test('no symbol looks like another', () => {
  assert.equal(SERIAL_SYMBOLS.length, 32);
  for (const unwanted of 'ILOU') assert.ok(!SERIAL_SYMBOLS.includes(unwanted));
});

test('one wrong symbol and any two exchanged are always noticed', () => {
  const place = fc.nat({ max: SERIAL_LENGTH - 1 });
  fc.assert(
    fc.property(serials, place, place, fc.constantFrom(...SERIAL_SYMBOLS), (serial, at, other, symbol) => {
      const wrong = serial.slice(0, at) + symbol + serial.slice(at + 1);
      assert.equal(checkSymbolFits(wrong), wrong === serial);
      const symbols = [...serial];
      [symbols[at], symbols[other]] = [symbols[other] as string, symbols[at] as string];
      const exchanged = symbols.join('');
      assert.equal(checkSymbolFits(exchanged), exchanged === serial);
    }),
    { numRuns: 5000 },
  );
});

test('what is no number is told apart', () => {
  const serial = newSerial();
  assert.deepEqual(readSerial('  '), { kind: 'empty' });
  assert.deepEqual(readSerial(serial.slice(1)), { kind: 'shape', symbols: 11 });
  assert.deepEqual(readSerial(`${serial}7`), { kind: 'shape', symbols: 13 });
  assert.deepEqual(readSerial(`${serial.slice(0, 11)}#`), { kind: 'shape', symbols: 11 });
  const last = SERIAL_SYMBOLS[(SERIAL_SYMBOLS.indexOf(serial.at(-1) as string) + 1) % 32] as string;
  assert.deepEqual(readSerial(serial.slice(0, 11) + last), { kind: 'altered' });
});

test('10,000 numbers: none twice, every symbol used', () => {
  const seen = new Set(Array.from({ length: 10_000 }, () => newSerial()));
  assert.equal(seen.size, 10_000);
  assert.equal(new Set([...seen].join('')).size, 32);
});
