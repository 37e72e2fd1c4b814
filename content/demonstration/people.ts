/**
 * The people and places of the demonstration. All of them are invented; any likeness to a real person or business is
 * chance. Numbers and addresses cannot belong to anybody: postcodes begin with ZZ, which is no postal area, telephone
 * numbers lie in the range kept for drama, and e-mail addresses end in `.example`.
 */

/** Which organisation a person belongs to; `awarding` is the awarding body itself. */
export type OrganisationKey = 'northgate' | 'severnside' | 'awarding';

export interface DemonstrationSite {
  readonly name: string;
  readonly rooms: readonly string[];
}

export interface DemonstrationCentre {
  readonly key: 'northgate' | 'severnside';
  /** Centre number, 5 digits. */
  readonly number: string;
  readonly name: string;
  readonly address: readonly string[];
  readonly town: string;
  readonly postcode: string;
  readonly telephone: string;
  readonly email: string;
  /** Provider number, 8 digits beginning with 1; outside the range in use. */
  readonly ukprn: string;
  readonly sites: readonly DemonstrationSite[];
}

/** The roles of `accounts.memberships`, without `candidate`. */
export type StaffRole =
  | 'coordinator'
  | 'administrator'
  | 'invigilator'
  | 'assessor'
  | 'iqa'
  | 'champion'
  | 'officer'
  | 'quality'
  | 'author'
  | 'reviewer'
  | 'results'
  | 'finance'
  | 'body_administrator';

/** Somebody who signs in. The member of the public belongs to no organisation and has no role. */
export interface DemonstrationAccount {
  readonly username: string;
  readonly organisation: OrganisationKey | null;
  readonly role: StaffRole | null;
  readonly givenNames: string;
  readonly familyName: string;
  readonly email: string;
  /** What the person does, as written on the centre profile. */
  readonly jobTitle: string;
}

/** On the centre profile, but no user: no account and no PIN. */
export type DemonstrationStaffMember = Omit<DemonstrationAccount, 'username' | 'role'>;

export interface DemonstrationCandidate {
  readonly centre: 'northgate' | 'severnside';
  /** The centre's own reference, unique within the centre. */
  readonly centreReference: string;
  readonly givenNames: string;
  readonly familyName: string;
  /** ISO 8601 date. */
  readonly birthDate: string;
  /** Unique learner number with a right check digit, or null; then `ulnAbsentReason` says why. */
  readonly uln: string | null;
  readonly ulnAbsentReason: string | null;
  readonly postcode: string;
  readonly email: string | null;
  /** Set for the candidates who can sign in to the demonstration. */
  readonly username: string | null;
}

export const centres: readonly DemonstrationCentre[] = [
  {
    key: 'northgate',
    number: '04417',
    name: 'Northgate Motor Training',
    address: ['Unit 7, Tappet Lane', 'Northgate Trading Estate'],
    town: 'Northgate',
    postcode: 'ZZ4 4QT',
    telephone: '01632 960417',
    email: 'office@northgate.example',
    ukprn: '19990417',
    sites: [
      { name: 'Tappet Lane', rooms: ['Test room 1', 'Test room 2', 'Workshop A', 'Workshop B'] },
      { name: 'Old Tram Depot', rooms: ['Classroom 3', 'Electric vehicle bay'] },
    ],
  },
  {
    key: 'severnside',
    number: '04426',
    name: 'Severnside Vehicle Academy',
    address: ['The Boat Shed', '12 Mudlark Way'],
    town: 'Severnside',
    postcode: 'ZZ8 2HW',
    telephone: '01632 960426',
    email: 'office@severnside.example',
    ukprn: '19990426',
    sites: [{ name: 'Mudlark Way', rooms: ['Assessment room', 'Main workshop'] }],
  },
];

function account(
  username: string,
  organisation: OrganisationKey | null,
  role: StaffRole | null,
  givenNames: string,
  familyName: string,
  email: string,
  jobTitle: string,
): DemonstrationAccount {
  return { username, organisation, role, givenNames, familyName, email, jobTitle };
}

/** Everybody who signs in, but for the candidates (see `candidates`, those with a username). */
export const accounts: readonly DemonstrationAccount[] = [
  account(
    'coordinator',
    'northgate',
    'coordinator',
    'Marguerite',
    'Holloway-Finch',
    'marguerite.holloway-finch@northgate.example',
    'Centre coordinator',
  ),
  account(
    'administrator',
    'northgate',
    'administrator',
    'Desmond',
    'Achterberg',
    'desmond.achterberg@northgate.example',
    'Examinations administrator',
  ),
  account(
    'invigilator',
    'northgate',
    'invigilator',
    'Pauline',
    'Tregarthen',
    'pauline.tregarthen@northgate.example',
    'Invigilator',
  ),
  account(
    'assessor',
    'northgate',
    'assessor',
    'Idris',
    'Penhallow',
    'idris.penhallow@northgate.example',
    'Light vehicle assessor',
  ),
  account('iqa', 'northgate', 'iqa', 'Yvonne', 'Abara', 'yvonne.abara@northgate.example', 'Internal quality assurer'),
  account(
    'champion',
    'northgate',
    'champion',
    'Rajan',
    'Thakkarwala',
    'rajan.thakkarwala@northgate.example',
    'ePortfolio champion',
  ),
  account(
    'coordinator2',
    'severnside',
    'coordinator',
    'Gethin',
    'Morlais',
    'gethin.morlais@severnside.example',
    'Centre coordinator',
  ),
  account(
    'invigilator2',
    'severnside',
    'invigilator',
    'Suzette',
    'Drayford',
    'suzette.drayford@severnside.example',
    'Invigilator',
  ),
  account(
    'officer',
    'awarding',
    'officer',
    'Helena',
    'Brackenridge',
    'helena.brackenridge@awarding.example',
    'Centre services officer',
  ),
  account(
    'quality',
    'awarding',
    'quality',
    'Tunde',
    'Oyelaran-Wick',
    'tunde.oyelaran-wick@awarding.example',
    'External quality assurer',
  ),
  account(
    'author',
    'awarding',
    'author',
    'Rosalind',
    'Kettlewood',
    'rosalind.kettlewood@awarding.example',
    'Question author',
  ),
  account(
    'reviewer',
    'awarding',
    'reviewer',
    'Piers',
    'Umberleigh',
    'piers.umberleigh@awarding.example',
    'Question reviewer',
  ),
  account(
    'results',
    'awarding',
    'results',
    'Nasreen',
    'Qadirpour',
    'nasreen.qadirpour@awarding.example',
    'Results manager',
  ),
  account(
    'finance',
    'awarding',
    'finance',
    'Bartholomew',
    'Inglesham',
    'bartholomew.inglesham@awarding.example',
    'Finance officer',
  ),
  account(
    'admin',
    'awarding',
    'body_administrator',
    'Morwenna',
    'Castellain',
    'morwenna.castellain@awarding.example',
    'System administrator',
  ),
  account('member', null, null, 'Winifred', 'Oakapple', 'winifred.oakapple@public.example', 'Member of the public'),
];

/** Somebody with roles at both centres, who switches between them. */
export const severalRoles = {
  username: 'several',
  givenNames: 'Rosamund',
  familyName: 'Zennor',
  email: 'rosamund.zennor@assessing.example',
  roles: [
    { organisation: 'northgate', role: 'administrator' },
    { organisation: 'severnside', role: 'invigilator' },
    { organisation: 'severnside', role: 'assessor' },
  ],
} as const;

/** Staff whom a centre has put on its profile without making them users. */
export const staffMembers: readonly DemonstrationStaffMember[] = [
  {
    organisation: 'northgate',
    givenNames: 'Clement',
    familyName: 'Barrowdale',
    email: 'clement.barrowdale@northgate.example',
    jobTitle: 'Workshop technician',
  },
  {
    organisation: 'northgate',
    givenNames: 'Agnieszka',
    familyName: 'Sosnowicz',
    email: 'agnieszka.sosnowicz@northgate.example',
    jobTitle: 'Tutor, electric vehicles',
  },
  {
    organisation: 'severnside',
    givenNames: 'Delyth',
    familyName: 'Garnon',
    email: 'delyth.garnon@severnside.example',
    jobTitle: 'Tutor, air conditioning',
  },
];

function row(
  centre: DemonstrationCandidate['centre'],
  centreReference: string,
  givenNames: string,
  familyName: string,
  birthDate: string,
  uln: string | null,
  ulnAbsentReason: string | null,
  postcode: string,
  email: string | null,
  username: string | null,
): DemonstrationCandidate {
  return {
    centre,
    centreReference,
    givenNames,
    familyName,
    birthDate,
    uln,
    ulnAbsentReason,
    postcode,
    email,
    username,
  };
}

/** 44 candidates of the first centre (two of them share a name) and 16 of the second. */
// biome-ignore format: one candidate a line reads as a table
export const candidates: readonly DemonstrationCandidate[] = [
  row('northgate', 'NG-001', 'Ffion', 'ap Gwilym', '1980-03-14', '9990001072', null, 'ZZ4 3GR', 'ffion.ap-gwilym@northgate.example', 'candidate'),
  row('northgate', 'NG-002', 'Owain', 'Llŷr-Davies', '2005-11-18', '9990001137', null, 'ZZ8 2NR', 'owain.llyr-davies@northgate.example', null),
  row('northgate', 'NG-003', 'Siân', 'Gruffydd', '2006-07-17', '9990001277', null, 'ZZ9 6FY', 'sian.gruffydd@northgate.example', null),
  row('northgate', 'NG-004', 'Gŵenllian', 'Prŷs', '2008-12-24', '9990001285', null, 'ZZ1 5JP', 'gwenllian.prys@northgate.example', null),
  row('northgate', 'NG-005', 'Daniel', 'Hughes', '1986-06-12', '9990001374', null, 'ZZ8 3JR', 'daniel.hughes@northgate.example', null),
  row('northgate', 'NG-006', 'Daniel', 'Hughes', '2005-08-10', '9990001404', null, 'ZZ7 6AX', 'daniel.hughes2@northgate.example', null),
  row('northgate', 'NG-007', 'Oliver James', 'Thornbury', '2008-03-02', '9990001471', null, 'ZZ7 2GT', 'oliver.thornbury@northgate.example', null),
  row('northgate', 'NG-008', 'Amelia', 'Okonkwo-Reid', '2004-05-08', '9990001552', null, 'ZZ2 8ES', 'amelia.okonkwo-reid@northgate.example', null),
  row('northgate', 'NG-009', 'Conor', "O'Shaughnessy", '2009-04-12', null, 'Schooled in the Republic of Ireland; number requested', 'ZZ3 4EW', 'conor.oshaughnessy@northgate.example', null),
  row('northgate', 'NG-010', 'Niamh', "O'Dowd", '2006-10-02', '9990001587', null, 'ZZ9 5LY', 'niamh.odowd@northgate.example', null),
  row('northgate', 'NG-011', 'Mohammed Yusuf', 'Rahimi', '2006-04-12', '9990001617', null, 'ZZ6 4FY', null, null),
  row('northgate', 'NG-012', 'Zainab', 'Chaudhry', '1978-02-16', '9990001706', null, 'ZZ8 2EQ', 'zainab.chaudhry@northgate.example', null),
  row('northgate', 'NG-013', 'Harpreet Kaur', 'Sandhu', '2007-02-20', '9990001730', null, 'ZZ6 1JP', 'harpreet.sandhu@northgate.example', null),
  row('northgate', 'NG-014', 'Gurdeep', 'Bhangal', '1996-08-28', '9990001919', null, 'ZZ5 2JY', null, null),
  row('northgate', 'NG-015', 'Łukasz', 'Wiśniowski', '2008-03-08', '9990001951', null, 'ZZ2 8FW', 'lukasz.wisniowski@northgate.example', null),
  row('northgate', 'NG-016', 'Zofia', 'Kwiatek-Nowicka', '2004-10-20', '9990002028', null, 'ZZ8 7DU', null, null),
  row('northgate', 'NG-017', 'Đức Anh', 'Nguyễn', '2008-04-04', null, 'Came to the UK this year; number requested', 'ZZ8 2BY', 'duc.nguyen@northgate.example', null),
  row('northgate', 'NG-018', 'Thị Mai', 'Phạm', '2007-07-09', '9990002095', null, 'ZZ3 7HP', 'thi.pham@northgate.example', null),
  row('northgate', 'NG-019', 'João Pedro', 'de Sá Moreira', '2008-07-12', '9990002168', null, 'ZZ1 7HQ', 'joao.de-sa-moreira@northgate.example', null),
  row('northgate', 'NG-020', 'Beatriz', 'Fontão', '2007-09-04', '9990002206', null, 'ZZ6 6DW', 'beatriz.fontao@northgate.example', null),
  row('northgate', 'NG-021', 'Kavi', 'Thirunavukkarasumanickavasagam', '2006-10-26', '9990002214', null, 'ZZ5 6DY', 'kavi.thirunavukkarasumanickavasagam@northgate.example', null),
  row('northgate', 'NG-022', 'Meera', 'Iyengar', '2004-05-20', '9990002281', null, 'ZZ2 7HU', 'meera.iyengar@northgate.example', null),
  row('northgate', 'NG-023', 'Callum', 'MacAskill-Rennie', '2005-06-28', '9990002311', null, 'ZZ6 5GQ', null, null),
  row('northgate', 'NG-024', 'Eilidh', 'NicDhòmhnaill', '2004-03-03', null, 'Not held by the candidate; number requested', 'ZZ1 2LP', null, null),
  row('northgate', 'NG-025', 'Tariq', 'al-Haddawi', '1993-02-04', '9990002400', null, 'ZZ4 9DZ', null, null),
  row('northgate', 'NG-026', 'Leila', 'Benyaghoub', '2007-08-25', '9990002419', null, 'ZZ2 7FY', 'leila.benyaghoub@northgate.example', null),
  row('northgate', 'NG-027', 'Chukwuemeka', 'Nwobodo', '1997-02-18', '9990002443', null, 'ZZ3 5GX', 'chukwuemeka.nwobodo@northgate.example', null),
  row('northgate', 'NG-028', 'Adaeze', 'Umeh', '1977-06-07', '9990002516', null, 'ZZ2 2JX', 'adaeze.umeh@northgate.example', null),
  row('northgate', 'NG-029', 'Kwame', 'Asantewaa', '2008-12-17', '9990002591', null, 'ZZ3 9NW', 'kwame.asantewaa@northgate.example', null),
  row('northgate', 'NG-030', 'Isla', 'Pemberthy', '1972-04-04', '9990002621', null, 'ZZ9 2NU', 'isla.pemberthy@northgate.example', null),
  row('northgate', 'NG-031', 'Jack', "D'Aubrey", '1979-03-19', '9990002664', null, 'ZZ2 2HY', null, null),
  row('northgate', 'NG-032', 'Freya', 'Ashdowne', '2009-08-02', '9990002745', null, 'ZZ5 6LS', 'freya.ashdowne@northgate.example', null),
  row('northgate', 'NG-033', 'Håkon', 'Lindøe', '2007-01-16', null, 'Came to the UK this year; number requested', 'ZZ2 7NP', 'hakon.lindoe@northgate.example', null),
  row('northgate', 'NG-034', 'Étienne', 'Beaulac', '2008-03-12', '9990002753', null, 'ZZ5 5FW', 'etienne.beaulac@northgate.example', null),
  row('northgate', 'NG-035', 'Noëlle', 'St John-Perrot', '2004-10-19', '9990002761', null, 'ZZ3 2JP', 'noelle.st-john-perrot@northgate.example', null),
  row('northgate', 'NG-036', 'Ciarán', 'Mac Giolla Bhuí', '2009-09-27', null, 'Schooled in the Republic of Ireland; number requested', 'ZZ3 4ES', 'ciaran.mac-giolla-bhui@northgate.example', null),
  row('northgate', 'NG-037', 'Şebnem', 'Karadağlı', '2009-04-04', '9990002826', null, 'ZZ1 4HY', 'sebnem.karadagli@northgate.example', null),
  row('northgate', 'NG-038', 'Emre', 'Öztunç', '2007-02-15', '9990002842', null, 'ZZ5 6BT', null, null),
  row('northgate', 'NG-039', 'Wei', 'Zhuang', '1989-09-15', '9990002877', null, 'ZZ3 2JW', null, null),
  row('northgate', 'NG-040', 'Xin Yi', 'Teoh', '2008-03-15', '9990002923', null, 'ZZ8 1LS', 'xin.teoh@northgate.example', null),
  row('northgate', 'NG-041', 'Ruairidh', 'Kilbrennan', '2007-04-21', '9990002931', null, 'ZZ2 6DZ', 'ruairidh.kilbrennan@northgate.example', null),
  row('northgate', 'NG-042', 'Jade', 'Tolliver', '1980-03-04', '9990002990', null, 'ZZ1 7EY', 'jade.tolliver@northgate.example', null),
  row('northgate', 'NG-043', 'Reece', 'Wragby', '2008-12-07', '9990003059', null, 'ZZ6 8JY', 'reece.wragby@northgate.example', null),
  row('northgate', 'NG-044', 'Marlon', 'Baptiste-Cole', '2008-10-06', '9990003113', null, 'ZZ9 3AT', 'marlon.baptiste-cole@northgate.example', null),
  row('severnside', 'SV-001', 'Bethan', 'Cwmllan', '2008-09-28', '9990003121', null, 'ZZ2 8GU', 'bethan.cwmllan@severnside.example', 'candidate2'),
  row('severnside', 'SV-002', 'Tomos', 'Rhŷdderch', '2007-10-05', '9990003164', null, 'ZZ4 8ER', 'tomos.rhydderch@severnside.example', null),
  row('severnside', 'SV-003', 'Ethan', 'Severnake', '2008-11-25', '9990003202', null, 'ZZ9 3EQ', 'ethan.severnake@severnside.example', null),
  row('severnside', 'SV-004', 'Chloe', 'Winterbourne', '2009-12-13', '9990003237', null, 'ZZ6 6JY', 'chloe.winterbourne@severnside.example', null),
  row('severnside', 'SV-005', 'Saoirse', 'Ní Fhlaithearta', '2009-01-16', null, 'Schooled in the Republic of Ireland; number requested', 'ZZ1 4GW', 'saoirse.ni-fhlaithearta@severnside.example', null),
  row('severnside', 'SV-006', 'Abdirahman', 'Warsame Guleed', '2007-05-16', '9990003369', null, 'ZZ7 4NZ', 'abdirahman.warsame-guleed@severnside.example', null),
  row('severnside', 'SV-007', 'Hodan', 'Jimcale', '2008-04-25', '9990003385', null, 'ZZ9 7HR', null, null),
  row('severnside', 'SV-008', 'Radosław', 'Brzęczek', '1999-06-25', '9990003474', null, 'ZZ5 5JX', null, null),
  row('severnside', 'SV-009', 'Ionuț', 'Dărmănescu', '2008-03-19', null, 'Came to the UK this year; number requested', 'ZZ1 5EP', 'ionut.darmanescu@severnside.example', null),
  row('severnside', 'SV-010', 'Priya', 'Vaidyanath', '2008-06-07', '9990003547', null, 'ZZ7 9EY', null, null),
  row('severnside', 'SV-011', 'Rohan', 'Kulkarnee', '2007-01-28', '9990003555', null, 'ZZ1 2LP', 'rohan.kulkarnee@severnside.example', null),
  row('severnside', 'SV-012', 'Lily-Mae', 'Haycombe', '2006-05-10', '9990003563', null, 'ZZ5 9LZ', 'lily-mae.haycombe@severnside.example', null),
  row('severnside', 'SV-013', 'Jerome', 'Fairweather-Kofi', '2006-06-23', '9990003636', null, 'ZZ3 2DW', 'jerome.fairweather-kofi@severnside.example', null),
  row('severnside', 'SV-014', 'Anneliese', 'Grünewaldt', '2008-09-27', '9990003687', null, 'ZZ4 4NP', 'anneliese.grunewaldt@severnside.example', null),
  row('severnside', 'SV-015', 'Matthew', 'Stoke-Orchard', '2007-12-24', null, 'Candidate asked not to share it', 'ZZ7 5NP', 'matthew.stoke-orchard@severnside.example', null),
  row('severnside', 'SV-016', 'Nia', 'Pontfaen', '2006-05-16', '9990003830', null, 'ZZ3 6NU', null, null),
];
