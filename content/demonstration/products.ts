/**
 * The products of the demonstration. Titles and qualification numbers are those of the public register and of published
 * specifications; so is the unit R/601/3719 with its level, 3 credits and 20 hours. Everything marked `invented` is ours:
 * unit titles, credits, hours and dates for which no public source was found.
 */
import type { Rule, RuleGroup } from '../../src/systems/products/rule-of-combination/rule.ts';

export interface DemonstrationUnit {
  readonly code: string;
  readonly reference: string | null;
  readonly title: string;
  readonly level: number;
  readonly credits: number;
  readonly guidedLearningHours: number;
  readonly assessedBy: 'online_test' | 'portfolio';
  readonly invented: boolean;
}

export interface DemonstrationProduct {
  /** Ours, short: the last part of the address `/products/ARH`. */
  readonly code: string;
  readonly qualificationNumber: string | null;
  readonly title: string;
  readonly kind: 'qualification' | 'accreditation';
  readonly level: number;
  readonly operationalStart: string;
  readonly operationalEnd: string | null;
  readonly certificationEnd: string | null;
  readonly units: readonly DemonstrationUnit[];
  readonly rule: Rule;
}

function unit(
  code: string,
  title: string,
  level: number,
  credits: number,
  guidedLearningHours: number,
  assessedBy: DemonstrationUnit['assessedBy'] = 'portfolio',
): DemonstrationUnit {
  return { code, reference: null, title, level, credits, guidedLearningHours, assessedBy, invented: true };
}

/** A knowledge unit and the skills unit that goes with it. */
function pair(prefix: string, number: string, topic: string, level: number, credits: number): DemonstrationUnit[] {
  return [
    unit(`${prefix}-K${number}`, `Knowledge of ${topic}`, level, credits, credits * 8),
    unit(`${prefix}-S${number}`, `Skills in ${topic}`, level, credits, credits * 7),
  ];
}

const codesOf = (units: readonly DemonstrationUnit[]) => units.map((each) => each.code);

const everyUnit = (units: readonly DemonstrationUnit[]): Rule => ({
  root: { kind: 'all', of: codesOf(units) },
  barred: [],
});

const refrigerant: DemonstrationUnit[] = [
  unit('ARH-1', 'Handling of refrigerants in vehicle air conditioning systems', 3, 2, 12, 'online_test'),
];

const hazards: DemonstrationUnit[] = [
  unit('EVH-1', 'Awareness of the hazards of electric and hybrid vehicles', 2, 1, 7, 'online_test'),
];

// The diploma: 6 mandatory units, 7 mandatory specialist units and 15 optional ones, in pairs of knowledge and skills.
const engine: DemonstrationUnit = {
  code: 'LVP-K03',
  reference: 'R/601/3719',
  title: 'Knowledge of Light Vehicle Engine Mechanical, Lubrication and Cooling System Units and Components',
  level: 2,
  credits: 3,
  guidedLearningHours: 20,
  assessedBy: 'online_test',
  invented: false,
};
const mandatory = [
  ...pair('LVP', '01', 'Health, Safety and Good Housekeeping in the Automotive Environment', 3, 3),
  ...pair('LVP', '02', 'Support for Job Roles in the Automotive Work Environment', 3, 3),
  engine,
  unit(
    'LVP-S03',
    'Skills in Light Vehicle Engine Mechanical, Lubrication and Cooling System Units and Components',
    2,
    2,
    16,
  ),
];
const specialist = [
  ...pair('LVP', '04', 'Diagnosing and Rectifying Light Vehicle Engine Faults', 3, 4),
  ...pair('LVP', '05', 'Diagnosing and Rectifying Light Vehicle Chassis Faults', 3, 4),
  ...pair('LVP', '06', 'Diagnosing and Rectifying Vehicle Electrical Faults', 3, 4),
  unit('LVP-K07', 'Knowledge of Routine Light Vehicle Inspection Standards', 3, 2, 15),
];
const optionalTopics: readonly [string, string][] = [
  ['08', 'Overhauling Light Vehicle Engine Units'],
  ['09', 'Overhauling Light Vehicle Transmission Units'],
  ['10', 'Overhauling Light Vehicle Steering and Suspension Units'],
  ['11', 'Diagnosing Faults in Light Vehicle Air Conditioning'],
  ['12', 'Diagnosing Faults in Vehicle Climate Control'],
  ['13', 'Identifying and Agreeing Motor Vehicle Customer Service Needs'],
  ['14', 'Materials, Fabrication, Tools and Measuring Devices in the Automotive Environment'],
];
const optionalPairs = optionalTopics.map(([number, topic]) => ({ topic, units: pair('LVP', number, topic, 3, 3) }));
const optionalSingle = unit('LVP-K15', 'Knowledge of Conducting Pre-delivery Inspections', 3, 3, 20);
const diplomaUnits = [...mandatory, ...specialist, ...optionalPairs.flatMap(({ units }) => units), optionalSingle];
const optional: RuleGroup = {
  kind: 'choose',
  title: 'Optional topics',
  count: 2,
  of: [
    ...optionalPairs.map(({ topic, units }): RuleGroup => ({ kind: 'all', title: topic, of: codesOf(units) })),
    optionalSingle.code,
  ],
};
const diplomaRule: Rule = {
  root: {
    kind: 'all',
    of: [
      { kind: 'all', title: 'Mandatory units', of: codesOf(mandatory) },
      { kind: 'all', title: 'Mandatory specialist units', of: codesOf(specialist) },
      optional,
    ],
  },
  barred: [['LVP-K11', 'LVP-K12']],
  minimumCredits: 52,
  creditFloors: [{ level: 3, credits: 44 }],
};

const competence = [
  unit('LVC-01', 'Competency in Health, Safety and Good Housekeeping in the Automotive Environment', 2, 7, 60),
  unit('LVC-02', 'Competency in Supporting Job Roles in the Automotive Work Environment', 2, 5, 40),
  unit('LVC-03', 'Competency in Diagnosing and Rectifying Light Vehicle Engine Faults', 3, 10, 70),
  unit('LVC-04', 'Competency in Diagnosing and Rectifying Light Vehicle Chassis Faults', 3, 10, 70),
  unit('LVC-05', 'Competency in Diagnosing and Rectifying Vehicle Electrical Faults', 3, 10, 70),
];

type Size = 'Certificate' | 'Diploma';

/** A level 1 product: all units of the certificate, or more of them for the diploma. */
function levelOne(
  code: string,
  qualificationNumber: string,
  content: string,
  size: Size,
  topics: readonly string[],
  dates: Pick<DemonstrationProduct, 'operationalStart' | 'operationalEnd' | 'certificationEnd'>,
): DemonstrationProduct {
  const taken = size === 'Certificate' ? topics.slice(0, 2) : topics;
  const units = [
    ...pair(code, '01', 'Health, Safety and Good Housekeeping in the Automotive Environment', 1, 2),
    ...taken.flatMap((topic, index) => pair(code, `0${index + 2}`, topic, 1, 3)),
  ];
  const title = `IMI Level 1 ${size} in ${content}`;
  return { code, qualificationNumber, title, kind: 'qualification', level: 1, ...dates, units, rule: everyUnit(units) };
}

const open = { operationalStart: '2012-09-01', operationalEnd: null, certificationEnd: null };
const closed = { operationalStart: '2012-09-01', operationalEnd: '2019-08-31', certificationEnd: '2022-08-31' };
const vehicle = ['Vehicle Wheels and Tyres', 'Vehicle Exhaust Systems', 'Vehicle Braking Systems', 'Valeting'];
const cycle = ['Motorcycle Wheels and Tyres', 'Motorcycle Drive Chains', 'Motorcycle Brakes', 'Motorcycle Valeting'];
const paint = ['Preparing Surfaces for Paint', 'Masking', 'Applying Primer', 'Polishing Painted Surfaces'];
const body = ['Removing and Fitting Body Trim', 'Removing and Fitting Body Panels', 'Metal Joining', 'Dent Removal'];
const heavy = ['Heavy Vehicle Wheels and Tyres', 'Heavy Vehicle Lubrication', 'Air Brakes', 'Heavy Vehicle Lighting'];
const service = ['Workshop Tools', 'Engineering Measurement', 'Routine Service Checks', 'Fastenings and Fixings'];

export const products: readonly DemonstrationProduct[] = [
  {
    code: 'ARH',
    qualificationNumber: '500/6771/0',
    title: 'IMI Level 3 Award in Automotive Refrigerant Handling (EC 842-2006)',
    kind: 'qualification',
    level: 3,
    operationalStart: '2009-07-01',
    operationalEnd: null,
    certificationEnd: null,
    units: refrigerant,
    rule: everyUnit(refrigerant),
  },
  {
    code: 'EVH',
    qualificationNumber: null,
    title: 'IMI Accreditation in Electric and Hybrid Vehicle Hazard Awareness',
    kind: 'accreditation',
    level: 2,
    operationalStart: '2020-01-01',
    operationalEnd: null,
    certificationEnd: null,
    units: hazards,
    rule: everyUnit(hazards),
  },
  {
    code: 'LVP',
    qualificationNumber: '500/9814/7',
    title: 'IMI Level 3 Diploma in Light Vehicle Maintenance and Repair Principles',
    kind: 'qualification',
    level: 3,
    operationalStart: '2010-08-01',
    operationalEnd: null,
    certificationEnd: null,
    units: diplomaUnits,
    rule: diplomaRule,
  },
  {
    code: 'LVC',
    qualificationNumber: '500/9815/9',
    title: 'IMI Level 3 Diploma in Light Vehicle Maintenance and Repair Competence',
    kind: 'qualification',
    level: 3,
    operationalStart: '2010-08-01',
    operationalEnd: null,
    certificationEnd: null,
    units: competence,
    rule: everyUnit(competence),
  },
  levelOne('SMC', '601/0531/8', 'Service and Maintenance Engineering (VRQ)', 'Certificate', service, open),
  levelOne('SMD', '601/0541/0', 'Service and Maintenance Engineering (VRQ)', 'Diploma', service, open),
  levelOne('LMC', '600/2769/1', 'Light Vehicle Maintenance', 'Certificate', vehicle, open),
  levelOne('LMD', '600/2806/3', 'Light Vehicle Maintenance', 'Diploma', vehicle, open),
  levelOne('MMC', '600/2587/6', 'Motorcycle Maintenance', 'Certificate', cycle, closed),
  levelOne('MMD', '600/2662/5', 'Motorcycle Maintenance', 'Diploma', cycle, closed),
  levelOne('ARC', '600/2585/2', 'Automotive Refinishing', 'Certificate', paint, open),
  levelOne('ARD', '600/2584/0', 'Automotive Refinishing', 'Diploma', paint, open),
  levelOne('ABC', '600/2588/8', 'Automotive Body Repair', 'Certificate', body, open),
  levelOne('ABD', '600/2583/9', 'Automotive Body Repair', 'Diploma', body, open),
  levelOne('HVC', '600/5950/3', 'Heavy Vehicle Maintenance', 'Certificate', heavy, open),
  levelOne('HVD', '600/5951/5', 'Heavy Vehicle Maintenance', 'Diploma', heavy, open),
];
