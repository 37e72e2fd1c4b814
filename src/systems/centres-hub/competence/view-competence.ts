import { sql } from 'kysely';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { page, redirect } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { approvedProducts } from '../approvals/approvals.ts';
import { centreHandler, hubQuery } from '../hub-page/hub-page.ts';
import type { CompetenceView, Reminder, Right } from './competence-view.ts';
import { giveEvidence } from './evidence-file.ts';
import { isJudge } from './functions.ts';
import { standingFacts } from './read-standing.ts';
import { recordsOf } from './records.ts';
import { competenceStanding } from './standing.ts';
import { competencePage, DONE } from './view-page.ts';
import { whoParams, whoseCompetence } from './whose-competence.ts';

const query = hubQuery.extend({ done: z.enum(DONE).optional().catch(undefined) });

/** GET /centres-hub/competence/own: the page of whoever asks. */
export const ownCompetence = handler({}, async (context) =>
  redirect(`/centres-hub/competence/${context.person().personId}`),
);

/** GET /centres-hub/competence/:who */
export const viewCompetence = centreHandler({ params: whoParams, query }, async (context) => {
  const view = await context.read(async (reader): Promise<CompetenceView> => {
    const whose = await whoseCompetence(reader, context);
    const { hub, colleague } = whose;
    const facts = await standingFacts(reader, hub.centre.id, colleague);
    const products = await approvedProducts(reader, hub.centre.id);
    const today = dayInLondon(reader.now);
    const rights = facts.functions.flatMap((line): Right[] => {
      const fn = line.function;
      if (!isJudge(fn) && fn !== 'invigilator') return [];
      const { siteId } = line;
      return products
        .filter(({ productId }) => line.productId === null || line.productId === productId)
        .map(({ productId, title, code }) => ({
          line,
          productId,
          product: title,
          code,
          standing: competenceStanding(facts, { function: fn, productId, siteId, today }),
        }));
    });
    return {
      ...whose,
      rights,
      others: facts.functions.filter((line) => !isJudge(line.function) && line.function !== 'invigilator'),
      all: colleague.entryId === null ? [] : await recordsOf(reader, hub.centre.id, colleague.entryId),
      decisions: facts.decisions,
      reminders: colleague.entryId === null ? [] : await remindersOf(reader, hub.centre.id, colleague.entryId),
      today,
    };
  });
  return page(competencePage(await context.frame(), view, context.query.done));
});

/** GET /centres-hub/competence/:who/files/:fileId */
export const giveFile = centreHandler(
  { params: whoParams.extend({ fileId: z.uuid() }), query: hubQuery },
  async (context) =>
    context.read(async (reader) => {
      const { hub, colleague } = await whoseCompetence(reader, context);
      const staffMemberId = colleague.entryId ?? colleague.id;
      return giveEvidence(reader, hub.centre.id, context.params.fileId, { staffMemberId });
    }),
);

/** What was told of licences and approvals that run out, the newest first. */
function remindersOf(reader: Pick<Reader, 'rows'>, centreId: string, staffMemberId: string): Promise<Reminder[]> {
  return reader.rows(sql<Reminder>`
    select m.about, coalesce(r.title, p.title, '') as what, m.last_day as "lastDay", m.written_at as "writtenAt", m.days_before as "daysBefore"
    from centres_hub.competence_reminders m
    left join centres_hub.competence_records r on r.id = m.about_id
    left join centres_hub.competence_decisions d on d.id = m.about_id
    left join products.published_products p on p.id = d.product_id
    where m.centre_id = ${centreId} and m.staff_member_id = ${staffMemberId} and m.told
    order by m.written_at desc, m.days_before limit 20`);
}
