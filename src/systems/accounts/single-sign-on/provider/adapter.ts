import type { Adapter, AdapterPayload } from 'oidc-provider';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { hashToken } from '../../tokens/token.ts';
import { clientMetadata } from './client-metadata.ts';

/**
 * What the provider remembers, in the database for all processes alike. An identifier that opens something (a code, a
 * token) is stored as its hash alone; the payload goes without it. The log-in session is our own, so the provider's
 * `Session` is not kept at all.
 */
export function adapterFor(services: Services): (kind: string) => Adapter {
  return (kind) => {
    if (kind === 'Client') return { ...nothing, find: (id) => clientMetadata(services, id) };
    return kind === 'Session' ? nothing : stored(services, kind);
  };
}

const nothing: Adapter = {
  upsert: async () => undefined,
  find: async () => undefined,
  findByUserCode: async () => undefined,
  findByUid: async () => undefined,
  consume: async () => undefined,
  destroy: async () => undefined,
  revokeByGrantId: async () => undefined,
};

function stored({ database }: Services, kind: string): Adapter {
  return {
    ...nothing,
    upsert: (id, { jti: _, ...payload }, expiresIn = 0) =>
      database.write(SYSTEM, async ({ db, now }) => {
        const artefact = {
          grant_hash: payload.grantId ? hashToken(payload.grantId) : null,
          payload: JSON.stringify(payload),
          expires_at: new Date(now.getTime() + expiresIn * 1000),
        };
        await db
          .insertInto('accounts.client_artefacts')
          .values({ kind, id_hash: hashToken(id), ...artefact })
          .onConflict((conflict) => conflict.columns(['kind', 'id_hash']).doUpdateSet(artefact))
          .execute();
      }),
    find: (id) =>
      database.read(SYSTEM, async ({ db, now }) => {
        const row = await db
          .selectFrom('accounts.client_artefacts')
          .select(['payload', 'consumed_at'])
          .where('kind', '=', kind)
          .where('id_hash', '=', hashToken(id))
          .where('expires_at', '>', now)
          .executeTakeFirst();
        if (!row) return undefined;
        const payload: AdapterPayload = { ...(row.payload as AdapterPayload), jti: id };
        if (row.consumed_at) payload.consumed = Math.floor(row.consumed_at.getTime() / 1000);
        return payload;
      }),
    // Two exchanges of one code at the same moment: the second finds it taken, and what the first got is withdrawn.
    consume: async (id) => {
      const taken = await database.write(SYSTEM, ({ db, now }) =>
        db
          .updateTable('accounts.client_artefacts')
          .set({ consumed_at: now })
          .where('kind', '=', kind)
          .where('id_hash', '=', hashToken(id))
          .where('consumed_at', 'is', null)
          .returning('id_hash')
          .executeTakeFirst(),
      );
      if (!taken) throw new (await import('oidc-provider')).errors.InvalidGrant('authorization code already consumed');
    },
    destroy: (id) =>
      database.write(SYSTEM, async ({ db }) => {
        await db
          .deleteFrom('accounts.client_artefacts')
          .where('kind', '=', kind)
          .where('id_hash', '=', hashToken(id))
          .execute();
      }),
    revokeByGrantId: (grantId) =>
      database.write(SYSTEM, async ({ db }) => {
        await db
          .deleteFrom('accounts.client_artefacts')
          .where('kind', '=', kind)
          .where('grant_hash', '=', hashToken(grantId))
          .execute();
      }),
  };
}

/** Removes what has expired; nothing finds it any more. */
export async function sweepArtefacts({ database }: Services): Promise<void> {
  await database.write(SYSTEM, async ({ db, now }) => {
    await db.deleteFrom('accounts.client_artefacts').where('expires_at', '<=', now).execute();
  });
}
