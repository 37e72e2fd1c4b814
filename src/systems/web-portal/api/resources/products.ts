import { z } from 'zod';
import { approvedProducts } from '#centres-hub';
import { reads } from '../requests/operation.ts';
import { productList } from './schemas.ts';

export const listProducts = reads({
  id: 'listProducts',
  path: '/products',
  summary: 'Products of the centre',
  description:
    'The products the centre is approved for, with whether candidates can be registered for them today, by title.',
  scope: 'products:read',
  params: z.object({}),
  query: z.strictObject({
    open: z.enum(['true', 'false'], 'Send true or false').optional().describe('Only those that are open today, or not'),
  }),
  answer: productList,
  read: async (reader, { centreId, query }) => {
    const items = (await approvedProducts(reader, centreId)).map((one) => ({
      id: one.productId,
      code: one.code,
      title: one.title,
      qualificationNumber: one.qualificationNumber,
      level: one.level,
      open: one.mayRegister.allowed,
      whyNot: one.mayRegister.allowed ? null : one.mayRegister.why,
      lastRegistrationOn: one.lastRegistrationOn,
    }));
    const wanted = items.filter(({ open }) => query.open === undefined || String(open) === query.open);
    return { items: wanted.sort((a, b) => a.title.localeCompare(b.title, 'en')) };
  },
});
