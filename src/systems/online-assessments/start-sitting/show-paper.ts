/** GET /sit/paper: all that the seat needs, and never a key. */
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { type Answer, json } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type ItemContent, redactForCandidate, renderCandidateItem } from '#qti';
import { loadItemContents, picturesOfVersions } from '../item-bank/load-items.ts';
import type { Paper as WirePaper } from '../protocol/wire.ts';
import { MAX_EVENTS } from '../save-answer/read-request.ts';
import { noticeOf } from '../seat/notice.ts';
import { seatOf } from '../seat/seat.ts';
import { readSeatSitting, type SeatSitting } from '../seat/seat-sitting.ts';
import { seatClock } from '../sitting/seat-clock.ts';
import type { Paper } from './paper.ts';

const PULSE_MS = 5_000;
const OFFLINE_BANNER_MS = 5_000;

export async function showPaper(context: Context): Promise<Answer> {
  const seat = seatOf(context.request);
  const { services } = context;
  const answer = await services.database.read(SYSTEM, async (reader) => {
    const sitting = await readSeatSitting(reader, seat);
    if (!sitting.holdsLease) return json({ verdict: 'lease_lost' }, 409);
    if (sitting.state !== 'running' && sitting.state !== 'paused') return json({ verdict: 'not_admitted' }, 403);
    const notice = await noticeOf(services, seat, sitting.state);
    const paper: WirePaper = {
      sittingId: sitting.id,
      epoch: sitting.epoch,
      title: sitting.test,
      candidateName: sitting.candidateName,
      candidateNumber: sitting.candidateNumber,
      centreName: sitting.centreName,
      questions: await questionsOf(reader, sitting),
      reckoning: sitting.reckoning,
      clock: seatClock(sitting.state, sitting.time, reader.now, notice),
      held: await heldOf(reader, sitting),
      receiptKeys: services.keys.receipts.publicJwks().keys.map(({ kid, kty, crv, x, y }) => ({ kid, kty, crv, x, y })),
      settings: { offlineBannerMs: OFFLINE_BANNER_MS, pulseMs: PULSE_MS, eventsPerRequest: MAX_EVENTS },
    };
    return json(paper);
  });
  return answer;
}

/** The stored paper of a sitting. */
export async function paperOf(reader: Reader, sittingId: string): Promise<Paper> {
  const row = await reader.db
    .selectFrom('online_assessments.sitting_papers')
    .select('paper')
    .where('sitting_id', '=', sittingId)
    .executeTakeFirstOrThrow();
  return row.paper as unknown as Paper;
}

async function questionsOf(reader: Reader, sitting: SeatSitting): Promise<WirePaper['questions']> {
  const { questions } = await paperOf(reader, sitting.id);
  const ids = questions.map(({ itemVersionId }) => itemVersionId);
  const contents = await loadItemContents(reader, ids);
  const pictures = await picturesOfVersions(reader, ids);
  return questions.map(({ itemVersionId, order, most }, index) => {
    const content = contents.get(itemVersionId) as ItemContent;
    const own = pictures.get(itemVersionId);
    const sizes = new Map([...(own?.values() ?? [])].map((picture) => [picture.sha256, picture]));
    const view = redactForCandidate(content, order, (name) => own?.get(name)?.sha256 ?? 'missing');
    const html = renderCandidateItem(view, {
      pictureUrl: (sha256) => `/sit/pictures/${sha256}`,
      pictureSize: (sha256) => sizes.get(sha256),
      position: { number: index + 1, of: questions.length },
    });
    return { number: index + 1, kind: view.kind, most, html: html.text };
  });
}

/** What the ledger holds: the last answer and flag of each question. */
async function heldOf(reader: Reader, sitting: SeatSitting): Promise<WirePaper['held']> {
  const rows = await reader.rows(sql<{ kind: 'answer' | 'flag'; item: number; value: string }>`
    select distinct on (kind, item) kind, item, value from online_assessments.answers
    where sitting_id = ${sitting.id} and kind in ('answer', 'flag') order by kind, item, seq desc`);
  return {
    lastSeq: sitting.lastSeq,
    head: sitting.head.toString('base64url'),
    answers: rows.filter(({ kind }) => kind === 'answer').map(({ item, value }) => ({ item, value })),
    flags: rows.filter(({ kind, value }) => kind === 'flag' && value === '1').map(({ item }) => item),
  };
}
