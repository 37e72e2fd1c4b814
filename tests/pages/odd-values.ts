/** What nobody should send: texts, address parts, names of queries. */
export const NOWHERE = '01900000-0000-7000-8000-000000000000';

export const NUL = 'a\0b';
const VALUES = {
  NUL: NUL,
  'only spaces': '   \u00a0\u200b ',
  markup: `"><script>alert(1)</script>' or 1=1 --`,
  'unusual writing': '\u202eسيارة\u202c e\u0301\u0301\u0301 👩‍🔧 \ufffe \ud83d\udd27',
  'control characters': '\r\nBcc: all@example.com\r\n\u0007\u001b[31m',
  long: 'Ω'.repeat(20_000),
  'a number too large': '99999999999999999999999',
  'a negative number': '-1',
  'not a number': 'NaN',
  'percent and underscore': '%_\\%',
} as const;
export const IN_QUERY = Object.entries(VALUES).filter(([name]) => name !== 'long');
export const IN_FORM = Object.entries(VALUES).filter(([name]) => !/spaces|negative|percent/.test(name));
export const IN_PATH = [
  '%00',
  'x',
  '%',
  '%E0%A4%A',
  '..%2f..%2fetc',
  'a'.repeat(190),
  'a'.repeat(5000),
  '%F0%9F%94%A7',
  "'",
  NOWHERE,
  NOWHERE.toUpperCase(),
  '-1',
  '1e9',
];

/** Names of queries that handlers read, though no link of a page may show them. */
export const COMMON_NAMES = [
  'q',
  'words',
  'page',
  'sort',
  'order',
  'status',
  'state',
  'kept',
  'next',
  'token',
  'email',
  'done',
  'centre',
  'product',
  'bank',
  'after',
  'before',
];
