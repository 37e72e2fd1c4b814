import assert from 'node:assert/strict';
import { createServer, type Server, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { readSettings } from '#platform/settings/settings.ts';
import { SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { mailServer } from './mail-server.ts';
import { hasMailbox } from './mailbox.ts';
import { backOffMinutes, MOST_ATTEMPTS, type OutgoingMail, sendMails } from './send-mails.ts';

let application: TestApplication;
const clock = new SetClock(new Date());
before(async () => {
  // Without the demonstration, whose background work writes mails of its own.
  application = await startTestApplication({ clock, demo: false });
});
after(() => application.close());

const writeMail = (subject: string, body = 'Hello') =>
  application.services.database.write(SYSTEM, (writer) =>
    writer.mail({ kind: 'platform.test', to: 'reader@public.example', subject, body }),
  );
const mail = async (subject: string) => {
  const rows = await application.services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('platform.mails').selectAll().where('subject', '=', subject).execute(),
  );
  return rows[0];
};

test('each mail is sent once, also by several processes at a time', async () => {
  for (let number = 1; number <= 6; number++) await writeMail(`Once ${number}`);
  const taken: OutgoingMail[] = [];
  const send = async (one: OutgoingMail) => {
    taken.push(one);
    await application.services.database.pool.query('select pg_sleep(0.005)');
  };
  const counts = await Promise.all([1, 2, 3].map(() => sendMails(application.services, send)));
  assert.equal(
    counts.reduce((sum, one) => sum + one, 0),
    6,
  );
  assert.deepEqual(
    taken.map(({ subject }) => subject).sort(),
    [1, 2, 3, 4, 5, 6].map((number) => `Once ${number}`),
  );
  assert.deepEqual((await mail('Once 1'))?.sent_at, clock.now());
  assert.equal(await sendMails(application.services, send), 0);
});

test('a mail that is not taken is tried again later and later, others go on', async () => {
  await writeMail('Refused');
  await writeMail('Taken');
  let tries = 0;
  const send = async ({ subject }: OutgoingMail) => {
    if (subject !== 'Refused') return;
    tries++;
    throw new Error('450 try later');
  };
  assert.equal(await sendMails(application.services, send), 1);
  assert.equal(await sendMails(application.services, send), 0);
  assert.equal(tries, 1);
  assert.equal((await mail('Refused'))?.last_error, '450 try later');
  clock.advance(60_000);
  await sendMails(application.services, send);
  clock.advance(60_000);
  await sendMails(application.services, send);
  assert.equal(tries, 2, 'after the second failure it waits two minutes');
  for (let more = 0; more < 30; more++) {
    clock.advance(360 * 60_000);
    await sendMails(application.services, send);
  }
  assert.equal(tries, MOST_ATTEMPTS);
  assert.equal((await mail('Refused'))?.sent_at, null);
  assert.deepEqual([1, 2, 3, 9, 10, 12].map(backOffMinutes), [1, 2, 4, 256, 360, 360]);
});

/** A mail server that speaks as much SMTP as it takes to receive. */
function receivingServer(received: string[]): Server {
  return createServer((socket: Socket) => {
    let text = '';
    let reading = false;
    socket.write('220 here\r\n');
    socket.on('data', (bytes) => {
      text += bytes.toString('utf8');
      if (reading) {
        if (!text.endsWith('\r\n.\r\n')) return;
        received.push(text);
        reading = false;
        socket.write('250 taken\r\n');
      } else if (/^DATA\r\n$/im.test(text)) {
        reading = true;
        socket.write('354 go on\r\n');
      } else if (/^QUIT/im.test(text)) socket.end('221 bye\r\n');
      else socket.write('250 ok\r\n');
      text = '';
    });
    socket.on('error', () => {});
  });
}

test('mail reaches the server of MAIL_URL, names and signs as they are', async () => {
  const received: string[] = [];
  const server = receivingServer(received);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  try {
    const send = await mailServer(`smtp://127.0.0.1:${port}`);
    await writeMail('Dŵr a thân\r\nBcc: everybody@public.example', 'Line one\n\nLine two');
    assert.equal(await sendMails(application.services, send), 1);
  } finally {
    server.close();
  }
  assert.equal(received.length, 1);
  const [head = '', ...body] = (received[0] as string).split('\r\n\r\n');
  assert.match(head, /^From: IMI Connect <support@imi-connect\.example>$/m);
  assert.match(head, /^To: reader@public\.example$/m);
  assert.match(head, /^Auto-Submitted: auto-generated$/m);
  assert.doesNotMatch(head, /^Bcc:/m);
  assert.match(body.join('\n'), /Line one/);
});

test('without MAIL_URL the mailbox of this machine shows mail, newest first, with links that work', async () => {
  const { publicUrl } = application.services.settings;
  await writeMail('Older');
  clock.advance(1000);
  await writeMail(
    'Newer',
    `Dear reader\n\nOpen this:\n\n${publicUrl}/set-up-account?token=abc\n\n<script>alert(1)</script>`,
  );
  const list = await application.browser().get('/dev/mailbox');
  assert.equal(list.status, 200);
  assert.ok(list.text.indexOf('Newer') < list.text.indexOf('Older'));
  const path = /href="(\/dev\/mailbox\/[0-9a-f-]+)">Newer</.exec(list.text)?.[1] as string;
  const single = await application.browser().get(path);
  assert.match(single.text, /<a href="\/set-up-account\?token=abc">/);
  assert.doesNotMatch(single.text, /<script>alert/);
  assert.equal((await application.browser().get('/dev/mailbox/0198c0de-0000-7000-8000-000000000000')).status, 404);
  assert.equal((await application.browser().get('/dev/mailbox/x')).status, 404);
});

test('the mailbox exists on this machine alone', async () => {
  const has = (env: Record<string, string>) => hasMailbox(readSettings(env, '/tmp'));
  assert.equal(has({}), true);
  assert.equal(has({ HOST: 'localhost', PORT: '0' }), true);
  assert.equal(has({ MAIL_URL: 'smtp://127.0.0.1:2525' }), false);
  assert.equal(has({ HOST: '0.0.0.0', TRUST_PROXY: '1' }), false);
  assert.equal(has({ TRUST_PROXY: '127.0.0.1' }), false);
  assert.equal(has({ PUBLIC_URL: 'https://connect.example.org' }), false);
  const sending = await startTestApplication({ env: { MAIL_URL: 'smtp://127.0.0.1:9' } });
  try {
    assert.equal((await sending.browser().get('/dev/mailbox')).status, 404);
  } finally {
    await sending.close();
  }
});
