import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeLines, readOutcomes } from './outcomes.ts';

test('lines become outcomes and criteria, and lines again', () => {
  const lines =
    '1 Understand refrigerants\n1.1 K Describe the hazards\n1.2 S Recover refrigerant\n2 Work safely\n2.1 Wear gloves';
  const read = readOutcomes(lines);
  assert.ok(read.ok);
  assert.deepEqual(read.outcomes[0]?.criteria[1], { number: '1.2', kind: 'skill', text: 'Recover refrigerant' });
  assert.equal(read.outcomes[1]?.criteria[0]?.kind, null);
  assert.equal(outcomeLines(read.outcomes), lines);
});

test('a line that was wrapped belongs to the one above', () => {
  const read = readOutcomes('1. Understand\n   refrigerants\n\n1.1) K Describe\nthe hazards');
  assert.ok(read.ok);
  assert.equal(outcomeLines(read.outcomes), '1 Understand refrigerants\n1.1 K Describe the hazards');
});

test('what is wrong is said with the line', () => {
  const message = (lines: string) => {
    const read = readOutcomes(lines);
    return read.ok ? null : read.message;
  };
  assert.match(message('Understand') ?? '', /begin the line with a number/);
  assert.match(message('1.1 K Describe') ?? '', /no outcome 1 above/);
  assert.match(message('1 A\n1 B') ?? '', /twice/);
  assert.match(message('1 A\n1.1 B\n1.01 C') ?? '', /1\.1 stands there twice/);
  assert.equal(message(''), null);
});
