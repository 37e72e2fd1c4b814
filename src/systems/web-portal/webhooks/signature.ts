import { createHmac, randomBytes } from 'node:crypto';

const BEFORE = 'whsec_';

/** A secret as the Standard Webhooks specification writes it: 32 random bytes in base64. */
export const newSecret = (): string => `${BEFORE}${randomBytes(32).toString('base64')}`;

/** The headers of a delivery: its id, when it is sent (seconds), and HMAC-SHA-256 over id.timestamp.body. */
export function signedHeaders(
  secret: string,
  message: { readonly id: string; readonly at: Date; readonly body: string },
): Record<string, string> {
  const timestamp = Math.floor(message.at.getTime() / 1000);
  const key = Buffer.from(secret.slice(BEFORE.length), 'base64');
  const signature = createHmac('sha256', key).update(`${message.id}.${timestamp}.${message.body}`).digest('base64');
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };
}
