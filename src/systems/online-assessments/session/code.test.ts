import assert from 'node:assert/strict';
import { it } from 'node:test';
import { CODE_PATTERN, newSessionCode, readSessionCode } from './code.ts';

it('makes codes that fit the pattern and are read back however they are typed', () => {
  for (let n = 0; n < 500; n++) {
    const code = newSessionCode();
    assert.match(code, CODE_PATTERN);
    assert.equal(readSessionCode(` ${code.toLowerCase().replace('-', ' ')} `), code);
  }
  for (const wrong of ['', 'ABC', 'ABC-10O', 'ABCD-234', 'ABI-234', '\u0000'])
    assert.equal(readSessionCode(wrong), null);
});
