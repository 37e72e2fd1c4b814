import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { answerInWords, answerProblems, isDate, submittedAnswers } from './check-answers.ts';
import {
  type Answers,
  askedQuestions,
  conditionInWords,
  QUESTION_TYPES,
  type Question,
  type QuestionType,
} from './definition.ts';

const question = (key: string, type: QuestionType, more: Partial<Question> = {}): Question => ({
  key,
  type,
  label: `The ${key}`,
  hint: '',
  required: true,
  options: [],
  least: null,
  most: null,
  condition: null,
  ...more,
});
const formOf = (...questions: Question[]) => ({ sections: [{ title: 'One', guidance: '', questions }] });
const given = { files: {}, choices: {} };
const messages = (one: Question, answer: string | string[], more = given) =>
  answerProblems(formOf(one), { [one.key]: answer }, more).map(({ message }) => message);

describe('the answers of a form', () => {
  const yesNo = question('first', 'yes_no');
  const chain = formOf(
    yesNo,
    question('second', 'yes_no', { condition: { question: 'first', is: ['yes'] } }),
    question('third', 'short_text', { condition: { question: 'second', is: ['yes'] } }),
  );

  it('fall together: a question behind one that is not asked is not asked', () => {
    const asked = (answers: Answers) => askedQuestions(chain, answers).map(({ key }) => key);
    assert.deepEqual(asked({}), ['first']);
    assert.deepEqual(asked({ first: 'yes', second: 'yes' }), ['first', 'second', 'third']);
    assert.deepEqual(asked({ first: 'no', second: 'yes', third: 'x' }), ['first']);
    assert.deepEqual(submittedAnswers(chain, { first: 'no', second: 'yes', third: 'x' }), { first: 'no' });
  });

  it('are missing while an asked question without an answer must have one', () => {
    const missing = (answers: Answers) =>
      answerProblems(chain, answers, given).map(({ question: key, kind }) => [key, kind]);
    assert.deepEqual(missing({}), [['first', 'missing']]);
    assert.deepEqual(missing({ first: 'no' }), []);
    assert.deepEqual(missing({ first: 'yes', second: '  ' }), [['second', 'missing']]);
    assert.deepEqual(missing({ first: 'yes', second: 'yes' }), [['third', 'missing']]);
  });

  it('are judged by the type of the question', () => {
    const percent = question('percent', 'number', { least: 0, most: 100 });
    for (const fine of ['0', '25', '100']) assert.deepEqual(messages(percent, fine), []);
    for (const bad of ['-1', '101', '2.5', '1e3', 'x']) assert.equal(messages(percent, bad).length, 1, bad);
    const date = question('until', 'date');
    assert.deepEqual(messages(date, '2028-02-29'), []);
    for (const bad of ['2027-02-29', '31/2/2026', '2027-2-1', '2027-13-01'])
      assert.equal(messages(date, bad).length, 1, bad);
    const email = question('mail', 'email');
    assert.deepEqual(messages(email, 'ada@example.com'), []);
    for (const bad of ['ada', 'ada@', 'a b@example.com', 'ada@example', 'ada@example..com'])
      assert.equal(messages(email, bad).length, 1, bad);
    const some = question('some', 'some_of', { options: [{ value: 'a', label: 'A' }] });
    assert.deepEqual(messages(some, ['a']), []);
    assert.equal(messages(some, ['a', 'b']).length, 1);
    assert.equal(messages(question('tick', 'tick'), 'no').length, 1);
    assert.equal(messages(question('one', 'short_text'), 'x'.repeat(201)).length, 1);
    assert.equal(messages(question('one', 'short_text'), ['a', 'b']).length, 1);
  });

  it('name things that can be chosen, and no more files than are allowed', () => {
    const candidate = question('who', 'candidate');
    assert.equal(messages(candidate, 'c1').length, 1);
    assert.deepEqual(messages(candidate, 'c1', { files: {}, choices: { who: new Set(['c1']) } }), []);
    const file = question('proof', 'file');
    const count = (files: number) => answerProblems(formOf(file), {}, { files: { proof: files }, choices: {} });
    assert.deepEqual(
      [0, 1, 5, 6].map((files) => count(files).map(({ kind }) => kind)),
      [['missing'], [], [], ['wrong']],
    );
  });

  it('are read as words', () => {
    assert.equal(answerInWords(question('d', 'date'), ['2027-03-27'], new Map()), '27 March 2027');
    assert.equal(answerInWords(question('y', 'yes_no'), ['no'], new Map()), 'No');
    assert.equal(answerInWords(question('c', 'candidate'), ['1'], new Map([['1', 'Ada']])), 'Ada');
    assert.equal(conditionInWords(chain, chain.sections[0]?.questions[1] as Question), 'Only if "The first" is "Yes"');
    assert.ok(isDate('2000-02-29') && !isDate('1900-02-29'));
  });
});

/** Any form of up to 8 questions whose conditions name earlier ones, with any answers. */
const types = Object.keys(QUESTION_TYPES) as QuestionType[];
const anyForm = fc
  .array(
    fc.record({
      type: fc.constantFrom(...types),
      required: fc.boolean(),
      on: fc.option(fc.nat(7), { nil: null }),
      is: fc.constantFrom('yes', 'no', 'a', 'b'),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((drawn) =>
    formOf(
      ...drawn.map(({ type, required, on, is }, index) =>
        question(`q${index}`, type, {
          required,
          options: [
            { value: 'a', label: 'A' },
            { value: 'b', label: 'B' },
          ],
          condition: on !== null && on < index ? { question: `q${on}`, is: [is] } : null,
        }),
      ),
    ),
  );
const anyAnswer = fc.constantFrom<string | string[]>(
  'yes',
  'no',
  'a',
  'b',
  ' yes ',
  '',
  [],
  ['a', 'b'],
  ['b', ''],
  '25',
);
const anyAnswers = fc.dictionary(fc.constantFrom(...Array.from({ length: 8 }, (_, i) => `q${i}`)), anyAnswer);

describe('submitting', () => {
  it('twice gives the same as once, and asks the same questions', () => {
    fc.assert(
      fc.property(anyForm, anyAnswers, (form, answers) => {
        const once = submittedAnswers(form, answers);
        assert.deepEqual(submittedAnswers(form, once), once);
        assert.deepEqual(answerProblems(form, once, given), answerProblems(form, answers, given));
      }),
    );
  });
  it('does not depend on answers to questions that are not asked', () => {
    fc.assert(
      fc.property(anyForm, anyAnswers, anyAnswers, (form, answers, others) => {
        const kept = submittedAnswers(form, answers);
        const asked = new Set(askedQuestions(form, kept).map(({ key }) => key));
        const disturbed = { ...Object.fromEntries(Object.entries(others).filter(([key]) => !asked.has(key))), ...kept };
        assert.deepEqual(submittedAnswers(form, disturbed), kept);
      }),
    );
  });
});
