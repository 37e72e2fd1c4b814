import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { clockText, SeatTime, spokenTime } from './clock.ts';
import { Connection } from './connection.ts';
import { runningClock } from './testing/ledger.ts';
import { noticesFor, savedWords } from './wording.ts';

function timeAt(start = 0) {
  let now = start;
  return { time: new SeatTime(() => now), pass: (ms: number) => (now += ms) };
}

describe('time at the seat', () => {
  it('runs from the server’s last word, and stands while the test is paused', () => {
    const { time, pass } = timeAt(5_000);
    time.sync(runningClock(10_000));
    pass(2_000);
    assert.equal(time.usedMs(), 12_000);
    time.sync({ ...runningClock(12_500), state: 'paused' });
    pass(60_000);
    assert.equal(time.usedMs(), 12_500);
    assert.equal(time.running, false);
    assert.equal(time.remainingMs(), 3_600_000 - 12_500);
  });

  it('stamps whole milliseconds that never go back and never pass the allowed time, whatever the server says', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            used: fc.integer({ min: -60_000, max: 4_000_000 }),
            wait: fc.double({ min: 0, max: 500_000, noNaN: true }),
          }),
          { minLength: 1, maxLength: 20 },
        ),
        (steps) => {
          const { time, pass } = timeAt();
          let last = 0;
          for (const { used, wait } of steps) {
            time.sync(runningClock(used));
            pass(wait);
            const stamp = time.stamp();
            assert(Number.isInteger(stamp) && stamp >= last && stamp <= 3_600_000);
            last = stamp;
          }
        },
      ),
    );
  });

  it('goes on after a reload without network, and gives nothing for a clock that was set back', () => {
    const { time } = timeAt();
    time.resume({ usedMs: 1_000, allowedMs: 60_000, running: true, wall: 100_000 }, 130_000);
    assert.equal(time.usedMs(), 31_000);
    time.resume({ usedMs: 1_000, allowedMs: 60_000, running: true, wall: 100_000 }, 50_000);
    assert.equal(time.usedMs(), 1_000);
    time.resume({ usedMs: 1_000, allowedMs: 60_000, running: false, wall: 100_000 }, 900_000);
    assert.equal(time.usedMs(), 1_000);
  });

  it('is spoken at 10, 5 and 1 minute, once each, and never at the end', () => {
    const spoken: string[] = [];
    for (let left = 11 * 60_000; left > -2_000; left -= 250) {
      const words = spokenTime(left + 250, left);
      if (words) spoken.push(words);
    }
    assert.deepEqual(spoken, ['10 minutes left.', '5 minutes left.', '1 minute left.']);
    // After a sleep of the machine only the nearest mark.
    assert.equal(spokenTime(700_000, 50_000), '1 minute left.');
  });

  it('reads like a clock', () => {
    assert.equal(clockText(0), '00:00');
    assert.equal(clockText(1), '00:01');
    assert.equal(clockText(1_937_000), '32:17');
    assert.equal(clockText(3_900_000), '1:05:00');
  });
});

describe('the connection', () => {
  it('counts as lost only after silence that follows a question', () => {
    let now = 0;
    const connection = new Connection(() => now, 5_000);
    now = 60_000;
    assert.equal(connection.offline, false);
    connection.asked();
    now += 4_999;
    assert.equal(connection.offline, false);
    // Another question does not begin the count anew.
    connection.asked();
    now += 1;
    assert.equal(connection.offline, true);
    connection.answered();
    assert.equal(connection.offline, false);
  });
});

describe('the words for saved', () => {
  it('are said only of what is saved', () => {
    fc.assert(
      fc.property(
        fc.record({ answered: fc.nat(60), saved: fc.boolean(), handedIn: fc.boolean(), kept: fc.boolean() }),
        (state) => {
          const words = savedWords(state);
          assert(
            ['Handed in', 'All answers saved', 'No answers yet', 'On this device', 'Kept on this device'].includes(
              words,
            ),
          );
          if (!state.saved && !state.handedIn) assert(!/saved/i.test(words));
        },
      ),
    );
  });

  it('say in trouble first that work is safe', () => {
    const calm = { diskFailed: false, offline: false, trouble: null, troubleMs: 0, answered: 3 };
    assert.deepEqual(noticesFor(calm), []);
    assert.match(noticesFor({ ...calm, trouble: 'foreign signature' })[0]?.title ?? '', /kept on this device/);
    assert.match(noticesFor({ ...calm, offline: true })[0]?.text ?? '', /3 answers are stored on this computer/);
    assert.equal(noticesFor({ ...calm, diskFailed: true })[0]?.tone, 'bad');
    assert.deepEqual(noticesFor({ ...calm, trouble: 'server', troubleMs: 1_000 }), []);
    assert.match(
      noticesFor({ ...calm, trouble: 'server', troubleMs: 3_000 })[0]?.text ?? '',
      /stored on this computer/,
    );
    // A single failed try is no news.
    assert.deepEqual(noticesFor({ ...calm, trouble: 'unreachable' }), []);
  });
});
