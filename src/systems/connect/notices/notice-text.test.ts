import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { firstWords, noticeText } from './notice-text.ts';

test('paragraphs, lists and links', () => {
  assert.equal(
    noticeText('First line\nsecond line\n\nBring:\n- a document\n- a pen\nThat is all.').text,
    '<p>First line<br>second line</p><p>Bring:</p><ul><li>a document</li><li>a pen</li></ul><p>That is all.</p>',
  );
  assert.equal(
    noticeText('See https://example.com/a?b=1&c=2.').text,
    '<p>See <a href="https://example.com/a?b=1&amp;c=2">https://example.com/a?b=1&amp;c=2</a>.</p>',
  );
});

test('no other scheme becomes a link, and no HTML gets through', () => {
  for (const text of [
    'javascript:alert(1)',
    'http://example.com',
    '<a href="https://x">x</a>',
    '[x](data:text/html,x)',
  ])
    assert.doesNotMatch(noticeText(text).text, /<a href="(?!https:)|<(?!\/?(?:p|br|ul|li|a)\b)/, text);
});

test('whatever is typed, only our own tags come out and nothing typed is lost', () => {
  const piece = fc.constantFrom(
    '<b>',
    '"',
    "'",
    '&',
    'https://',
    'https://a.example/x',
    '- ',
    '\n',
    '\n\n',
    ' ',
    'word',
    '</p>',
    '`',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const { text } = noticeText(pieces.join(''));
      const bare = text.replace(/<\/?(?:p|ul|li)>|<br>|<a href="https:[^"<>]*">|<\/a>/g, '');
      assert.doesNotMatch(bare, /[<>"']/);
      const count = (of: string) => of.split('word').length;
      assert.ok(count(bare) >= count(pieces.join('')));
    }),
  );
});

test('the first words end at a word', () => {
  assert.equal(firstWords('Short\n\ntext'), 'Short text');
  assert.equal(firstWords('aaa bbb ccc', 9), 'aaa bbb …');
});
