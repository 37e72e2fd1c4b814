import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkVtt, vttOf } from './webvtt.ts';

const cuesOf = (text: string) => {
  const checked = checkVtt(text);
  return 'cues' in checked ? checked.cues : checked.problem;
};

test('captions are read with names, notes, settings, hours and every kind of line end', () => {
  const text =
    '\ufeffWEBVTT - a film\r\n\r\nNOTE made by hand\r\n\r\n1\r\n00:01.000 --> 00:02.500 align:start\r\nOpen Users.\r\n\r\n01:00:00.000 --> 01:00:01.000\r\nTwo\r\nlines\r\n';
  assert.deepEqual(cuesOf(text), [
    { from: 1, to: 2.5, words: 'Open Users.' },
    { from: 3600, to: 3601, words: 'Two\nlines' },
  ]);
});

test('what is wrong is said with its line', () => {
  const wrong: [string, RegExp][] = [
    ['', /first line of captions is WEBVTT/],
    ['1\n00:00:01,000 --> 00:00:02,000\nWords of SubRip', /first line of captions is WEBVTT/],
    ['WEBVTTX\n\n00:01.000 --> 00:02.000\nx', /first line/],
    ['WEBVTT\n\nNOTE nothing else', /hold no words/],
    ['WEBVTT\n\n00:01,000 --> 00:02,000\nx', /^Line 3 .*from when to when/],
    ['WEBVTT\n\nname\n00:01.000 -> 00:02.000\nx', /^Line 4 .*from when to when/],
    ['WEBVTT\n\nonly words', /^Line 3 .*from when to when/],
    ['WEBVTT\n\n00:99.000 --> 02:00.000\nx', /from when to when/],
    ['WEBVTT\n\n00:03.000 --> 00:02.000\nx', /ends before it begins/],
    ['WEBVTT\n\n00:03.000 --> 00:04.000\nx\n\n00:01.000 --> 00:02.000\ny', /^Line 6 .*begins before/],
    ['WEBVTT\n\n00:03.000 --> 00:04.000\n', /no words beneath/],
  ];
  for (const [text, expected] of wrong) assert.match(String(cuesOf(text)), expected, text);
});

test('captions made from steps are read back as they were', () => {
  assert.equal(
    vttOf([{ from: 0, to: 3661.5, words: 'a <b> & c --> d' }]),
    'WEBVTT\n\n00:00:00.000 --> 01:01:01.500\na &lt;b&gt; &amp; c --&gt; d\n',
  );
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          length: fc.integer({ min: 1, max: 900_000 }),
          words: fc.stringMatching(/^[a-z]([a-z ".,]*[a-z])?$/),
        }),
        {
          minLength: 1,
        },
      ),
      (parts) => {
        let now = 0;
        const cues = parts.map(({ length, words }) => {
          const cue = { from: now / 1000, to: (now + length) / 1000, words };
          now += length;
          return cue;
        });
        assert.deepEqual(cuesOf(vttOf(cues)), cues);
      },
    ),
  );
});
