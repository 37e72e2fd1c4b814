/** From what is missing to a certificate that anybody can check, and its end (T10, T11, T12, S9). */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type PlainAnswer, type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { recordUnitAchievement } from '#web-portal';

let app: TestApplication;
let coordinator: PlainBrowser;
let coordinator2: PlainBrowser;
let results: PlainBrowser;
let nobody: PlainBrowser;
before(async () => {
  app = await startTestApplication();
  coordinator = await app.logIn('coordinator');
  coordinator2 = await app.logIn('coordinator2');
  results = await app.logIn('results');
  nobody = app.browser();
});
after(() => app.close());

const sqlRows = <Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
  asSuperuser(app.database.url, async (client) => (await client.query(text, [...values])).rows as Row[]);
const registrationsOf = (where: string, values: readonly unknown[] = []) =>
  sqlRows<{ id: string; centre_id: string; family_name: string; unit_ids: string[] }>(
    `select r.id, r.centre_id, c.family_name,
       array(select u.id from products.units u where u.version_id = r.product_version_id order by u.position)::text[] as unit_ids
     from web_portal.registrations r join web_portal.candidates c on c.id = r.candidate_id
     join products.products p on p.id = r.product_id where ${where} order by r.registered_at`,
    values,
  );
const certificatesOf = (registrationId: string) =>
  sqlRows<{ id: string; serial: string; check_code: string; check_at: string }>(
    `select id, serial, check_code, content ->> 'checkAt' as check_at from certificates.certificates where registration_id = $1`,
    [registrationId],
  );
const submissionId = () => crypto.randomUUID();
const verify = (serial: string, familyName: string) =>
  nobody.get(`/verify?${new URLSearchParams({ serial, familyName })}`);
const says = (answer: PlainAnswer, pattern: RegExp, what = '') =>
  assert.ok(pattern.test(answer.text), `${what} ${pattern} is not on the page (${answer.status})`);

/** What the journey's candidate, who can log in, has: a one-unit award whose unit is achieved now. */
let own: { id: string; family_name: string };
let certificate: { id: string; serial: string; check_code: string; check_at: string };

test('a claim is refused with everything that is missing, in plain words', async () => {
  const [diploma] = await registrationsOf("p.code = 'LVP' and r.state = 'active'");
  const path = `/certificates/claim/${diploma?.id}`;
  const page = await coordinator.get(path);
  assert.equal(page.status, 200);
  says(page, /things are missing before the claim/);
  says(page, /LVP-K02 [^<]* is not achieved yet\./);
  says(page, /more of &quot;Optional topics&quot;/);
  assert.ok(!page.text.includes('Claim the certificate</button>'), 'no button to claim');
  const refused = await coordinator.post(path, { submissionId: submissionId() });
  assert.equal(refused.status, 422);
  says(refused, /is not achieved yet/);
  assert.equal((await certificatesOf(diploma?.id as string)).length, 0);
});

test('all units achieved: what will be printed is shown, and pressing twice claims once', async () => {
  const [registration] = await registrationsOf(
    "p.code = 'ARH' and r.state = 'active' and c.person_id is not null and r.centre_id = (select id from accounts.organisations where number = '04417')",
  );
  assert.ok(registration);
  own = registration;
  const path = `/certificates/claim/${registration.id}`;
  says(await coordinator.get(path), /is not achieved yet/);
  await app.services.database.write({ kind: 'system' }, (writer) =>
    recordUnitAchievement(writer, {
      registrationId: registration.id,
      unitId: registration.unit_ids[0] as string,
      sourceKind: 'sitting',
      sourceId: registration.id,
      at: writer.now,
    }),
  );
  const page = await coordinator.get(path);
  says(page, /This will be printed/);
  says(page, /500\/6771\/0/);
  says(page, /1 certificate<\/span> will be issued/);

  const same = submissionId();
  const answers = await Promise.all([
    coordinator.post(path, { submissionId: same }),
    coordinator.post(path, { submissionId: same }),
    coordinator.post(path, { submissionId: submissionId() }),
  ]);
  const statuses = answers.map(({ status }) => status).sort();
  assert.ok(statuses.includes(303), statuses.join());
  for (const { status } of answers) assert.ok(status === 303 || status === 422, `${status}`);
  const found = await certificatesOf(registration.id);
  assert.equal(found.length, 1, 'one certificate');
  certificate = found[0] as typeof certificate;
  for (const { status, location } of answers)
    if (status === 303) assert.equal(location, `/certificates/${certificate.id}?issued=yes`);
  const again = await coordinator.post(path, { submissionId: submissionId() });
  assert.equal(again.status, 422);
  says(again, /issued already/);
  const [state] = await sqlRows<{ state: string }>('select state from web_portal.registrations where id = $1', [
    registration.id,
  ]);
  assert.equal(state?.state, 'completed');
  const events = await sqlRows<{ kind: string }>(
    "select kind from platform.audit_events where kind like 'certificates.%' and (subject_id = $1 or subject_id = $2) order by seq",
    [registration.id, certificate.id],
  );
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ['certificates.claimed', 'certificates.issued'],
  );
});

test('the centre opens it, and the candidate reads the own one alone', async () => {
  const page = await coordinator.get(`/certificates/${certificate.id}?issued=yes`);
  says(page, /The certificate is issued\./);
  says(await coordinator.get('/certificates'), new RegExp(certificate.serial.slice(0, 4)));
  const pdf = await coordinator.get(`/certificates/${certificate.id}/pdf`);
  assert.equal(pdf.headers.get('content-type'), 'application/pdf');
  assert.match(pdf.headers.get('content-disposition') ?? '', /^inline; filename="certificate-[0-9A-Z-]+\.pdf"/);
  assert.ok(pdf.text.startsWith('%PDF-1.7'));
  const csv = await coordinator.get('/certificates/export');
  assert.match(csv.headers.get('content-type') ?? '', /text\/csv/);
  assert.ok(csv.text.includes(own.family_name));

  const candidate = await app.logIn('candidate');
  says(await candidate.get('/my/certificates'), /Automotive Refrigerant Handling/);
  const ownPdf = await candidate.get(`/my/certificates/${certificate.id}/pdf`);
  assert.equal(ownPdf.status, 200);
  assert.equal(ownPdf.text, pdf.text);
  const candidate2 = await app.logIn('candidate2');
  says(await candidate2.get('/my/certificates'), /No certificates yet/);
  assert.equal((await candidate2.get(`/my/certificates/${certificate.id}/pdf`)).status, 404);
  const member = await app.logIn('member');
  assert.equal((await member.get(`/my/certificates/${certificate.id}/pdf`)).status, 404);
  assert.equal((await candidate.get(`/certificates/${certificate.id}`)).status, 403);
});

test('another centre finds nothing at any of its addresses', async () => {
  for (const path of [
    `/certificates/${certificate.id}`,
    `/certificates/${certificate.id}/pdf`,
    `/certificates/claim/${own.id}`,
  ])
    assert.equal((await coordinator2.get(path)).status, 404, path);
  assert.equal(
    (await coordinator2.post(`/certificates/claim/${own.id}`, { submissionId: submissionId() })).status,
    404,
  );
  const list = await coordinator2.get('/certificates');
  assert.equal(list.status, 200);
  assert.ok(!list.text.includes(certificate.serial.slice(0, 4)));
  assert.equal((await coordinator.get(`/certificates/${certificate.id}/revoke`)).status, 403);
});

test('anybody checks it by number and family name, however typed, or by the printed square', async () => {
  for (const typed of [
    certificate.serial,
    certificate.serial.toLowerCase().replace(/(.{4})/g, '$1 '),
    certificate.serial.replaceAll('0', 'O').replaceAll('1', 'l'),
  ]) {
    const found = await verify(typed, own.family_name.toUpperCase());
    assert.equal(found.status, 200);
    says(found, /Genuine and current/, typed);
    says(found, /Automotive Refrigerant Handling/);
    assert.doesNotMatch(found.text, /9990001072|1980|04417/, 'neither ULN nor birth date nor centre');
  }
  const paper = new URL(`${certificate.check_at}/${certificate.serial}?code=${certificate.check_code}`);
  says(await nobody.get(paper.pathname + paper.search), /Genuine and current/);
  says(await nobody.get(paper.pathname), /Enter the family name printed on it/);
  const guessed = await nobody.get(`${paper.pathname}?code=0123456789`);
  assert.equal(guessed.status, 404);
});

test('a wrong name and an unknown number are one answer, and never "fake"; a typing error is told apart', async () => {
  const wrongName = await verify(certificate.serial, 'Somebody');
  const unknown = await verify('000000000000', 'Somebody');
  for (const answer of [wrongName, unknown]) {
    assert.equal(answer.status, 404);
    says(answer, /Not found/);
    assert.doesNotMatch(answer.text, /fake|forged|Refrigerant/i);
  }
  const last = certificate.serial.at(-1) === 'A' ? 'B' : 'A';
  const altered = await verify(certificate.serial.slice(0, -1) + last, own.family_name);
  assert.equal(altered.status, 422);
  says(altered, /A letter or digit of the certificate number is not right/);
  const short = await verify(certificate.serial.slice(2), '');
  assert.equal(short.status, 422);
  says(short, /10 were read/);
  says(short, /Enter the family name printed on the certificate/);
});

test('an entry altered in the database never verifies', async () => {
  const columns = 'content, signature, content_sha256';
  const [kept] = await sqlRows<{ content: unknown; signature: string; content_sha256: Buffer }>(
    `select ${columns} from certificates.certificates where id = $1`,
    [certificate.id],
  );
  for (const alteration of [
    `content = jsonb_set(content, '{holder,givenNames}', '"Mallory"')`,
    `content = jsonb_set(content, '{title}', '"IMI Level 9 Diploma"')`,
    `content = jsonb_set(content, '{awardedOn}', '"2020-01-01"')`,
    `content_sha256 = sha256('x')`,
    'signature = reverse(signature)',
  ]) {
    await sqlRows(`update certificates.certificates set ${alteration} where id = $1`, [certificate.id]);
    const answer = await verify(certificate.serial, own.family_name);
    says(answer, /We cannot confirm this certificate now/, alteration);
    assert.doesNotMatch(answer.text, /Genuine and current|Mallory|Level 9/);
    await sqlRows(`update certificates.certificates set (${columns}) = ($2, $3, $4) where id = $1`, [
      certificate.id,
      JSON.stringify(kept?.content),
      kept?.signature,
      kept?.content_sha256,
    ]);
  }
  says(await verify(certificate.serial, own.family_name), /Genuine and current/, 'as it was');
});

test('no role of the server enters or changes a certificate but by the claim of its own centre', async () => {
  await asSuperuser(app.database.url, async (client) => {
    const { roles } = (await client.query('select roles from public.installation')).rows[0] as {
      roles: Record<'centre' | 'body' | 'person' | 'visitor' | 'system', string>;
    };
    const [foreign] = (await client.query("select id from accounts.organisations where number = '04426'")).rows;
    const [waiting] = (await client.query("select id from certificates.claims where state = 'submitted'")).rows;
    const denied = async (role: keyof typeof roles, statement: string, centreId: string) => {
      await client.query('begin');
      await client.query("select set_config('role', $1, true), set_config('imi.centre_id', $2, true)", [
        roles[role],
        centreId,
      ]);
      await assert.rejects(
        client.query(statement),
        /permission denied|no such claim|may not claim/,
        `${role}: ${statement}`,
      );
      await client.query('rollback');
    };
    const issue = `select certificates.issue('${waiting.id}', '0123456789AB', '{"serial":"0123456789AB"}', '', '', '', 'x', 'y', '', '2026-01-01', now())`;
    await denied('centre', issue, foreign.id);
    const [centre] = (await client.query('select centre_id from certificates.claims where id = $1', [waiting.id])).rows;
    // Its own claim, but this product is not claimed directly.
    await denied('centre', issue, centre.centre_id);
    for (const role of ['person', 'visitor'] as const) await denied(role, issue, foreign.id);
    for (const role of ['centre', 'body', 'person', 'visitor', 'system'] as const) {
      await denied(role, "update certificates.certificates set signature = ''", centre.centre_id);
      await denied(role, 'delete from certificates.certificates', centre.centre_id);
      await denied(role, 'delete from certificates.certificate_states', centre.centre_id);
    }
  });
});

test('the awarding body decides what may not be claimed directly: returned with a reason, or issued', async () => {
  const officer = await app.logIn('officer');
  const list = await officer.get('/certificates/claims');
  says(list, /Claims to decide/);
  const [waiting] = await sqlRows<{ id: string; registration_id: string }>(
    "select id, registration_id from certificates.claims where state = 'submitted'",
  );
  const path = `/certificates/claims/${waiting?.id}`;
  assert.ok(list.text.includes(path));
  says(await officer.get(path), /Your decision/);
  const without = await officer.post(path, { decision: 'return', reason: '', submissionId: submissionId() });
  assert.equal(without.status, 422);
  says(without, /Enter in a sentence what the centre has to put right/);
  assert.equal((await coordinator.get(path)).status, 403);
  const returned = await officer.post(path, {
    decision: 'return',
    reason: 'The observation record of unit 3 is missing.',
    submissionId: submissionId(),
  });
  assert.equal(returned.status, 303);
  says(await coordinator.get('/certificates?state=returned'), /observation record of unit 3/);
  const late = await results.post(path, { decision: 'issue', submissionId: submissionId() });
  assert.equal(late.status, 422);
  says(late, /decided already/);

  const claim = `/certificates/claim/${waiting?.registration_id}`;
  says(await coordinator.get(claim), /Decided by the awarding body/);
  const claimed = await coordinator.post(claim, { submissionId: submissionId() });
  assert.equal(claimed.location, '/certificates?claimed=yes');
  says(await coordinator.get(claim), /waits for the awarding body/);
  const [second] = await sqlRows<{ id: string }>("select id from certificates.claims where state = 'submitted'");
  const issued = await results.post(`/certificates/claims/${second?.id}`, {
    decision: 'issue',
    submissionId: submissionId(),
  });
  assert.equal(issued.status, 303);
  assert.equal((await certificatesOf(waiting?.registration_id as string)).length, 1);
});

test('revoked with a reason: the public check shows it at once, and a new claim goes to the awarding body', async () => {
  const path = `/certificates/${certificate.id}/revoke`;
  says(await results.get(path), /1 certificate<\/span> of/);
  const bare = await results.post(path, { submissionId: submissionId() });
  assert.equal(bare.status, 422);
  says(bare, /Enter the reason/);
  const revoked = await results.post(path, {
    reason: 'Malpractice was proved in the session of that day.',
    again: 'yes',
    submissionId: submissionId(),
  });
  assert.equal(revoked.status, 303);
  const began = performance.now();
  const answer = await verify(certificate.serial, own.family_name);
  assert.ok(performance.now() - began < 1000);
  says(answer, /<h2>Revoked<\/h2>/);
  assert.doesNotMatch(answer.text, /Genuine and current|Malpractice/);
  says(await coordinator.get(`/certificates/${certificate.id}`), /Malpractice was proved/);
  const twice = await results.post(path, {
    reason: 'Malpractice was proved in the session of that day.',
    again: 'no',
    submissionId: submissionId(),
  });
  assert.equal(twice.status, 422);
  says(twice, /revoked before/);

  const claim = `/certificates/claim/${own.id}`;
  says(await coordinator.get(claim), /An earlier certificate of this registration was revoked/);
  assert.equal((await coordinator.post(claim, { submissionId: submissionId() })).location, '/certificates?claimed=yes');
  assert.equal((await certificatesOf(own.id)).length, 1, 'no second certificate before the decision');
});

test('guessing is slowed down: many checks without a result, then a wait', async () => {
  let slowed = 0;
  for (let guess = 0; guess < 25; guess += 1) {
    const { status, text } = await verify('000000000000', `Guess ${guess}`);
    if (status === 429) {
      slowed += 1;
      assert.match(text, /Wait [a-z0-9 ]+minutes?, then check again/);
    }
  }
  assert.ok(slowed >= 5, `${slowed} of 25 were slowed`);
});
