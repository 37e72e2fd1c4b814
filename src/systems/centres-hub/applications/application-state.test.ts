import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { answersFrom, missingFrom } from './application-form.ts';
import {
  APPLICATION_ACTS,
  APPLICATION_STATE_WORDS,
  APPLICATION_STATES,
  type ApplicationAct,
  type ApplicationFacts,
  type ApplicationState,
  applicationProblem,
} from './application-state.ts';
import { checksOpen } from './due-diligence.ts';

const fine: ApplicationFacts = {
  checksOpen: [],
  hasReport: true,
  missing: [],
  agreementPublished: true,
  actorRefused: false,
};
const ACTS = Object.keys(APPLICATION_ACTS) as ApplicationAct[];

describe('the way of an application', () => {
  it('leads to a centre only past every step', () => {
    const acts = fc.array(fc.constantFrom(...ACTS), { maxLength: 40 });
    fc.assert(
      fc.property(acts, (tried) => {
        let state: ApplicationState = 'asked';
        const seen = new Set<ApplicationAct>();
        for (const act of tried) {
          if (applicationProblem(state, act, fine) !== null) continue;
          state = APPLICATION_ACTS[act].to;
          seen.add(act);
        }
        if (state !== 'approved') return;
        for (const step of ['confirm', 'invite', 'submit', 'pass-checks', 'offer', 'sign'] as const)
          if (!(seen.has('reopen') && ['submit', 'invite'].includes(step))) assert.ok(seen.has(step), step);
      }),
    );
  });

  it('ends for good when it is approved or withdrawn, and says whose move it is until then', () => {
    for (const act of ACTS) {
      assert.notEqual(applicationProblem('approved', act, fine), null);
      assert.notEqual(applicationProblem('withdrawn', act, fine), null);
    }
    for (const state of APPLICATION_STATES) {
      const { whose } = APPLICATION_STATE_WORDS[state];
      const movers = ACTS.filter(
        (act) =>
          act !== 'withdraw' && act !== 'refuse' && act !== 'reopen' && applicationProblem(state, act, fine) === null,
      ).map((act) => APPLICATION_ACTS[act].by);
      if (whose) assert.ok(movers.includes(whose), `${state} waits for ${whose}, who can do nothing`);
      else assert.deepEqual(movers, []);
    }
  });

  it('says in a sentence what is missing', () => {
    const problem = (state: ApplicationState, act: ApplicationAct, facts: Partial<ApplicationFacts>) =>
      applicationProblem(state, act, { ...fine, ...facts });
    assert.match(problem('submitted', 'pass-checks', { checksOpen: ['Insurance'] }) ?? '', /Insurance/);
    assert.match(problem('review', 'offer', { hasReport: false }) ?? '', /report/);
    assert.match(problem('review', 'offer', { agreementPublished: false }) ?? '', /Publish an agreement/);
    assert.match(problem('invited', 'submit', { missing: ['Enter the town'] }) ?? '', /Enter the town/);
    assert.match(problem('refused', 'reopen', { actorRefused: true }) ?? '', /Ask a colleague/);
    assert.match(problem('refused', 'refuse', {}) ?? '', /somebody was quicker/);
  });
});

it('the newest of a check counts', () => {
  assert.equal(checksOpen([]).length, 5);
  assert.deepEqual(
    checksOpen(
      ['register', 'ukprn', 'references', 'sanctions']
        .map((name) => ({ name, outcome: 'done' }))
        .concat([{ name: 'insurance', outcome: 'failed' }]),
    ),
    ['Insurance'],
  );
});

it('nothing typed is refused, and what is missing is named in the order of the form', () => {
  const answers = answersFrom({ owner: ' Somebody ', headEmail: 'no address', policies: ['Appeals', 'Made up'] });
  assert.equal(answers.owner, 'Somebody');
  assert.deepEqual(answers.policies, ['Appeals']);
  const missing = missingFrom(answers);
  assert.equal(missing[0]?.field, 'companyNumber');
  assert.match(missing.find(({ field }) => field === 'headEmail')?.message ?? '', /such as name@example.com/);
  assert.ok(missing.some(({ field }) => field === 'policies'));
  assert.ok(!missing.some(({ field }) => field === 'ukprn' || field === 'website'));
});
