import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseForm } from '#platform/http/forms.ts';
import { formFields } from './form-fields.ts';
import { obstaclesToPublish, shortages } from './form-rules.ts';

const blueprint = [
  { group: 'A', count: 2 },
  { group: 'B', count: 1 },
];
const draft = { code: 'F-1', state: 'draft' as const, blueprint, createdBy: 'author', productId: 'p' };
const live = new Map([
  ['A', 2],
  ['B', 5],
]);

describe('shortages of a blueprint', () => {
  it('name each group that is too small, with what it has', () => {
    assert.deepEqual(shortages(blueprint, live), []);
    assert.deepEqual(
      shortages(blueprint, new Map([['A', 1]])).map(({ sentence }) => sentence),
      [
        'Group A has 1 live question and the form asks for 2: ask for fewer, or add questions',
        'Group B has no live questions and the form asks for 1: ask for fewer, or add questions',
      ],
    );
  });
});

describe('publishing a form', () => {
  const ask = (changes: Partial<Parameters<typeof obstaclesToPublish>[0]>) =>
    obstaclesToPublish({ form: draft, publisherId: 'reviewer', live, otherPublished: null, ...changes });

  it('is for a draft that can be drawn, by somebody else than its author', () => {
    assert.deepEqual(ask({}), []);
    assert.match(ask({ publisherId: 'author' })[0] ?? '', /Ask another reviewer/);
    assert.match(ask({ live: new Map() })[0] ?? '', /Group A has no live questions/);
    assert.match(ask({ form: { ...draft, state: 'published' } })[0] ?? '', /not a draft any more/);
  });
  it('is not possible while another form stands for the unit', () => {
    assert.match(ask({ otherPublished: 'F-2' })[0] ?? '', /Form F-2 is published for the same unit/);
  });
  it('of a draft whose author is not known is allowed', () => {
    assert.deepEqual(ask({ form: { ...draft, createdBy: null }, publisherId: 'anybody' }), []);
  });
});

describe('the fields of a form', () => {
  const good = {
    title: 'Brakes',
    code: 'brk-1',
    unit: '',
    minutes: '20',
    passMark: '3',
    hoursAfterRegistration: '48',
    hoursAfterFail: '48',
    sittingsAllowed: '',
    'group-0': 'A',
    'count-0': '2',
    'group-1': 'B',
    'count-1': '',
    'group-2': 'C',
    'count-2': '1',
  };
  const errorsOf = (changes: Record<string, string>) => {
    const parsed = parseForm(formFields, { ...good, ...changes });
    return parsed.ok ? {} : Object.fromEntries(parsed.errors.map(({ field, message }) => [field, message]));
  };

  it('give the blueprint and the number of questions, groups left empty left out', () => {
    const parsed = parseForm(formFields, good);
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.value.blueprint, [
      { group: 'A', count: 2 },
      { group: 'C', count: 1 },
    ]);
    assert.deepEqual(
      [parsed.value.questions, parsed.value.code, parsed.value.sittingsAllowed, parsed.value.unit],
      [3, 'BRK-1', null, null],
    );
  });
  it('say every error at once, each at its field', () => {
    assert.deepEqual(Object.keys(errorsOf({ title: ' ', minutes: '0', 'count-1': 'x', sittingsAllowed: '0' })), [
      'title',
      'minutes',
      'sittingsAllowed',
      'count-1',
    ]);
    assert.match(errorsOf({ sittingsAllowed: 'many' }).sittingsAllowed ?? '', /leave it empty/);
  });
  it('need a question, and a pass mark that can be reached', () => {
    assert.match(errorsOf({ 'count-0': '', 'count-2': '0' })['count-0'] ?? '', /at least one group/);
    assert.match(errorsOf({ passMark: '4' }).passMark ?? '', /at most 3/);
    assert.match(errorsOf({ 'count-0': '201' })['count-0'] ?? '', /0 to 200/);
  });
});
