import { z } from 'zod';
import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import { type Answer, NotFound, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { may } from '#platform/permissions/principal.ts';
import { brand, card, crumbs, link, note, pageHead, prose, publicPage, staffPage } from '#ui';
import { governedBySection } from '../governed/governed.ts';
import { SECTIONS, type Section, sectionHref, sectionOf } from '../sections/sections.ts';

const params = z.object({ section: z.string().regex(/^\d{1,2}\.\d{1,2}$/) });
const NAME = 'Operating Manual';
const CONTENTS = '/operating-manual';

/** GET /operating-manual: the sections. */
export const showContents = handler({}, async (context): Promise<Answer> => {
  const sections = SECTIONS.map(
    ({ number, title, about }) =>
      html`<li><span class="code">${number}</span><div>${link(title, sectionHref(number))}<p class="muted">${about}</p></div></li>`,
  );
  return page(
    await manualPage(
      context,
      NAME,
      html`${pageHead({ title: NAME, lead: 'How to run an approved centre. Sections that govern a part of IMI Connect.' })}
<div class="stack">${notWritten()}${card({ label: 'Sections', flush: true }, html`<ul class="ao-found">${sections}</ul>`)}</div>`,
    ),
  );
});

/** GET /operating-manual/:section */
export const showSection = handler({ params }, async (context): Promise<Answer> => {
  const section = sectionOf(context.params.section);
  if (!section) throw new NotFound();
  return page(await manualPage(context, `${section.number} ${section.title}`, sectionBody(section)));
});

function sectionBody({ number, title, about, governs }: Section): Safe {
  const pages = governedBySection(number).filter(({ path }) => !path.includes(':'));
  return html`${crumbs([{ label: NAME, href: CONTENTS }, { label: `${number} ${title}` }])}
${pageHead({ title: `${number} ${title}`, lead: about })}
<div class="stack">${notWritten()}
${card({ title: 'What it will govern', id: 'governs' }, prose(html`<ul>${governs.map((one) => html`<li>${one}</li>`)}</ul>`))}
${
  pages.length > 0 &&
  card(
    { title: `Pages of ${brand.name} under this section`, id: 'pages' },
    // By name only: not everybody who reads the manual may open them all.
    prose(html`<ul>${pages.map(({ name }) => html`<li>${name}</li>`)}</ul>`),
  )
}
${card({ title: 'Who to ask', id: 'ask' }, prose(html`<p>In a centre, ask your centre coordinator first. Or ${askUs()}, and name the section: ${number}.</p><p>${link('General help', '/help')} answers what people ask most about logging in, PINs and test computers.</p>`))}
</div>`;
}

function notWritten(): Safe {
  return note(
    html`The text is not written here yet. Until it is, the manual that your centre holds applies; if you have none, ${askUs()}.`,
    { icon: 'book' },
  );
}

const askUs = (): Safe =>
  html`write to <a href="mailto:${brand.supportEmail}">${brand.supportEmail}</a> or call ${brand.supportPhone}`;

/** In the shell of whoever reads: staff keep their top bar, everybody else gets the public one. */
async function manualPage(context: Context, title: string, body: HtmlValue): Promise<Safe> {
  const frame = await context.frame();
  return may(context.principal, 'connect.centre')
    ? staffPage({ ...frame, title, system: { name: NAME } }, body)
    : publicPage({ ...frame, title }, html`<div class="wrap band">${body}</div>`);
}
