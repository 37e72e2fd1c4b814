import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import { type Client, readClients } from './clients.ts';

export const params = z.object({ id: z.uuid() });

/** The client with this id; 404 when there is none. */
export async function oneClient(reader: Pick<Reader, 'rows'>, id: string): Promise<Client> {
  const [client] = await readClients(reader, id);
  if (!client) throw new NotFound();
  return client;
}
