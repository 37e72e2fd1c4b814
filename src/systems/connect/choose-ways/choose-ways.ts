import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { kindsFor, type NotificationKind, WAYS, type Way } from '#platform/notifications/notification-kinds.ts';
import { buttonRow, card, form, link, note, pageHead, submitButton, tag } from '#ui';
import { waysChosen } from '../audit.ts';
import { noticesPage, WAYS_PATH } from '../notices/notices-page.ts';

const WAY_WORDS: Record<Way, string> = {
  page: 'In the page',
  mail: 'By mail',
  both: 'Both',
  digest: 'One mail a day',
};

const query = z.object({ done: z.literal('saved').optional().catch(undefined) });
const fieldOf = (kind: NotificationKind) => `way.${kind.name}`;

/** The kinds a person can get by the roles held anywhere. */
const kindsOf = (context: Context<unknown, unknown>) =>
  kindsFor(context.person().organisations.flatMap(({ roles }) => roles));

/** GET /notifications/preferences */
export const showWays = handler({ query }, async (context): Promise<Answer> => {
  const chosen = await context.read((reader) => chosenWays(reader, context.person().personId));
  return page(await waysPage(context, chosen, context.query.done === 'saved'));
});

async function chosenWays(reader: Reader, personId: string): Promise<ReadonlyMap<string, Way>> {
  const rows = await reader.db
    .selectFrom('platform.notification_ways')
    .select(['kind', 'way'])
    .where('person_id', '=', personId)
    .execute();
  return new Map(rows.map(({ kind, way }) => [kind, way]));
}

/** POST /notifications/preferences: holds for what happens from now on. A kind without a choice stays as it was. */
export async function sendWays(context: Context): Promise<Answer> {
  const { personId } = context.person();
  const kinds = kindsOf(context).filter(({ security }) => !security);
  const schema = z.record(z.string(), z.unknown()).transform((fields) =>
    kinds.flatMap((kind) => {
      const way = WAYS.find((one) => one === fields[fieldOf(kind)]);
      return way ? [{ kind, way }] : [];
    }),
  );
  return submitForm(context, {
    schema,
    page: async () => waysPage(context, await context.read((reader) => chosenWays(reader, personId)), false),
    action: async (writer, ways) => {
      const before = await chosenWays(writer, personId);
      const changed = ways.filter(({ kind, way }) => way !== (before.get(kind.name) ?? kind.way));
      for (const { kind, way } of changed)
        await writer.db
          .insertInto('platform.notification_ways')
          .values({ person_id: personId, kind: kind.name, way, changed_at: writer.now })
          .onConflict((conflict) =>
            conflict.columns(['person_id', 'kind']).doUpdateSet({ way, changed_at: writer.now }),
          )
          .execute();
      if (changed.length > 0) {
        const payload = Object.fromEntries(changed.map(({ kind, way }) => [kind.name, way]));
        await writer.audit(waysChosen, { kind: 'person', id: personId }, { ways: payload });
      }
      return `${WAYS_PATH}?done=saved`;
    },
  });
}

function waysPage(context: Context<unknown, unknown>, chosen: ReadonlyMap<string, Way>, done: boolean): Promise<Safe> {
  const { email } = context.person();
  const kinds = kindsOf(context);
  const lead = email
    ? html`Mail goes to ${email}. "One mail a day" comes in the morning, and is in the page at once`
    : html`You have no e-mail address, so everything stays in the page. Add one in ${link('My details', '/my-details')}`;
  return noticesPage(
    context,
    { title: 'How notifications reach you' },
    html`${done && note('It holds for what happens from now on.', { tone: 'ok', title: 'Saved.', announce: true, class: 'mb' })}
${pageHead({ title: 'How notifications reach you', lead })}
${form(
  { action: WAYS_PATH, submissionId: crypto.randomUUID() },
  html`${card({ label: 'Your choices', flush: true }, waysTable(kinds, chosen))}${buttonRow(submitButton('Save'))}`,
)}`,
  );
}

function waysTable(kinds: readonly NotificationKind[], chosen: ReadonlyMap<string, Way>): Safe {
  return html`<div class="ao-tablewrap" tabindex="0" role="region" aria-label="What is told, and how"><table class="ao-table stack-s ao-ways"><caption class="govuk-visually-hidden">What is told, and how</caption>
<thead><tr><th scope="col">What happened</th>${WAYS.map((way) => html`<th scope="col" class="way">${WAY_WORDS[way]}</th>`)}</tr></thead>
<tbody>${kinds.map(
    (kind) =>
      html`<tr><th scope="row">${kind.description}</th>${kind.security ? fixed(kind) : WAYS.map((way) => cell(kind, way, chosen.get(kind.name) ?? kind.way))}</tr>`,
  )}</tbody></table></div>`;
}

const fixed = ({ way }: NotificationKind) =>
  html`<td class="full" colspan="${WAYS.length}">${tag(WAY_WORDS[way], undefined, 'shield')} <span class="muted">It is about security and cannot be switched off</span></td>`;

function cell(kind: NotificationKind, way: Way, current: Way): Safe {
  const checked = way === current && html` checked`;
  return html`<td class="way full"><label class="ao-way"><input type="radio" name="${fieldOf(kind)}" value="${way}" aria-label="${kind.description}: ${WAY_WORDS[way]}"${checked}><span class="show-s">${WAY_WORDS[way]}</span></label></td>`;
}
