import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  actsOf,
  type Capacity,
  moveOf,
  PRIOR_LEARNING_ACTS,
  PRIOR_LEARNING_STATES,
  type PriorLearningState,
  whoseMove,
} from './prior-learning-state.ts';

const actor = (personId: string, ...capacities: Capacity[]) => ({ personId, capacities });
const anyCapacities = fc.uniqueArray(fc.constantFrom<Capacity>('proposer', 'quality_assurer', 'awarding_body'));

test('the way from a proposal to its decision takes three people', () => {
  assert.deepEqual(moveOf('proposed', 'confirm', actor('iqa', 'quality_assurer'), ['assessor']), {
    ok: true,
    to: 'confirmed',
  });
  const own = moveOf('proposed', 'confirm', actor('both', 'proposer', 'quality_assurer'), ['both']);
  assert.match(own.ok ? '' : own.message, /You proposed this yourself/);
  assert.deepEqual(moveOf('confirmed', 'grant', actor('quality', 'awarding_body'), ['assessor']), {
    ok: true,
    to: 'granted',
  });
  const early = moveOf('proposed', 'grant', actor('quality', 'awarding_body'), ['assessor']);
  assert.match(early.ok ? '' : early.message, /waits for the quality assurer/);
});

test('only what was confirmed by somebody else is ever granted, whoever tries what in whatever order', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          act: fc.constantFrom(...PRIOR_LEARNING_ACTS),
          personId: fc.constantFrom('a', 'b', 'c'),
          capacities: anyCapacities,
        }),
        { maxLength: 30 },
      ),
      (tries) => {
        let state: PriorLearningState = 'proposed';
        let proposers = ['a'];
        let confirmedBy: string | null = null;
        for (const { act, ...by } of tries) {
          const move = moveOf(state, act, by, proposers);
          assert.equal(actsOf(state, by, proposers).includes(act), move.ok);
          if (!move.ok) continue;
          if (act === 'confirm') confirmedBy = by.personId;
          if (act === 'mend') {
            proposers = [...proposers, by.personId];
            confirmedBy = null;
          }
          state = move.to;
          if (state === 'granted') {
            assert.ok(confirmedBy !== null && !proposers.includes(confirmedBy));
            assert.ok(by.capacities.includes('awarding_body'));
          }
        }
        if (whoseMove(state) === null)
          for (const act of PRIOR_LEARNING_ACTS)
            assert.equal(moveOf(state, act, actor('x', 'proposer', 'quality_assurer', 'awarding_body'), []).ok, false);
      },
    ),
  );
});

test('each open state says whose move it is, and that person can move', () => {
  const all = actor('x', 'proposer', 'quality_assurer', 'awarding_body');
  for (const state of PRIOR_LEARNING_STATES) assert.equal(whoseMove(state) !== null, actsOf(state, all, []).length > 0);
});
