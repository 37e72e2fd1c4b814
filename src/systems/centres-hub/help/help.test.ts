import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { helpTasks } from '../../../../content/help/tasks.ts';
import { CAPABILITIES, type Capability } from '../../../platform/permissions/capabilities.ts';
import { filmProblem } from './add-video.ts';
import { filmType } from './film-type.ts';
import { shippedFiles } from './shipped.ts';
import { PIECE_BYTES } from './videos.ts';
import { checkVtt } from './webvtt.ts';

let app: TestApplication;
let coordinator: PlainBrowser;
let officer: PlainBrowser;
before(async () => {
  app = await startTestApplication();
  coordinator = await app.logIn('coordinator');
  officer = await app.logIn('officer');
});
after(() => app?.close());

const rows = <Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> =>
  asSuperuser(app.database.url, async (client) => (await client.query(query, values)).rows as Row[]);

/** The bytes at an address, asked for with these headers. */
async function bytesAt(browser: PlainBrowser, path: string, headers: Record<string, string> = {}) {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const answer = await fetch(new URL(path, app.url), { redirect: 'manual', headers: { cookie, ...headers } });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

describe('tasks', () => {
  it('name pages that exist, and that each of their roles may open', () => {
    const wrong: string[] = [];
    for (const { slug, roles, beginsAt, steps } of helpTasks)
      for (const page of [beginsAt, ...steps.map((step) => step.page)]) {
        const route = app.routeTable.find(({ method, url }) => method === 'GET' && url === page);
        if (!route) wrong.push(`${slug}: there is no page ${page}`);
        const allowed: readonly string[] = route ? CAPABILITIES[route.capability as Capability].roles : [];
        for (const role of roles) if (!allowed.includes(role)) wrong.push(`${slug}: ${role} may not open ${page}`);
      }
    assert.deepEqual(wrong, []);
  });

  it('are listed, and found by word, role and video', async () => {
    const titles = async (query: string, browser = coordinator) => {
      const { text } = await browser.get(`/centres-hub/help${query}`);
      return helpTasks.filter(({ slug }) => text.includes(`href="/centres-hub/help/${slug}`)).map(({ slug }) => slug);
    };
    assert.equal((await titles('')).length, helpTasks.length);
    assert.deepEqual(await titles('?q=rooms+site'), ['add-a-site']);
    assert.ok(!(await titles('?role=invigilator')).includes('add-a-user'));
    assert.ok((await titles('?role=invigilator')).includes('see-approvals'));
    const [withFilm, without] = [await titles('?video=with'), await titles('?video=without')];
    assert.ok(withFilm.includes('add-a-user') && withFilm.includes('see-approvals'), String(withFilm));
    assert.deepEqual([...withFilm, ...without].sort(), helpTasks.map(({ slug }) => slug).sort());
    assert.match((await coordinator.get('/centres-hub/help?q=zeppelin')).text, /No tasks match/);
    assert.equal((await titles('', officer)).length, helpTasks.length, 'without a centre chosen');
    assert.match(
      (await officer.get('/centres-hub/help/add-a-site?centre=04426')).text,
      /\/centres-hub\/sites\?centre=04426/,
    );
  });

  it('each have a page with steps and pictures of known size; another address leads nowhere', async () => {
    for (const { slug, steps } of helpTasks) {
      const { status, text } = await coordinator.get(`/centres-hub/help/${slug}`);
      assert.equal(status, 200, slug);
      const pictures = [...text.matchAll(/<img ([^>]*)>/g)].map(([, attributes = '']) => attributes);
      assert.equal(pictures.length, steps.filter(({ picture }) => picture).length, slug);
      for (const attributes of pictures) {
        assert.match(attributes, /width="\d+" height="\d+" alt="[^"]{40,}" loading="lazy"/);
        const [, src = ''] = /src="([^"]+)"/.exec(attributes) ?? [];
        const picture = await bytesAt(coordinator, src);
        assert.equal(picture.status, 200, src);
        assert.equal(picture.headers.get('cache-control'), 'private, max-age=31536000, immutable');
        assert.equal(picture.headers.get('content-type'), 'image/webp');
      }
    }
    assert.equal((await coordinator.get('/centres-hub/help/fly-to-the-moon')).status, 404);
    assert.equal((await coordinator.get('/centres-hub/help/fly-to-the-moon/captions')).status, 404);
    assert.equal((await coordinator.get('/centres-hub/help/files/add-user-button-0000000000.webp')).status, 404);
    assert.equal((await (await app.logIn('member')).get('/centres-hub/help/add-a-user')).status, 403);
    assert.match(
      (await (await app.logIn('invigilator')).get('/centres-hub/help/add-a-user')).text,
      /Your roles do not let you/,
    );
  });
});

describe('a recording', () => {
  it('is played with captions that are the words of the steps, and loads nothing before', async () => {
    const { text, headers } = await coordinator.get('/centres-hub/help/add-a-user');
    assert.match(text, /<video controls preload="none" poster="[^"]+" width="1024" height="640"/);
    assert.match(String(headers.get('content-security-policy')), /default-src 'none'.*media-src 'self'/);
    const captions = await coordinator.get('/centres-hub/help/add-a-user/captions');
    assert.equal(captions.headers.get('content-type'), 'text/vtt; charset=utf-8');
    const checked = checkVtt(captions.text);
    assert.ok('cues' in checked);
    const words = helpTasks.find(({ slug }) => slug === 'add-a-user')?.steps.map((step) => step.words) ?? [];
    assert.deepEqual(
      checked.cues.map((cue) => cue.words),
      words,
    );
    const transcript = /Transcript<\/summary>(.*?)<\/details>/s.exec(text)?.[1] ?? '';
    const said = [...transcript.matchAll(/<\/span> (.*?)<\/li>/g)].map(([, line = '']) =>
      line.replaceAll('&quot;', '"'),
    );
    assert.deepEqual(said, words);
  });

  it('is sent in the parts that are asked for', async () => {
    const [name, { content }] = [...shippedFiles()].find(([key]) => key.startsWith('add-a-user-')) ?? assert.fail();
    const path = `/centres-hub/help/files/${name}`;
    const whole = await bytesAt(coordinator, path);
    assert.deepEqual([whole.status, whole.headers.get('accept-ranges')], [200, 'bytes']);
    assert.ok(whole.bytes.equals(content));
    const part = await bytesAt(coordinator, path, { range: 'bytes=1000-1999' });
    assert.deepEqual([part.status, part.headers.get('content-range')], [206, `bytes 1000-1999/${content.length}`]);
    assert.ok(part.bytes.equals(content.subarray(1000, 2000)));
    const outside = await bytesAt(coordinator, path, { range: `bytes=${content.length}-` });
    assert.deepEqual([outside.status, outside.headers.get('content-range')], [416, `bytes */${content.length}`]);
    const other = await bytesAt(coordinator, path, { range: 'bytes=0-9', 'if-range': '"another"' });
    assert.deepEqual([other.status, other.bytes.length], [200, content.length]);
    const same = await bytesAt(coordinator, path, {
      range: 'bytes=0-9',
      'if-range': String(whole.headers.get('etag')),
    });
    assert.deepEqual([same.status, same.bytes.length], [206, 10]);
    assert.equal((await app.browser().get(path)).status, 303, 'nobody in particular is asked to log in');
  });
});

const CAPTIONS = 'WEBVTT\n\n00:00.000 --> 00:02.000\nOpen Sites.\n';
/** A film of this length, by its beginning. */
function filmOf(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at++) bytes[at] = (at * 31 + (at >> 8)) & 0xff;
  bytes.write('\x1aE\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm', 0, 'latin1');
  return bytes;
}
function form(fields: Record<string, string>, film?: Buffer, captionsFile?: string): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries({ submissionId: randomUUID(), ...fields })) data.append(name, value);
  data.append('film', new Blob(film ? [new Uint8Array(film)] : []), film ? 'film.webm' : '');
  if (captionsFile !== undefined) data.append('captionsFile', new Blob([captionsFile]), 'film.vtt');
  return data;
}
const idOf = async (title: string) =>
  (await rows<{ id: string }>('select id from centres_hub.help_videos where title = $1', [title]))[0]?.id as string;

describe('videos of the awarding body', () => {
  const LIST = '/centres-hub/help/videos';
  const fields = { task: 'add-a-site', title: 'Sites in pictures', captions: CAPTIONS, transcript: 'Open Sites.' };

  it('are added, seen by every centre, and sent in parts without reading the whole', async () => {
    const film = filmOf(PIECE_BYTES * 2 + 777);
    const data = form(fields, film);
    const answer = await officer.postFiles(`${LIST}/add`, data);
    assert.equal(answer.location, `${LIST}?done=added`, answer.text);
    assert.equal((await officer.postFiles(`${LIST}/add`, data)).location, `${LIST}?done=added`, 'sent twice');
    const id = await idOf(fields.title);
    const pieces = await rows<{ n: number }>(
      'select length(content) as n from centres_hub.help_video_pieces where video_id = $1 order by number',
      [id],
    );
    assert.deepEqual(
      pieces.map(({ n }) => n),
      [PIECE_BYTES, PIECE_BYTES, 777],
    );
    const other = await app.logIn('coordinator2');
    assert.match((await other.get('/centres-hub/help/add-a-site')).text, /Sites in pictures/);
    const path = `${LIST}/${id}/film`;
    const whole = await bytesAt(other, path);
    assert.ok(whole.bytes.equals(film));
    for (const [range, from, to] of [
      [`bytes=${PIECE_BYTES - 5}-${PIECE_BYTES + 4}`, PIECE_BYTES - 5, PIECE_BYTES + 5],
      ['bytes=-10', film.length - 10, film.length],
      [`bytes=${PIECE_BYTES}-${PIECE_BYTES}`, PIECE_BYTES, PIECE_BYTES + 1],
    ] as const) {
      const part = await bytesAt(other, path, { range });
      assert.equal(part.status, 206, range);
      assert.ok(part.bytes.equals(film.subarray(from, to)), range);
    }
    assert.equal((await other.get(`${LIST}/${id}/captions`)).text, fields.captions.trim());
  });

  it('are refused in a sentence, with nothing typed lost', async () => {
    const cases: [FormData, RegExp][] = [
      [form(fields), /Choose the file of the film/],
      [form(fields, Buffer.from('%PDF-1.7 not a film')), /not a WebM or MP4 film/],
      [form(fields, filmOf(20 * 1024 * 1024 + 1)), /larger than 20 MB/],
      [form({ ...fields, task: 'fly-to-the-moon' }, filmOf(100)), /Choose a task from the list/],
      [form(fields, filmOf(100), '1\n00:00:01,000 --> 00:00:02,000\nSubRip'), /first line of captions is WEBVTT/],
      [form({ ...fields, transcript: '' }, filmOf(100)), /Enter the transcript/],
    ];
    for (const [data, sentence] of cases) {
      const answer = await officer.postFiles(`${LIST}/add`, data);
      assert.equal(answer.status, 422, String(sentence));
      assert.match(answer.text, sentence);
      assert.match(answer.text, /value="Sites in pictures"/);
      assert.match(answer.text, /href="#film"/, 'the film is to be chosen again');
    }
    assert.equal((await rows('select 1 from centres_hub.help_videos where title = $1', [fields.title])).length, 1);
  });

  it('take captions from a file in place of those typed', async () => {
    const file = 'WEBVTT\n\n00:01.000 --> 00:03.000\nFrom the file\n';
    await officer.postFiles(`${LIST}/add`, form({ ...fields, title: 'From a file' }, filmOf(300), file));
    const captions = await coordinator.get(`${LIST}/${await idOf('From a file')}/captions`);
    assert.match(captions.text, /From the file/);
  });

  it('are replaced and removed with a reason, kept in the record, and then gone for everybody', async () => {
    const old = await idOf('From a file');
    assert.match((await officer.get(`${LIST}/${old}/replace`)).text, /From the file/);
    const without = await officer.postFiles(
      `${LIST}/${old}/replace`,
      form({ ...fields, title: 'Better' }, filmOf(400)),
    );
    assert.equal(without.status, 422);
    const replaced = form({ ...fields, title: 'Better', reason: 'The page has changed' }, filmOf(400));
    assert.equal((await officer.postFiles(`${LIST}/${old}/replace`, replaced)).location, `${LIST}?done=replaced`);
    assert.equal((await coordinator.get(`${LIST}/${old}/film`)).status, 404);
    const id = await idOf('Better');
    assert.equal((await officer.post(`${LIST}/${id}/remove`, { reason: '' })).status, 422);
    assert.equal((await officer.get(`${LIST}/${id}/remove`)).status, 200);
    const gone = await officer.post(`${LIST}/${id}/remove`, { reason: 'Not needed any more' });
    assert.equal(gone.location, `${LIST}?done=removed`);
    for (const address of ['film', 'captions', 'remove', 'replace'])
      assert.equal((await officer.get(`${LIST}/${id}/${address}`)).status, 404, address);
    const kinds = await rows<{ kind: string; subject_id: string }>(
      `select kind, subject_id from platform.audit_events where subject_id = any ($1) order by id`,
      [[old, id]],
    );
    assert.deepEqual(
      kinds.map(({ kind, subject_id: subject }) => [kind.replace('centres-hub.help-video-', ''), subject === id]),
      [
        ['added', false],
        ['removed', false],
        ['added', true],
        ['removed', true],
      ],
    );
    const list = await officer.get(`${LIST}?show=removed`);
    assert.match(list.text, /The page has changed/);
    assert.match((await officer.get(`${LIST}/export?show=all`)).text, /Better.*Not needed any more/);
    assert.match((await officer.get(`${LIST}?q=none-such`)).text, /No videos match/);
  });

  it('are the matter of officers and administrators of the awarding body alone', async () => {
    const id = await idOf(fields.title);
    for (const username of ['coordinator', 'quality']) {
      const person = await app.logIn(username);
      for (const path of [LIST, `${LIST}/add`, `${LIST}/${id}/replace`, `${LIST}/${id}/remove`])
        assert.equal((await person.get(path)).status, 403, `${username} ${path}`);
      assert.equal((await person.postFiles(`${LIST}/add`, form(fields, filmOf(100)))).status, 403);
    }
    assert.equal((await (await app.logIn('admin')).get(LIST)).status, 200);
  });

  it('appear as an empty list, with what to do, while there are none', async () => {
    await rows('update centres_hub.help_videos set removed_at = now(), removed_reason = $1 where removed_at is null', [
      'x',
    ]);
    await rows('delete from centres_hub.help_video_pieces');
    await rows('update centres_hub.help_videos set replaces_id = null');
    await rows('delete from centres_hub.help_videos');
    const { text } = await officer.get(LIST);
    assert.match(text, /No videos yet/);
    assert.match(text, /href="\/centres-hub\/help\/videos\/add"/);
  });
});

describe('the kind of a film', () => {
  it('is known by what is in it, whatever it is called', () => {
    const box = (brand: string) => Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\0\0`, 'latin1');
    for (const brand of ['isom', 'iso6', 'mp42', 'avc1', 'M4V '])
      assert.equal(filmType(box(brand)), 'video/mp4', brand);
    for (const brand of ['qt  ', 'heic', 'avif', 'M4A ']) assert.equal(filmType(box(brand)), null, brand);
    assert.equal(filmType(filmOf(64)), 'video/webm');
    for (const [name, { content, type }] of shippedFiles())
      assert.equal(filmType(content), type === 'video/webm' ? type : null, name);
    const matroska = Buffer.from('\x1aE\xdf\xa3\xa3\x42\x86\x81\x01\x42\x82\x88matroska', 'latin1');
    for (const other of [matroska, Buffer.alloc(0), Buffer.from('<html>webm')]) assert.equal(filmType(other), null);
    assert.equal(filmProblem({ mediaType: 'video/mp4', tooLarge: false }), null);
  });
});
