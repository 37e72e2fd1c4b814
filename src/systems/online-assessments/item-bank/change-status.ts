import { z } from 'zod';
import type { Context } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { type Handler, handler } from '#platform/http/routes.ts';
import { forbiddenPage } from '#ui';
import { itemStatusChanged } from '../audit.ts';
import { bankPath } from './list-items.ts';
import { bankAndItem, itemParams } from './view-item.ts';

type Params = z.infer<typeof itemParams>;

/** POST .../retire: the question is drawn no more; papers that hold it keep it. */
export const retireItem = changeTo('retired');
/** POST .../restore */
export const restoreItem = changeTo('live');

function changeTo(status: 'live' | 'retired'): Handler<Params> {
  return handler({ params: itemParams }, (context) =>
    submitForm(context as Context, {
      schema: z.unknown(),
      // The form has no fields, so nothing of it can be refused.
      page: async () => forbiddenPage({ ...(await context.frame()), role: 'Item author' }),
      action: async (writer) => {
        const { bank, item } = await bankAndItem(writer, context.params);
        const path = `${bankPath(bank.code)}/items/${item.id}`;
        const changed = await writer.db
          .updateTable('online_assessments.items')
          .set({ status })
          .where('id', '=', item.id)
          .where('status', '<>', status)
          .returning('id')
          .executeTakeFirst();
        if (!changed) return path;
        await writer.audit(
          itemStatusChanged,
          { kind: 'item', id: item.id },
          { code: item.code, from: item.status, to: status },
          null,
        );
        return path;
      },
    }),
  );
}
