import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { SetClock } from '#platform/clock/clock.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { remindOfDocuments } from '../centre-documents/remind.ts';
import { applyGrantedChanges } from '../changes-of-weight/apply.ts';
import { changeOfCentreDetails } from '../changes-of-weight/effect.ts';

let app: TestApplication;
let coordinator: PlainBrowser;
let coordinator2: PlainBrowser;
let officer: PlainBrowser;
const clock = new SetClock(new Date());
before(async () => {
  app = await startTestApplication({ clock });
  coordinator = await app.logIn('coordinator');
  coordinator2 = await app.logIn('coordinator2');
  officer = await app.logIn('officer');
});
after(() => app?.close());

async function rows<Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> {
  return asSuperuser(app.database.url, async (client) => (await client.query(query, values)).rows as Row[]);
}

async function centreId(number: string): Promise<string> {
  const [row] = await rows<{ id: string }>('select id from accounts.organisations where number = $1', [number]);
  return row?.id as string;
}

const dateFields = (name: string, date: Date) => ({
  [`${name}-day`]: String(date.getUTCDate()),
  [`${name}-month`]: String(date.getUTCMonth() + 1),
  [`${name}-year`]: String(date.getUTCFullYear()),
});
const inDays = (days: number) => new Date(clock.now().getTime() + days * 86_400_000);

describe('details and contacts', () => {
  const details = { telephone: '01632 960426', email: 'office@severnside.example', website: '', ukprn: '1999 0426' };

  it('change at once, and the history says who, when, what before and after', async () => {
    const changed = await coordinator2.post('/centres-hub/change-details', {
      ...details,
      website: 'severnside.example',
    });
    assert.equal(changed.status, 303, changed.text);
    assert.match((await coordinator2.get('/centres-hub')).text, /https:\/\/severnside\.example/);
    const history = (await coordinator2.get('/centres-hub/history')).text;
    assert.match(history, /Website[\s\S]*Nothing[\s\S]*https:\/\/severnside\.example[\s\S]*Gethin Morlais/);
    assert.doesNotMatch(history, /<th scope="row">Telephone/, 'what did not change is no change');
    assert.match(
      (await coordinator2.get('/centres-hub/history/export?q=website')).text,
      /Gethin Morlais,Website,,https/,
    );
    assert.match((await officer.get('/centres-hub/history?centre=04426')).text, /severnside\.example/);
    assert.equal((await coordinator.get('/centres-hub/history?centre=04426')).status, 404);
  });

  it('are refused with a sentence, and the typed words kept', async () => {
    const wrong = await coordinator2.post('/centres-hub/change-details', {
      ...details,
      ukprn: '20000426',
      website: 'javascript:x',
    });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /A UKPRN begins with 1/);
    assert.match(wrong.text, /Enter an address such as www/);
    assert.match(wrong.text, /value="20000426"/);
    const invigilator = await app.logIn('invigilator');
    assert.equal((await invigilator.post('/centres-hub/change-details', details)).status, 403);
  });

  it('the history cannot be changed by anybody who writes for a centre or the awarding body', async () => {
    const grants = await rows(
      `select 1 from information_schema.role_table_grants where table_schema = 'centres_hub' and table_name = 'profile_changes'
       and privilege_type in ('UPDATE', 'DELETE') and grantee not in (select rolname from pg_roles where rolsuper)
       and grantee <> (select pg_get_userbyid(relowner) from pg_class where oid = 'centres_hub.profile_changes'::regclass)`,
    );
    assert.deepEqual(grants, []);
  });

  it('a contact takes the place of another, the head of centre is none of them', async () => {
    const post = (kind: string, name: string) =>
      coordinator2.post(`/centres-hub/change-contact?function=${kind}`, { name, email: '', telephone: '' });
    assert.equal((await post('finance', 'Nerys Talbot')).status, 303);
    assert.equal((await post('finance', 'Ivo Crane')).status, 303);
    const page = (await coordinator2.get('/centres-hub')).text;
    assert.match(page, /Ivo Crane/);
    assert.doesNotMatch(page, /Nerys Talbot/);
    assert.match((await coordinator2.get('/centres-hub/history?what=Contact: finance')).text, /Nerys Talbot/);
    assert.equal((await post('head_of_centre', 'Anybody')).status, 404);
    assert.equal((await coordinator2.get('/centres-hub/change-contact?function=head_of_centre')).status, 404);
  });
});

describe('a change of weight', () => {
  const grant = (what: string, newWording: string, from: string) =>
    app.services.database.write(SYSTEM, async (writer) =>
      changeOfCentreDetails.apply(writer, {
        id: null as never,
        number: 'R-10001',
        centreId: await centreId('04426'),
        definition: null as never,
        answers: { what, newWording, from },
        outcome: 'granted',
      }),
    );
  const day = (days: number) => inDays(days).toISOString().slice(0, 10);

  it('is applied at once, or on its day', async () => {
    assert.match(await grant('address', 'The Slipway\nMudlark Way\nSevernside\nZZ8 2HX', day(0)), /has been changed/);
    assert.match((await coordinator2.get('/centres-hub')).text, /The Slipway<br>Mudlark Way<br>Severnside<br>ZZ8 2HX/);
    assert.match(await grant('name', 'Severnside Motor College', day(3)), /changes on/);
    assert.equal(await applyGrantedChanges(app.services), 0);
    assert.doesNotMatch((await coordinator2.get('/centres-hub')).text, /Severnside Motor College/);
    clock.advance(4 * 86_400_000);
    coordinator2 = await app.logIn('coordinator2');
    coordinator = await app.logIn('coordinator');
    officer = await app.logIn('officer');
    // The background work may have been quicker.
    await applyGrantedChanges(app.services);
    assert.match((await coordinator2.get('/centres-hub')).text, /<h1>Severnside Motor College/);
    assert.match((await coordinator2.get('/centres-hub/history')).text, /Severnside Vehicle Academy/);
    assert.equal(await applyGrantedChanges(app.services), 0, 'once');
  });

  it('is refused in a sentence when the wording cannot stand', async () => {
    await assert.rejects(grant('address', 'Nowhere', day(0)), /at least three lines/);
    await assert.rejects(grant('ukprn', '19990426', day(0)), /no part of the profile/);
  });
});

describe('documents', () => {
  const PDF = Buffer.from('%PDF-1.7 the policy');
  const send = (who: PlainBrowser, bytes: Buffer | null, fields: Record<string, string> = {}, query = '') => {
    const body = new FormData();
    const all = { submissionId: randomUUID(), kind: 'public_liability', reference: 'PL-1', ...fields };
    for (const [name, value] of Object.entries(all)) body.append(name, value);
    if (bytes) body.append('file', new Blob([new Uint8Array(bytes)]), 'policy.pdf');
    return who.postFiles(`/centres-hub/documents/add${query}`, body);
  };

  it('are kept as uploaded, replaced, and seen by their own centre alone', async () => {
    assert.match((await coordinator2.get('/centres-hub/documents')).text, /No documents yet/);
    const answer = await send(coordinator2, PDF, dateFields('expiresOn', inDays(30)));
    assert.equal(answer.status, 303, answer.text);
    const list = (await coordinator2.get('/centres-hub/documents')).text;
    assert.match(list, /Expires soon/);
    const id = /documents\/([0-9a-f-]{36})\/file/.exec(list)?.[1] as string;
    const file = await coordinator2.get(`/centres-hub/documents/${id}/file`);
    assert.equal(file.text, PDF.toString());
    assert.equal(file.headers.get('content-type'), 'application/pdf');
    assert.equal((await coordinator.get(`/centres-hub/documents/${id}/file`)).status, 404);
    assert.equal((await officer.get(`/centres-hub/documents/${id}/file?centre=04426`)).status, 200);
    const again = await send(
      coordinator2,
      PDF,
      { reference: 'PL-2', ...dateFields('expiresOn', inDays(400)) },
      `?replaces=${id}`,
    );
    assert.equal(again.status, 303, again.text);
    assert.equal((await coordinator2.get(`/centres-hub/documents/${id}/file`)).status, 404);
    assert.match((await coordinator2.get('/centres-hub/history')).text, /PL-1, until/);
  });

  it('are refused when they are missing, of a wrong kind, expired or too large', async () => {
    const missing = await send(coordinator2, null, { reference: '' });
    assert.equal(missing.status, 422);
    assert.match(missing.text, /Choose the file of the document/);
    assert.match(missing.text, /Enter the number of the policy/);
    assert.match((await send(coordinator2, Buffer.from('<html>'))).text, /neither a PDF nor a picture/);
    assert.match((await send(coordinator2, Buffer.concat([PDF, Buffer.alloc(6_000_000)]))).text, /larger than 5 MB/);
    const expired = await send(coordinator2, PDF, dateFields('expiresOn', inDays(-2)));
    assert.match(expired.text, /This has expired already/);
    assert.match(expired.text, /Choose the file again/);
  });

  it('remind the coordinator once for each of 90, 30 and 7 days, and need attention', async () => {
    assert.match((await coordinator.get('/needs-attention')).text, /Data protection policy has expired/);
    await remindOfDocuments(app.services);
    assert.equal(await remindOfDocuments(app.services), 0);
    const told = await rows<{ days: number; told: number }>(
      `select r.days_before as days, (select count(*)::int from platform.notifications n
         where n.kind = 'centres-hub.document-expires' and n.subject like 'Public liability%' and n.organisation_id = r.centre_id) as told
       from centres_hub.document_reminders r join centres_hub.documents d on d.id = r.document_id
       where r.centre_id = $1 and d.reference like 'Harrow Mutual PL%'`,
      [await centreId('04417')],
    );
    assert.equal(told.length, 1);
    assert.equal(told[0]?.days, 30);
    assert.ok((told[0]?.told ?? 0) > 0);
  });
});

it('the agreement is signed by typing the name of the head of centre, once for each version', async () => {
  const page = '/centres-hub/documents/agreement';
  const sign = async (who: PlainBrowser, signedName: string) => {
    const versionId = /name="versionId" value="([^"]+)"/.exec((await who.get(page)).text)?.[1] ?? '';
    return who.post(page, { versionId, signedName });
  };
  assert.match((await sign(coordinator2, 'Gethin Morlais')).text, /names no head of centre/);
  assert.match((await officer.get('/centres-hub/agreements?signed=no')).text, /04426/);
  assert.doesNotMatch((await officer.get('/centres-hub/agreements?signed=no')).text, /04417/);
  const published = await officer.post('/centres-hub/agreements/publish', {
    title: 'Centre agreement',
    words: 'A second version of the agreement, with other words than the first.',
    ...dateFields('signBy', inDays(60)),
  });
  assert.equal(published.status, 303, published.text);
  const late = await officer.post('/centres-hub/agreements/publish', {
    title: 'Centre agreement',
    words: 'Another second version of the agreement, written at the same time as the first.',
    ...dateFields('signBy', inDays(60)),
    seen: '1',
  });
  assert.equal(late.status, 422);
  assert.match(late.text, /Somebody has published a newer agreement meanwhile/);
  assert.match(late.text, /Another second version/);
  assert.match((await coordinator.get('/needs-attention')).text, /Centre agreement, version 2, is not signed/);
  const wrong = await sign(coordinator, 'Marguerite Holloway-Finch');
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /Type the name as the profile has it: Leontyne Marwood/);
  assert.equal((await sign(coordinator, ' leontyne  MARWOOD ')).status, 303);
  assert.equal((await sign(coordinator, 'Leontyne Marwood')).status, 422);
  assert.match((await officer.get('/centres-hub/agreements?signed=yes')).text, /04417/);
  assert.match((await coordinator.get(`${page}?version=1`)).text, /Signed by Leontyne Marwood/);
});

it('a room is checked for tests, and the newest check counts', async () => {
  const sites = (await coordinator2.get('/centres-hub/sites')).text;
  const path = /\/centres-hub\/sites\/[0-9a-f-]{36}\/rooms\/1\/check/.exec(sites)?.[0] as string;
  const room = /name="room" value="([^"]+)"/.exec((await coordinator2.get(path)).text)?.[1] as string;
  const check = (fields: Record<string, string>) =>
    coordinator2.post(path, { room, ...dateFields('checkedOn', inDays(0)), ...fields });
  assert.match((await check({ seats: '0', fit: 'yes' })).text, /at least one seat/);
  assert.match((await check({ seats: 'ten', fit: 'yes' })).text, /Enter the number of seats/);
  assert.equal((await check({ seats: '12', fit: 'yes' })).status, 303);
  assert.equal((await check({ seats: '12', fit: 'no', note: 'Building works' })).status, 303);
  const shown = (await coordinator2.get('/centres-hub/sites')).text;
  assert.match(shown, /12 seats, not fit for tests/);
  assert.match(shown, /Building works/);
  assert.equal((await coordinator.get(path)).status, 404);
  assert.equal((await check({ seats: '12', fit: 'yes', room: 'Another room' })).status, 404);
});
