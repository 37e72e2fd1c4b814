import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type CurrentRecord,
  competenceStanding,
  type Decision,
  decisionDue,
  lineStanding,
  type StandingFacts,
} from './standing.ts';

const at = (day: string) => new Date(`${day}T12:00:00Z`);
const record = (kind: CurrentRecord['kind'], more: Partial<CurrentRecord> = {}): CurrentRecord => ({
  kind,
  title: kind,
  productId: null,
  expiresOn: null,
  recordedAt: at('2026-01-05'),
  corrects: false,
  withdrawnAt: null,
  ...more,
});
const approved = (more: Partial<Decision> = {}): Decision => ({
  function: 'assessor',
  productId: 'p1',
  outcome: 'approved',
  reasons: 'Qualified',
  decidedAt: at('2026-02-02'),
  validFrom: '2026-02-02',
  validUntil: '2026-11-30',
  endReason: null,
  ...more,
});
const facts = (more: Partial<StandingFacts> = {}): StandingFacts => ({
  there: true,
  roles: ['assessor'],
  functions: [{ function: 'assessor', productId: null, siteId: null, startsOn: '2026-01-01' }],
  records: [record('qualification'), record('cv')],
  decisions: [approved()],
  ...more,
});
const ask = (given: StandingFacts, today = '2026-11-25', more: { siteId?: string; productId?: string } = {}) =>
  competenceStanding(given, { function: 'assessor', productId: 'p1', siteId: null, today, ...more });
const refusal = (given: StandingFacts, today?: string) => {
  const answer = ask(given, today);
  return answer.allowed ? 'allowed' : `${answer.state}, ${answer.whose}: ${answer.why}`;
};

describe('who may assess', () => {
  it('lets a person who is put down, with evidence and an approval of today', () => {
    assert.deepEqual(ask(facts()), { allowed: true, until: '2026-11-30' });
  });
  it('ends with the last day of the approval, and not before', () => {
    assert.equal(ask(facts(), '2026-11-30').allowed, true);
    assert.match(
      refusal(facts(), '2026-12-01'),
      /^ran_out, the awarding body: The approval ran out on 30 November 2026/,
    );
    assert.match(refusal(facts(), '2026-02-01'), /^later, nobody: The approval begins on 2 February 2026/);
  });
  it('ends with the last day of a licence needed for this product, not of one for another', () => {
    const withLicence = (productId: string | null) =>
      facts({
        records: [
          record('qualification'),
          record('cv'),
          record('licence', { title: 'Refrigerants', productId, expiresOn: '2026-11-20' }),
        ],
      });
    assert.match(
      refusal(withLicence('p1')),
      /^ran_out, the person: The licence "Refrigerants" ran out on 20 November 2026/,
    );
    assert.match(refusal(withLicence(null)), /^ran_out/);
    assert.equal(refusal(withLicence('p2')), 'allowed');
    assert.deepEqual(ask(withLicence('p1'), '2026-11-20'), { allowed: true, until: '2026-11-20' });
  });
  it('says whose move it is', () => {
    assert.match(refusal(facts({ there: false })), /^gone, the centre coordinator/);
    assert.match(refusal(facts({ functions: [] })), /^not_put_down, the centre coordinator/);
    assert.match(
      refusal(facts({ decisions: [], records: [record('cv')] })),
      /^no_evidence, the person: No qualification/,
    );
    assert.match(refusal(facts({ decisions: [] })), /^undecided, the awarding body/);
    assert.match(
      refusal(facts({ decisions: [approved({ outcome: 'refused', validFrom: null, validUntil: null })] })),
      /^refused, the person: .* Reason: Qualified\.$/,
    );
    assert.match(refusal(facts({ decisions: [approved({ endReason: 'Malpractice' })] })), /^ended, the awarding body/);
  });
  it('asks for the latest decision alone', () => {
    const refused = approved({ outcome: 'refused', decidedAt: at('2026-05-05'), validFrom: null, validUntil: null });
    assert.match(refusal(facts({ decisions: [refused, approved()] })), /^refused/);
    assert.equal(refusal(facts({ decisions: [approved(), refused] })), 'allowed');
  });
  it('does not keep the right by withdrawing the licence on which the approval rests', () => {
    const licence = record('licence', { expiresOn: '2026-11-26', withdrawnAt: at('2026-11-24') });
    assert.match(
      refusal(facts({ records: [record('qualification'), record('cv'), licence] })),
      /^undecided, the awarding body: The licence/,
    );
    const before = { ...licence, withdrawnAt: at('2026-01-20') };
    assert.equal(refusal(facts({ records: [record('qualification'), record('cv'), before] })), 'allowed');
    const byMistake = { ...licence, recordedAt: at('2026-11-23') };
    assert.equal(refusal(facts({ records: [record('qualification'), record('cv'), byMistake] })), 'allowed');
    const corrected = { ...byMistake, corrects: true };
    assert.match(refusal(facts({ records: [record('qualification'), record('cv'), corrected] })), /^undecided/);
  });
  it('keeps to the site', () => {
    const here = facts({
      functions: [{ function: 'assessor', productId: 'p1', siteId: 's1', startsOn: '2026-01-01' }],
    });
    assert.equal(ask(here, undefined, { siteId: 's1' }).allowed, true);
    assert.equal(ask(here, undefined, { siteId: 's2' }).allowed, false);
    assert.equal(ask(here).allowed, true);
  });
});

describe('who may invigilate', () => {
  const may = (given: Partial<StandingFacts>, productId = 'p1', siteId: string | null = 's1') =>
    competenceStanding(facts({ functions: [], ...given }), {
      function: 'invigilator',
      productId,
      siteId,
      today: '2026-11-25',
    }).allowed;
  it('needs the role, which functions narrow', () => {
    assert.equal(may({}), false);
    assert.equal(may({ roles: ['invigilator'] }), true);
    const narrowed = {
      roles: ['invigilator'] as const,
      functions: [{ function: 'invigilator' as const, productId: null, siteId: 's2', startsOn: '2026-01-01' }],
    };
    assert.equal(may(narrowed), false);
    assert.equal(may(narrowed, 'p1', 's2'), true);
  });
});

it('a line for every product counts how many of them are allowed', () => {
  const line = facts().functions[0] as StandingFacts['functions'][0];
  const standing = lineStanding(facts(), line, ['p1', 'p2'], '2026-11-25');
  assert.deepEqual([standing?.allowed, standing?.asked, standing?.until], [1, 2, '2026-11-30']);
  assert.equal(standing?.obstacle?.state, 'undecided');
  assert.equal(lineStanding(facts(), { ...line, function: 'tutor' }, ['p1'], '2026-11-25'), null);
});

it('a decision is due at first, after new evidence, and before and after an approval runs out', () => {
  const complete = [record('qualification'), record('cv')];
  const due = (decision: Decision | null, records = complete, today = '2026-11-25', soon = '2026-12-25') =>
    decisionDue(decision, records, today, soon);
  assert.equal(due(null), 'never');
  assert.equal(due(null, [record('cv')]), null);
  const refused = approved({ outcome: 'refused', validFrom: null, validUntil: null });
  assert.equal(due(refused), null);
  assert.equal(due(refused, [...complete, record('cpd', { recordedAt: at('2026-03-03') })]), 'new_evidence');
  assert.equal(due(approved()), 'running_out');
  assert.equal(due(approved({ validUntil: '2027-06-30' })), null);
  assert.equal(due(approved({ validUntil: '2026-11-24' })), 'ran_out');
  assert.equal(due(approved({ validUntil: '2026-11-25' })), 'running_out');
});
