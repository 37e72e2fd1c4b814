import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dateField, readDate } from './date.ts';

const read = (day: string, month: string, year: string, required = false) =>
  readDate({ 'dob-day': day, 'dob-month': month, 'dob-year': year }, 'dob', 'date of birth', { required });

describe('reading a date', () => {
  it('takes real dates, leap days included', () => {
    assert.deepEqual(read('29', '2', '2008'), {
      ok: true,
      date: '2008-02-29',
      typed: { day: '29', month: '2', year: '2008' },
    });
    assert.equal((read(' 08 ', '01', '2006') as { date: string }).date, '2006-01-08');
  });
  it('tells nothing from not enough', () => {
    assert.equal((read('', '', '') as { date: null }).date, null);
    assert.deepEqual((read('', '', '', true) as { error: unknown }).error, {
      field: 'dob',
      message: 'Enter the date of birth, such as 27 3 2007',
    });
    assert.deepEqual((read('1', '', '') as { error: unknown }).error, {
      field: 'dob-month',
      message: 'The date of birth needs a month and a year',
    });
  });
  for (const [day, month, year, field] of [
    ['31', '2', '2008', 'dob'],
    ['0', '2', '2008', 'dob'],
    ['1', '13', '2008', 'dob-month'],
    ['1', '2', '08', 'dob-year'],
    ['1', '2', '0200', 'dob-year'],
    ['x', '2', '2008', 'dob'],
    ['1', '1e1', '2008', 'dob-month'],
  ] as const) {
    it(`refuses ${day} ${month} ${year} at ${field}, and keeps what was typed`, () => {
      const result = read(day, month, year);
      assert.ok(!result.ok);
      assert.equal(result.error.field, field);
      assert.deepEqual(result.typed, { day, month, year });
    });
  }
  it('shows a stored date and what was typed', () => {
    assert.match(
      dateField({ name: 'dob', label: 'Date', value: '2008-02-09' }).text,
      /name="dob-day" type="text" value="9"/,
    );
    assert.match(
      dateField({ name: 'dob', label: 'Date', value: { day: '"', month: '', year: '' } }).text,
      /value="&quot;"/,
    );
  });
});
