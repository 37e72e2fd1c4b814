import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, NotFound, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { type ItemContent, type ItemKey, letterOf, textOfInline } from '#qti';
import { card, crumbs, formatDateTime, link, note, pageHead, postButton, summaryList, tag, trail } from '#ui';
import { assessmentsPage } from '../assessments-page/assessments-page.ts';
import { type Bank, bankByCode } from './banks.ts';
import { type ItemFacts, itemOfBank, keyForAuthors, shownVersion, type VersionFacts, versionsOfItem } from './item.ts';
import { bankPath, KIND_WORDS } from './list-items.ts';
import { previewOf } from './preview.ts';

export const itemParams = z.object({ bank: z.string().max(20), item: z.uuid() });
const query = z.object({ version: z.coerce.number().int().min(1).optional().catch(undefined) });

/** GET /online-assessments/item-bank/:bank/items/:item: as the candidate sees it, and clearly apart its key. */
export const viewItem = handler({ params: itemParams, query }, async (context): Promise<Answer> => {
  const found = await context.read(async (reader) => {
    const bank = await bankByCode(reader, context.params.bank);
    const item = bank && (await itemOfBank(reader, bank.id, context.params.item));
    if (!item) throw new NotFound();
    const versions = await versionsOfItem(reader, item.id);
    const wanted = context.query.version;
    const version = versions.find((each) => (wanted ? each.version === wanted : each.id === item.currentVersionId));
    if (!version) throw new NotFound();
    return { bank, item, versions, version, shown: await shownVersion(reader, version.id) };
  });
  const { bank, item, version, versions, shown } = found;
  const key = await keyForAuthors(context.services, version.id);
  const current = version.id === item.currentVersionId;
  const path = `${bankPath(bank.code)}/items/${item.id}`;
  const body = html`${crumbs([
    { label: 'Item bank', href: '/online-assessments/item-bank' },
    { label: bank.code, href: bankPath(bank.code) },
    { label: item.code },
  ])}${pageHead({
    title: item.code,
    lead: html`${bank.title}, version ${version.version} ${item.status === 'live' ? tag('Live', 'ok') : tag('Retired')}`,
    actions: postButton(item.status === 'live' ? 'Retire' : 'Take back into use', {
      action: `${path}/${item.status === 'live' ? 'retire' : 'restore'}`,
      look: 'quiet',
      submissionId: crypto.randomUUID(),
    }),
  })}
${!current && note(html`This is an earlier version. ${link('See the current one', path)}`, { icon: 'clock' })}
<div class="split wide">
${card(
  {
    title: 'What the candidate sees',
    id: 'candidate',
    aside: html`<span class="muted small">Options are shuffled for each candidate</span>`,
  },
  previewOf({ bank: bank.code, ...shown }),
)}
<div class="stack">${keyCard(shown.content, key)}${factsCard(item, shown.content)}${versionsCard(bank, path, versions, version)}</div>
</div>`;
  return page(await assessmentsPage(context as Context, { title: item.code }, body));
});

function keyCard(content: ItemContent, key: ItemKey): Safe {
  const right = content.choices.flatMap((choice, index) =>
    key.correct.includes(choice.id)
      ? html`<p class="m0"><span class="strong">${letterOf(index)}</span> ${textOfInline(choice.content)}</p>`
      : [],
  );
  return card(
    { title: 'Key', id: 'key', tint: true, aside: tag('Confidential', 'warn', 'lock') },
    html`${right}${key.rationale && html`<p class="strong m0 mt">Why</p><p>${key.rationale}</p>`}<p class="muted small m0">Stored apart from the question. Candidates and centres never see it.</p>`,
  );
}

function factsCard(item: ItemFacts, content: ItemContent): Safe {
  return card(
    { title: 'Where it stands', id: 'facts' },
    summaryList([
      ['Group', item.group || 'None: no form draws it'],
      ['Topic', item.topic],
      ['Kind', KIND_WORDS[content.kind]],
      content.pictures.length > 0 && ['Pictures', String(content.pictures.length)],
    ]),
  );
}

function versionsCard(bank: Bank, path: string, versions: readonly VersionFacts[], shown: VersionFacts): Safe {
  return card(
    { title: 'Versions', id: 'versions' },
    trail(
      versions.map((each) => ({
        when: html`${formatDateTime(each.createdAt)}${each.by && html`, ${each.by}`}`,
        what: html`${
          each.id === shown.id
            ? html`<span class="strong">Version ${each.version}</span>`
            : link(`Version ${each.version}`, `${path}?version=${each.version}`)
        }${each.fileName && html` from ${link(each.fileName, `${bankPath(bank.code)}/imports/${each.importId}`)}`}`,
      })),
    ),
  );
}

/** The bank and question of an address, or a 404. */
export async function bankAndItem(
  reader: Parameters<typeof bankByCode>[0] & Parameters<typeof itemOfBank>[0],
  params: z.infer<typeof itemParams>,
): Promise<{ bank: Bank; item: ItemFacts }> {
  const bank = await bankByCode(reader, params.bank);
  const item = bank && (await itemOfBank(reader, bank.id, params.item));
  if (!bank || !item) throw new NotFound();
  return { bank, item };
}
