import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Question, QuestionType } from '../forms/definition.ts';
import { carryAnswers, leftoversOf, withLeftovers } from './carry-draft.ts';

const question = (key: string, type: QuestionType, values: string[] = []): Question => ({
  key,
  type,
  label: key,
  hint: '',
  required: true,
  options: values.map((value) => ({ value, label: value })),
  least: null,
  most: null,
  condition: null,
});
const formOf = (...questions: Question[]) => ({ sections: [{ title: 'One', guidance: '', questions }] });
const one = {
  number: 1,
  definition: formOf(question('a', 'short_text'), question('b', 'one_of', ['x', 'y']), question('c', 'date')),
};

describe('a draft in a newer version', () => {
  it('keeps what fits, and keeps what does not under its question and version', () => {
    const to = formOf(question('a', 'long_text'), question('b', 'one_of', ['y', 'z']), question('d', 'short_text'));
    const carried = carryAnswers({ a: 'Words', b: 'x', c: '2027-01-01' }, one, to);
    assert.deepEqual(carried, { a: 'Words', 'b@1': 'x', 'c@1': '2027-01-01' });
    assert.deepEqual(leftoversOf(carried), [
      { key: 'b', version: 1, list: ['x'] },
      { key: 'c', version: 1, list: ['2027-01-01'] },
    ]);
  });
  it('turns one choice into a list of one, and does not turn a text into a date', () => {
    assert.deepEqual(carryAnswers({ b: 'y' }, one, formOf(question('b', 'some_of', ['y']))), { b: ['y'] });
    assert.deepEqual(carryAnswers({ a: 'soon' }, one, formOf(question('a', 'date'))), { 'a@1': 'soon' });
  });
  it('is the same in the same version, and loses nothing by being carried twice or saved', () => {
    const answers = { a: 'Words', b: 'x' };
    assert.deepEqual(carryAnswers(answers, one, one.definition), answers);
    const two = carryAnswers(carryAnswers(answers, one, formOf()), { number: 2, definition: formOf() }, one.definition);
    assert.deepEqual(two, { 'a@1': 'Words', 'b@1': 'x' });
    assert.deepEqual(withLeftovers({ c: '2027-01-01' }, two), { 'a@1': 'Words', 'b@1': 'x', c: '2027-01-01' });
  });
});
