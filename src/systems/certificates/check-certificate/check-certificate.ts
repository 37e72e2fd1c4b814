import { z } from 'zod';
import { type Answer, type FieldError, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { CHECK_CODE_LENGTH } from '../seal/seal.ts';
import { formatSerial, readSerial, SERIAL_LENGTH, type SerialReading } from '../serial/serial.ts';
import { lookUp, type Proof, type Verdict } from './look-up.ts';
import { type CheckPage, checkPage } from './page.ts';
import { checkFound, claimCheck } from './throttle.ts';

const text = (most: number) => z.string().trim().max(most).catch('');
const query = z.object({
  serial: z.string().trim().max(60).optional().catch(undefined),
  familyName: z.string().trim().max(100).optional().catch(undefined),
});
const paperParams = z.object({ serial: z.string().max(60) });
const paperQuery = z.object({ code: text(CHECK_CODE_LENGTH * 2) });

/** GET /verify: the form; with number and family name, the verdict. */
export const showCheck = handler({ query }, async (context): Promise<Answer> => {
  const { serial, familyName } = context.query;
  if (serial === undefined && familyName === undefined) return answer(context, {});
  const reading = readSerial(serial ?? '');
  const errors = errorsOf(reading, familyName ?? '');
  const typed = { serial: serial ?? '', familyName: familyName ?? '' };
  if (reading.kind !== 'serial' || errors.length > 0) return answer(context, { ...typed, errors }, 422);
  return check(
    context,
    reading.serial,
    { familyName: familyName ?? '' },
    { ...typed, serial: formatSerial(reading.serial) },
  );
});

/** GET /verify/:serial: from the printed square, whose code stands for the name; without it the name is asked. */
export const showCheckOfPaper = handler(
  { params: paperParams, query: paperQuery },
  async (context): Promise<Answer> => {
    const reading = readSerial(context.params.serial);
    if (reading.kind !== 'serial') {
      return answer(context, { serial: context.params.serial, errors: errorsOf(reading, null) }, 422);
    }
    const typed = { serial: formatSerial(reading.serial), familyName: '' };
    const { code } = context.query;
    if (code === '') return answer(context, { ...typed, fromPaper: true });
    return check(context, reading.serial, { code: code.toUpperCase() }, typed);
  },
);

async function check(
  context: Context,
  serial: string,
  proof: Proof,
  typed: { serial: string; familyName: string },
): Promise<Answer> {
  const { services, address } = context;
  const waitSeconds = await claimCheck(services, address);
  if (waitSeconds > 0) {
    const minutes = Math.ceil(waitSeconds / 60);
    const message = `There were many checks without a result from here. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, then check again`;
    return answer(context, { ...typed, errors: [{ field: 'serial', message }] }, 429);
  }
  const verdict = await context.read((reader) => lookUp(reader, services.keys.certificates, serial, proof));
  if (verdict.kind !== 'not_found') await checkFound(services, address);
  if (verdict.kind === 'unconfirmed')
    services.log.error(`certificate ${serial} does not prove genuine: its entry in the register was altered`);
  return answer(context, { ...typed, found: { verdict, serial } }, statusOf(verdict));
}

const statusOf = (verdict: Verdict): number => (verdict.kind === 'not_found' ? 404 : 200);

async function answer(context: Context, more: Partial<CheckPage>, status = 200): Promise<Answer> {
  const frame = await context.frame();
  return page(
    checkPage(frame, { serial: '', familyName: '', errors: [], found: null, now: context.now, ...more }),
    status,
  );
}

/** What is wrong with what was typed; a check symbol that does not fit is a typing error, and never "not found". */
function errorsOf(reading: SerialReading, familyName: string | null): FieldError[] {
  const errors: FieldError[] = [];
  if (reading.kind === 'empty') errors.push({ field: 'serial', message: 'Enter the certificate number' });
  if (reading.kind === 'shape') {
    errors.push({
      field: 'serial',
      message: `The certificate number has ${SERIAL_LENGTH} letters and digits, and ${reading.symbols} were read. Compare it with the certificate`,
    });
  }
  if (reading.kind === 'altered') {
    errors.push({
      field: 'serial',
      message: 'A letter or digit of the certificate number is not right. Compare it with the certificate',
    });
  }
  if (familyName === '')
    errors.push({ field: 'familyName', message: 'Enter the family name printed on the certificate' });
  return errors;
}
