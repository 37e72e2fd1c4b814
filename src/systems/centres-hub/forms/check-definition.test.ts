import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { optionLines, publishProblems, readOptionLines, suggestKey } from './check-definition.ts';
import { emptyDraft, type FormDefinition, type Question } from './definition.ts';
import { differences } from './differences.ts';
import { SHIPPED_FORMS } from './shipped/shipped-forms.ts';

const question = (key: string, more: Partial<Question> = {}): Question => ({
  key,
  type: 'yes_no',
  label: `The ${key}`,
  hint: '',
  required: true,
  options: [],
  least: null,
  most: null,
  condition: null,
  ...more,
});
const whole = (...questions: Question[]): FormDefinition => ({
  ...emptyDraft('Loan of equipment'),
  summary: 'To ask for equipment on loan',
  filledBy: ['coordinator'],
  decidedBy: ['officer'],
  sections: [{ title: 'The loan', guidance: '', questions }],
});
const problems = (definition: FormDefinition) => publishProblems(definition, () => []).map(({ message }) => message);

describe('what stands in the way of publishing', () => {
  it('is nothing for a whole form, and each empty fact of a new one', () => {
    assert.deepEqual(problems(whole(question('one'))), []);
    assert.deepEqual(problems(emptyDraft('New')), [
      'Enter what the form is for',
      'Choose who fills the form in',
      'Choose who decides',
      'Add a section',
    ]);
    assert.match(problems(whole())[0] ?? '', /"The loan" asks nothing/);
  });
  it('is a key that two questions have', () => {
    assert.match(problems(whole(question('one'), question('one')))[0] ?? '', /Two questions have the key "one"/);
  });
  it('is a condition on what comes later, is not there, or has no such answer', () => {
    const on = (key: string, is: string[]) => question('two', { condition: { question: key, is } });
    assert.deepEqual(problems(whole(question('one'), on('one', ['yes']))), []);
    assert.match(problems(whole(on('one', ['yes']), question('one')))[0] ?? '', /does not come before it/);
    assert.match(problems(whole(question('one'), on('gone', ['yes'])))[0] ?? '', /does not come before it/);
    assert.match(problems(whole(question('one'), on('one', ['maybe'])))[0] ?? '', /the answer "maybe"/);
    const text = question('one', { type: 'short_text' });
    assert.match(problems(whole(text, on('one', ['yes'])))[0] ?? '', /has no answers to choose from/);
  });
  it('is a choice with fewer than two options or with two of one value, and limits that no number meets', () => {
    const a = { value: 'a', label: 'A' };
    assert.match(problems(whole(question('one', { type: 'one_of', options: [a] })))[0] ?? '', /fewer than two/);
    assert.match(problems(whole(question('one', { type: 'some_of', options: [a, a] })))[0] ?? '', /count as "a"/);
    assert.match(problems(whole(question('one', { type: 'number', least: 9, most: 3 })))[0] ?? '', /no number meets/);
  });
  it('is a role that cannot decide, and a confidential form that others would have to sign', () => {
    const author = { ...whole(question('one')), decidedBy: ['officer' as const, 'author' as const] };
    assert.match(problems(author)[0] ?? '', /Item author cannot/);
    const signature = { statement: 'It is true', signedBy: ['coordinator' as const] };
    const form = { ...whole(question('one')), signature, confidential: true };
    assert.deepEqual(problems(form), []);
    assert.match(problems({ ...form, filledBy: ['coordinator', 'iqa'] })[0] ?? '', /Only whoever begins/);
  });
  it('is what its effect lacks', () => {
    const lacking = publishProblems(whole(question('one')), () => ['The effect needs a question']);
    assert.deepEqual(lacking, [{ question: null, message: 'The effect needs a question' }]);
  });
});

describe('the forms that come with the product', () => {
  for (const { code, definition } of SHIPPED_FORMS) {
    it(`${code} can be published`, () => assert.deepEqual(problems(definition), []));
  }
});

describe('keys and options', () => {
  it('are suggested from the words', () => {
    assert.equal(suggestKey('Which candidate is it for?', []), 'whichCandidateIsIt');
    assert.equal(suggestKey('Which candidate is it for?', ['whichCandidateIsIt']), 'whichCandidateIsIt2');
    assert.equal(suggestKey('90 days?', []), 'days');
    assert.equal(suggestKey('???', ['question']), 'question2');
  });
  it('survive the way through the lines of a text field', () => {
    const word = fc.stringMatching(/^[a-z][a-z ]{0,8}[a-z]$/);
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(word, word).map(([value, label]) => ({ value, label })),
          { maxLength: 6 },
        ),
        (options) => {
          assert.deepEqual(readOptionLines(optionLines(options)), options);
        },
      ),
    );
  });
});

describe('differences between two versions', () => {
  it('are none between a form and itself, and name what was added, changed and taken away', () => {
    const before = whole(question('one'), question('two'));
    assert.deepEqual(differences(before, before), []);
    const after = { ...whole(question('one', { label: 'Another' }), question('three')), daysAllowed: 5 };
    assert.deepEqual(
      differences(before, after).map(({ about, before: was, after: is }) => [about, was === null, is === null]),
      [
        ['Working days allowed', false, false],
        ['Question one', false, false],
        ['Question three', true, false],
        ['Question two', false, true],
      ],
    );
  });
  it('see a mere change of order', () => {
    const [found] = differences(whole(question('one'), question('two')), whole(question('two'), question('one')));
    assert.equal(found?.about, 'Order of questions');
  });
});
