/** What an applicant is mailed. Nothing that a visitor typed stands in a mail; officers' words do. */
import type { Services } from '#platform/services.ts';
import { brand } from '#platform/settings/brand.ts';

interface MailText {
  readonly subject: string;
  readonly body: string;
}

const end = `Questions? Call ${brand.supportPhone} or write to ${brand.supportEmail}.`;

const applicationLink = ({ settings }: Services, token: string) =>
  `${settings.publicUrl}/become-a-centre/application?token=${token}`;

export function confirmMail({ settings }: Services, token: string): MailText {
  return {
    subject: 'Confirm your interest in becoming a centre',
    body: `Somebody gave this address and asked ${brand.awardingBody} about becoming an approved centre.

If that was you, confirm it here within 7 days:
${settings.publicUrl}/become-a-centre/confirm?token=${token}

If it was not you, do nothing: we keep nothing of it and write to you no more.

${end}`,
  };
}

export function invitedMail(services: Services, reference: string, token: string): MailText {
  return {
    subject: `Apply to become a centre (${reference})`,
    body: `We would like to read your application to become an approved centre.

Fill it in here. You can save it and come back as often as you like, for 60 days:
${applicationLink(services, token)}

The link is yours alone. With a free account of this e-mail address you can also log in and go to
${services.settings.publicUrl}/become-a-centre/application

${end}`,
  };
}

export function returnedMail(services: Services, reference: string, words: string, token: string): MailText {
  return {
    subject: `A question about your application (${reference})`,
    body: `We have looked at your application and need something more from you:

${words}

Change your application here and send it again. What you wrote is still there:
${applicationLink(services, token)}

${end}`,
  };
}

export function agreementMail(services: Services, reference: string, token: string): MailText {
  return {
    subject: `Your agreement is ready to be signed (${reference})`,
    body: `The decision on your application is good. The head of centre now signs the agreement, by typing the name:
${applicationLink(services, token)}

The conditions, if there are any, stand on the same page, each with its day.

${end}`,
  };
}

export function refusedMail(reference: string, words: string): MailText {
  return {
    subject: `Your application to become a centre (${reference})`,
    body: `We have decided not to approve your organisation as a centre. The reasons:

${words}

You can appeal. Write to ${brand.supportEmail} within 20 working days, give the number ${reference}, and say why you think the decision is wrong. Somebody who took no part in it looks at your application again.

${end}`,
  };
}

export function approvedMail(reference: string, centreNumber: string): MailText {
  return {
    subject: `You are an approved centre (${reference})`,
    body: `Your organisation is an approved centre from today. Its centre number is ${centreNumber}.

Your centre coordinator gets a mail of its own with a link to set up the account and the PIN. Ask for approval of each product in Centres Hub; once it is granted, you can register candidates for it at once.

${end}`,
  };
}
