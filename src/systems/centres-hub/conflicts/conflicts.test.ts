import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';

let app: TestApplication;
let coordinator: PlainBrowser;
let invigilator: PlainBrowser;
let quality: PlainBrowser;
before(async () => {
  app = await startTestApplication();
  coordinator = await app.logIn('coordinator');
  invigilator = await app.logIn('invigilator');
  quality = await app.logIn('quality');
});
after(() => app?.close());

async function rows<Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> {
  return asSuperuser(app.database.url, async (client) => (await client.query(query, values)).rows as Row[]);
}
const idOf = async (username: string) =>
  (await rows<{ id: string }>('select person_id as id from accounts.credentials where username = $1', [username]))[0]
    ?.id as string;
const declare = (browser: PlainBrowser, fields: Record<string, string>, centre = '') =>
  browser.post(`/centres-hub/conflicts/declare${centre}`, {
    relation: 'relative',
    words: 'My sister’s son',
    submissionId: randomUUID(),
    ...fields,
  });
describe('declared interests', () => {
  it('stand in a register that coordinators and the awarding body read, and nobody else', async () => {
    const register = await coordinator.get('/centres-hub/conflicts');
    assert.match(register.text, /Tregarth Fleet Services/);
    assert.match(register.text, /Ended: The rig was replaced/);
    assert.doesNotMatch(
      (await coordinator.get('/centres-hub/conflicts?state=open&relation=relative')).text,
      /Tregarth Fleet/,
    );
    assert.match((await quality.get('/centres-hub/conflicts/export?centre=04417')).text, /brother-in-law/);
    assert.equal((await invigilator.get('/centres-hub/conflicts')).status, 403);
    assert.doesNotMatch((await invigilator.get('/centres-hub/conflicts/own')).text, /Tregarth Fleet/);
    const coordinator2 = await app.logIn('coordinator2');
    assert.match((await coordinator2.get('/centres-hub/conflicts')).text, /Nothing is declared yet/);
    const [foreign] = await rows<{ id: string }>(
      'select id from centres_hub.conflict_declarations where ended_at is null limit 1',
    );
    assert.equal(
      (await coordinator2.post(`/centres-hub/conflicts/${foreign?.id}/end`, { reason: 'Not mine at all' })).status,
      404,
    );
    assert.equal(
      (await invigilator.post(`/centres-hub/conflicts/${foreign?.id}/end`, { reason: 'Not mine at all' })).status,
      404,
    );
  });

  it('keep the awarding body’s people from deciding about relatives, and everybody about themselves', async () => {
    const idris = await idOf('assessor');
    const decide = `/centres-hub/competence/${idris}/decide/assessor/LVP?centre=04417`;
    const refusal = { outcome: 'refused', reasons: 'Evidence is too old' };
    assert.equal((await declare(quality, { about: 'colleague', colleague: idris }, '?centre=04417')).status, 303);
    const answer = await quality.post(decide, refusal);
    assert.equal(answer.status, 422);
    assert.match(
      answer.text,
      /A declared interest stands against it: relative, Idris Penhallow\. Ask a colleague to decide/,
    );
    assert.equal((await (await app.logIn('officer')).post(decide, refusal)).status, 303);

    const [centre] = await rows<{ id: string }>(`select id from accounts.organisations where number = '04417'`);
    const own = await idOf('officer');
    await rows(
      `insert into accounts.memberships (person_id, organisation_id, role, started_at) values ($1, $2, 'assessor', now())`,
      [own, centre?.id],
    );
    const officer = await app.logIn('officer');
    const { location } = await coordinator.post('/centres-hub/who-does-what/add', {
      who: own,
      function: 'assessor',
      productId: 'all',
      siteId: 'all',
      'startsOn-day': '1',
      'startsOn-month': '1',
      'startsOn-year': '2026',
      submissionId: randomUUID(),
    });
    assert.match(location ?? '', /done=begun/);
    const [body] = await rows<{ id: string }>(`select id from accounts.organisations where kind = 'awarding_body'`);
    const madeFor = body?.id as string;
    await officer.post('/act-for', { organisationId: madeFor, madeFor });
    const about = await officer.post(`/centres-hub/competence/${own}/decide/assessor/LVP?centre=04417`, {
      ...refusal,
      madeFor,
    });
    assert.match(about.text, /Nobody decides about the own competence/);
  });

  it('are ended by who made them, or by a coordinator whom they do not name, never for the awarding body', async () => {
    const [boss, idris] = [await idOf('coordinator'), await idOf('assessor')];
    const newest = async (by: string) =>
      (
        await rows<{ id: string }>(
          'select id from centres_hub.conflict_declarations where person_id = $1 order by declared_at desc, id desc limit 1',
          [by],
        )
      )[0]?.id;
    const end = async (who: PlainBrowser, id: string | undefined, centre = '') =>
      (await who.post(`/centres-hub/conflicts/${id}/end${centre}`, { reason: 'It is settled now' })).status;
    await declare(quality, { about: 'colleague', colleague: idris }, '?centre=04417');
    const ofBody = await newest(await idOf('quality'));
    assert.equal(await end(coordinator, ofBody), 404, 'declared for the awarding body');
    assert.equal(await end(quality, ofBody, '?centre=04417'), 303);
    await declare(invigilator, { about: 'colleague', colleague: boss });
    assert.equal(await end(coordinator, await newest(await idOf('invigilator'))), 404, 'names the coordinator');
    await declare(invigilator, { about: 'colleague', colleague: idris });
    assert.equal(await end(coordinator, await newest(await idOf('invigilator'))), 303);
  });

  it('say what is missing', async () => {
    assert.match((await declare(invigilator, { about: 'none' })).text, /only own work can stand without a name/);
    assert.match((await declare(invigilator, { about: 'other' })).text, /Enter the name/);
    assert.match((await declare(invigilator, { about: 'candidate' })).text, /Enter the candidate number/);
  });
});
