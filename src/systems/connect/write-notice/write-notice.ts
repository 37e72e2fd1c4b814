import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader, Writer } from '#platform/database/database.ts';
import { type Answer, NotFound, page, Refused, redirect } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { allProducts, productById } from '#products';
import { changeDraft, draftCorrection, draftNotice } from '../notices/move-notice.ts';
import { draftOf, type NoticeContent, noticeById, publishedOf } from '../notices/notice-records.ts';
import { WRITTEN_PATH } from '../notices/notices-page.ts';
import { emptyForm, formOf, noticeForm } from './notice-form.ts';
import { type NoticeFormPage, noticeFormPage } from './page.ts';

const params = z.object({ id: z.uuid() });

type Form = Omit<NoticeFormPage, 'products'>;
type AnyContext = Context<unknown, unknown>;

const show = async (context: AnyContext, form: Form, values: FormValues): Promise<Answer> => {
  const products = await context.read((reader) => allProducts(reader));
  return page(await noticeFormPage(context, { ...form, products }, { ...values, ...(await context.keptFields()) }, []));
};

const submit = (
  context: AnyContext,
  form: Form,
  save: (writer: Writer, content: NoticeContent) => Promise<string>,
): Promise<Answer> =>
  submitForm(context as Context, {
    schema: noticeForm(form.correcting),
    page: async (values, errors) => {
      const products = await context.read((reader) => allProducts(reader));
      return noticeFormPage(context, { ...form, products }, values, errors);
    },
    action: async (writer, content) => {
      if (content.productId && !(await productById(writer, content.productId)))
        throw new Refused([{ field: 'productId', message: 'Choose the product from the list' }]);
      return `${WRITTEN_PATH}/${await save(writer, content)}`;
    },
  });

const NEW: Form = { title: 'Write a notice', action: `${WRITTEN_PATH}/new`, cancel: WRITTEN_PATH, correcting: false };

/** GET /notices/written/new */
export const showWrite = (context: Context): Promise<Answer> => show(context, NEW, emptyForm(dayInLondon(context.now)));

/** POST /notices/written/new */
export const sendWrite = (context: Context): Promise<Answer> => submit(context, NEW, draftNotice);

/** The draft that can be changed, or what a correction begins with; null where there is none. */
async function toChange(reader: Reader, id: string, what: 'change' | 'correct') {
  const notice = await noticeById(reader, id);
  if (!notice) throw new NotFound();
  return what === 'change' ? draftOf(notice) : notice.state === 'published' && !draftOf(notice) && publishedOf(notice);
}

const changeForm = (id: string, correcting: boolean): Form => ({
  title: correcting ? 'Change the correction' : 'Change the notice',
  action: `${WRITTEN_PATH}/${id}/change`,
  cancel: `${WRITTEN_PATH}/${id}`,
  correcting,
});

/** GET /notices/written/:id/change */
export const showChange = handler({ params }, async (context): Promise<Answer> => {
  const { id } = context.params;
  const draft = await context.read((reader) => toChange(reader, id, 'change'));
  return draft ? show(context, changeForm(id, draft.version > 1), formOf(draft)) : redirect(`${WRITTEN_PATH}/${id}`);
});

/** POST /notices/written/:id/change */
export const sendChange = handler({ params }, async (context): Promise<Answer> => {
  const { id } = context.params;
  const draft = await context.read((reader) => toChange(reader, id, 'change'));
  return submit(context, changeForm(id, draft ? draft.version > 1 : false), async (writer, content) => {
    await changeDraft(writer, id, content);
    return id;
  });
});

const correctForm = (id: string): Form => ({
  title: 'Correct the notice',
  action: `${WRITTEN_PATH}/${id}/correct`,
  cancel: `${WRITTEN_PATH}/${id}`,
  correcting: true,
});

/** GET /notices/written/:id/correct: what was published stays; this becomes the next version. */
export const showCorrect = handler({ params }, async (context): Promise<Answer> => {
  const { id } = context.params;
  const version = await context.read((reader) => toChange(reader, id, 'correct'));
  if (!version) return redirect(`${WRITTEN_PATH}/${id}`);
  return show(context, correctForm(id), formOf({ ...version, correction: null, renewed: false }));
});

/** POST /notices/written/:id/correct */
export const sendCorrect = handler({ params }, async (context): Promise<Answer> => {
  const { id } = context.params;
  return submit(context, correctForm(id), async (writer, content) => {
    await draftCorrection(writer, id, content);
    return id;
  });
});
