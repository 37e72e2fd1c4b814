import type { Jobs } from '../jobs/jobs.ts';
import type { Services } from '../services.ts';
import { brand } from '../settings/brand.ts';
import { type Send, sendMails } from './send-mails.ts';

const LOOK_SECONDS = 5;
const PATIENCE_MS = 30_000;

/** Sends written mail through MAIL_URL; without one it stays in the database (see `mailbox.ts`). */
export function startSendingMail(services: Services, jobs: Jobs): void {
  const { mailUrl } = services.settings;
  if (!mailUrl) return;
  const send = mailServer(mailUrl);
  jobs.every('send mail', LOOK_SECONDS, async () => {
    await sendMails(services, await send);
  });
}

/** Hands mails to the server of this address. */
export async function mailServer(url: string): Promise<Send> {
  // Read only where mail is sent: it costs memory.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport(
    { url, connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS },
    {
      from: { name: brand.name, address: brand.supportEmail },
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    },
  );
  return async ({ id, to, subject, text }) => {
    // The same id at every try, so that a mail which arrives twice is seen as one.
    await transport.sendMail({ to, subject, text, messageId: `<${id}@${brand.supportEmail.split('@')[1]}>` });
  };
}
