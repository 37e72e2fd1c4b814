/** POST /sit: a candidate arrives at a seat with the own number and the session's code. */
import { sql } from 'kysely';
import { z } from 'zod';
import { principalOf } from '#accounts';
import { type Answer, page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { parseForm } from '#platform/http/forms.ts';
import { seatArrived } from '../audit.ts';
import { admissionPage } from '../player/seat-log-in-page.ts';
import { seatOf } from '../seat/seat.ts';
import { clearSeatCookie, hashSeatToken, newSeatToken, setSeatCookie } from '../seat/seat-cookie.ts';
import { seatSitting } from '../seat/seat-sitting.ts';
import { placeFor } from '../seat/show-state.ts';
import { readSessionCode } from '../session/code.ts';
import { claimTry, giveBack } from './throttle.ts';

const admissionForm = z.object({
  candidateNumber: z
    .string()
    .transform((typed) => typed.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{8}$/, 'Enter your candidate number: 8 digits')),
  code: z.string().transform((typed, refinement) => {
    const code = readSessionCode(typed);
    if (!code)
      refinement.addIssue({
        code: 'custom',
        message: 'Enter the session code your invigilator shows, for example K7P-482',
      });
    return code ?? '';
  }),
});

// One answer, whatever does not fit: number, code, session not open, booked elsewhere, seat taken already.
const NOT_FOUND =
  'This number and code do not lead to a seat. Check both, and ask your invigilator whether the session is open and your seat is free';

/** GET /sit: the form, or on to where the seat belongs. */
export async function showAdmission(context: Context): Promise<Answer> {
  if (context.principal.kind === 'seat') {
    try {
      const sitting = await seatSitting(context.services, seatOf(context.request));
      if (sitting.holdsLease) return redirect(placeFor(sitting.state, sitting.started));
    } catch {
      // Forgotten or gone: the seat is free for the next candidate.
    }
  }
  return page(admissionPage(await context.frame(), { candidateNumber: '', code: '', errors: [] }));
}

/** POST /sit */
export async function admitCandidate(context: Context): Promise<Answer> {
  const { services, fields } = context;
  const again = async (status: number, errors: { field: string; message: string }[]) =>
    page(
      admissionPage(await context.frame(), {
        candidateNumber: String(fields.candidateNumber ?? ''),
        code: String(fields.code ?? ''),
        errors,
      }),
      status,
    );
  const parsed = parseForm(admissionForm, fields);
  if (!parsed.ok) return again(422, [...parsed.errors]);
  // At these addresses the person's cookie is not looked at, so it is looked at here.
  if ((await principalOf(services, context.request)).kind === 'person')
    return again(403, [
      {
        field: '',
        message:
          'Somebody is logged in to IMI Connect in this browser. Log out there first: a test is begun by the candidate alone',
      },
    ]);
  const guess = { code: parsed.value.code, address: context.address };
  const wait = await claimTry(services, guess);
  if (wait > 0)
    return again(429, [
      {
        field: 'code',
        message: `There were too many tries. Wait ${wait <= 60 ? 'a minute' : `${Math.ceil(wait / 60)} minutes`}, then try again`,
      },
    ]);
  const token = newSeatToken();
  const admitted = await admit(context, parsed.value, token);
  if (!admitted) return again(422, [{ field: 'candidateNumber', message: NOT_FOUND }]);
  await giveBack(services, guess);
  setSeatCookie(services.settings, context.reply, token);
  return redirect(admitted);
}

async function admit(
  context: Context,
  { candidateNumber, code }: z.infer<typeof admissionForm>,
  token: string,
): Promise<string | null> {
  return context.services.database.write(
    { kind: 'system' },
    async (writer) => {
      const [sitting] = await writer.rows(sql<{
        id: string;
        centre_id: string;
        state: 'booked' | 'checked_in' | 'running' | 'paused';
        seat: number;
      }>`
        select s.id, s.centre_id, s.state, s.seat
        from online_assessments.sessions n
        join online_assessments.sittings s on s.session_id = n.id
        join web_portal.published_candidates c on c.id = s.candidate_id and c.centre_id = s.centre_id
          and (c.candidate_number = ${candidateNumber} or c.id = (select f.candidate_id from web_portal.published_former_candidates f where f.candidate_number = ${candidateNumber}))
        where n.code = ${code} and n.state = 'open' and s.state in ('booked', 'checked_in', 'running', 'paused')
          -- Until the identity is confirmed the candidate may change to another machine; then only the invigilator releases the seat.
          and (s.state = 'booked' or s.seat_token_hash is null)
        order by s.booked_at limit 1
        for update of s`);
      if (!sitting) return null;
      await writer.rows(sql`update online_assessments.sittings
        set seat_token_hash = ${hashSeatToken(token)}, arrived_at = coalesce(arrived_at, ${writer.now}), seen_at = ${writer.now} where id = ${sitting.id}`);
      await writer.audit(
        seatArrived,
        { kind: 'sitting', id: sitting.id },
        { seat: sitting.seat, address: context.address },
        sitting.centre_id,
      );
      // A sitting that runs already needs the new device's key before its paper: the waiting page asks for the start again.
      return '/sit/waiting';
    },
    { requestId: context.requestId },
  );
}

/** POST /sit/leave: the candidate is done at this machine; the browser forgets the seat. */
export async function leaveSeat(context: Context): Promise<Answer> {
  clearSeatCookie(context.services.settings, context.reply);
  return redirect('/sit');
}
