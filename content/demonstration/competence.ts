/** Who does what in the demonstration, on what evidence, and what runs out. Days are counted from the day of filling. */

type Email = string;

export interface PlannedFunction {
  /** By e-mail address, as on the profile. */
  readonly who: Email;
  readonly function: 'assessor' | 'iqa' | 'invigilator' | 'expert_witness' | 'tutor' | 'administrator';
  /** Codes of products; none: every product. */
  readonly codes: readonly string[];
  readonly site: string | null;
  readonly startsOn: string;
}

const IDRIS = 'idris.penhallow@northgate.example';
const YVONNE = 'yvonne.abara@northgate.example';
const RAJAN = 'rajan.thakkarwala@northgate.example';
const AGNIESZKA = 'agnieszka.sosnowicz@northgate.example';

export const functions: readonly PlannedFunction[] = [
  { who: IDRIS, function: 'assessor', codes: ['ARH', 'EVH', 'LVP'], site: null, startsOn: '2019-09-02' },
  { who: YVONNE, function: 'iqa', codes: ['ARH', 'EVH'], site: null, startsOn: '2018-01-08' },
  { who: RAJAN, function: 'assessor', codes: ['LMC'], site: 'Tappet Lane', startsOn: '2021-03-01' },
  { who: AGNIESZKA, function: 'tutor', codes: ['EVH'], site: 'Old Tram Depot', startsOn: '2022-09-05' },
  {
    who: 'clement.barrowdale@northgate.example',
    function: 'expert_witness',
    codes: [],
    site: 'Tappet Lane',
    startsOn: '2020-01-06',
  },
  {
    who: 'pauline.tregarthen@northgate.example',
    function: 'invigilator',
    codes: [],
    site: null,
    startsOn: '2017-02-06',
  },
  {
    who: 'desmond.achterberg@northgate.example',
    function: 'administrator',
    codes: [],
    site: null,
    startsOn: '2016-09-01',
  },
];

export interface PlannedRecord {
  readonly who: Email;
  readonly kind: 'qualification' | 'cv' | 'cpd' | 'standardisation' | 'licence';
  readonly title: string;
  readonly daysAgo: number;
  readonly issuer?: string;
  readonly minutes?: number;
  readonly words?: string;
  readonly number?: string;
  readonly code?: string;
  /** Of a licence: days until its last day, negative when it has passed. */
  readonly daysLeft?: number;
  /** A file lies with it. */
  readonly file?: string;
}

export const records: readonly PlannedRecord[] = [
  {
    who: IDRIS,
    kind: 'qualification',
    title: 'Level 3 Certificate in Assessing Vocational Achievement',
    daysAgo: 2600,
    issuer: 'Marlpit Awards',
    file: 'assessing-certificate.pdf',
  },
  {
    who: IDRIS,
    kind: 'cv',
    title: 'Work in vehicle repair since 1998, assessor since 2019',
    daysAgo: 400,
    file: 'curriculum-vitae.pdf',
  },
  {
    who: IDRIS,
    kind: 'cpd',
    title: 'Heat pumps in electric cars',
    daysAgo: 60,
    minutes: 360,
    words:
      'How refrigerant circuits differ in cars that heat by heat pump, and what to look for when candidates recover R1234yf.',
  },
  {
    who: IDRIS,
    kind: 'standardisation',
    title: 'Judging of practical work in air conditioning, with two assessors',
    daysAgo: 45,
    words: 'A leak test counts only with the pressure written down at the start and at the end.',
  },
  {
    who: IDRIS,
    kind: 'licence',
    title: 'Refrigerant handling',
    daysAgo: 1804,
    issuer: 'Marlpit Awards',
    number: 'RH-20417',
    code: 'ARH',
    daysLeft: 21,
  },
  {
    who: YVONNE,
    kind: 'qualification',
    title: 'Level 4 Award in the Internal Quality Assurance of Assessment',
    daysAgo: 2900,
    issuer: 'Marlpit Awards',
  },
  { who: YVONNE, kind: 'cv', title: 'Teaching and quality assurance since 2006', daysAgo: 300 },
  {
    who: RAJAN,
    kind: 'qualification',
    title: 'Level 3 Award in Assessing Competence in the Work Environment',
    daysAgo: 1900,
    issuer: 'Marlpit Awards',
  },
  { who: RAJAN, kind: 'cv', title: 'Light vehicle technician and assessor since 2011', daysAgo: 500 },
  {
    who: RAJAN,
    kind: 'licence',
    title: 'Vehicle lift inspection',
    daysAgo: 742,
    issuer: 'Ferrant Lifts',
    number: 'FL/1188',
    code: 'LMC',
    daysLeft: -12,
  },
];

export interface PlannedDecision {
  readonly who: Email;
  readonly function: 'assessor' | 'iqa';
  readonly code: string;
  readonly daysAgo: number;
  readonly reasons: string;
  /** Days until the last day of an approval; null: refused. */
  readonly daysLeft: number | null;
}

export const decisions: readonly PlannedDecision[] = [
  {
    who: IDRIS,
    function: 'assessor',
    code: 'ARH',
    daysAgo: 200,
    reasons: 'Qualified, current, with a licence for refrigerants',
    daysLeft: 800,
  },
  {
    who: IDRIS,
    function: 'assessor',
    code: 'EVH',
    daysAgo: 1075,
    reasons: 'Qualified; electric vehicle work shown by the curriculum vitae',
    daysLeft: 20,
  },
  {
    who: YVONNE,
    function: 'iqa',
    code: 'ARH',
    daysAgo: 250,
    reasons: 'Qualified and active in quality assurance',
    daysLeft: 845,
  },
  {
    who: YVONNE,
    function: 'iqa',
    code: 'EVH',
    daysAgo: 40,
    reasons: 'No professional development in electric vehicles is on record',
    daysLeft: null,
  },
  {
    who: RAJAN,
    function: 'assessor',
    code: 'LMC',
    daysAgo: 365,
    reasons: 'Qualified, with a valid licence for lifts',
    daysLeft: 730,
  },
];

export interface PlannedInterest {
  readonly who: Email;
  readonly relation: 'relative' | 'employment' | 'own_work' | 'other';
  readonly colleague?: Email;
  readonly name?: string;
  readonly words: string;
  readonly daysAgo: number;
  readonly ended?: string;
}

export const interests: readonly PlannedInterest[] = [
  {
    who: IDRIS,
    relation: 'employment',
    name: 'Tregarth Fleet Services',
    words: 'I repair their vans on Saturdays; some of their apprentices are candidates here',
    daysAgo: 120,
  },
  { who: YVONNE, relation: 'relative', colleague: RAJAN, words: 'He is my brother-in-law', daysAgo: 300 },
  {
    who: IDRIS,
    relation: 'own_work',
    words: 'I built the training rig for unit ARH 2 and wrote its worksheet',
    daysAgo: 700,
    ended: 'The rig was replaced by one of the maker',
  },
];

export const equipment: readonly { readonly site: string; readonly daysLeft: number }[] = [
  { site: 'Tappet Lane', daysLeft: 200 },
  { site: 'Old Tram Depot', daysLeft: 18 },
];

export const recovery = {
  who: 'desmond.achterberg@northgate.example',
  daysAgo: 900,
  reasons: 'The coordinator was on long leave and nobody could add the new invigilator before the tests of March.',
  closedAfter: 3,
  closingWords: 'The coordinator has come back and objects; the invigilator has been added.',
  objectedBy: 'marguerite.holloway-finch@northgate.example',
  objection: 'I am back at work since Monday and have added the invigilator.',
  file: 'letter-of-the-head-of-centre.pdf',
} as const;
