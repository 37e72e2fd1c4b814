/** Pages that say what went wrong, what was not lost, and what to do. */
import { type HtmlValue, html, type Safe, safeUrl } from '#platform/html/html.ts';
import { codeText } from '../data/text.ts';
import { submitButton } from '../form/form.ts';
import { hiddenField } from '../form/inputs.ts';
import { type IconName, icon } from '../icons.ts';
import type { PageOptions } from '../shell/context.ts';
import { taskPage } from '../shell/public-page.ts';
import { staffPage } from '../shell/staff-page.ts';

type ErrorPageOptions = Omit<PageOptions, 'title'>;

/** A short page in the shell of whoever is reading it. */
function message(options: ErrorPageOptions, title: string, iconName: IconName, body: HtmlValue): Safe {
  const content = html`<section class="ao-card ao-message"><span class="ao-ico">${icon(iconName)}</span><div><h1>${title}</h1>${body}</div></section>`;
  const page = { ...options, title, noIndex: true };
  return options.shell.person && options.shell.organisation
    ? staffPage(page, content)
    : taskPage({ ...page, logIn: true }, content);
}

function wayBack(options: ErrorPageOptions): Safe {
  return html`<p><a class="ao-btn" href="${options.shell.person ? '/home' : '/'}">Go to ${options.shell.person ? 'your home page' : 'the home page'}</a></p>`;
}

function callUs(options: ErrorPageOptions): Safe {
  const { brand } = options.shell;
  return html`call ${brand.supportPhone} or write to <a href="mailto:${brand.supportEmail}">${brand.supportEmail}</a>`;
}

/** 404, also for things of another centre: they do not exist for this reader. */
export function notFoundPage(options: ErrorPageOptions): Safe {
  return message(
    options,
    'Page not found',
    'search',
    html`<p>There is nothing at this address. If you typed it, check it; if you followed a link, the thing may have moved or may belong to another centre.</p>${wayBack(options)}`,
  );
}

/** 403: which role is missing and who can give it, by name when the server knows them. */
export function forbiddenPage(
  options: ErrorPageOptions & { role: string; what?: string; givenBy?: readonly string[] },
): Safe {
  const names = options.givenBy ?? [];
  return message(
    options,
    'Your role does not include this',
    'lock',
    html`<p>${options.what ? `To ${options.what}, you` : 'You'} need the role <strong>${options.role}</strong>.</p><p>${
      names.length > 0
        ? `${names.join(' or ')} can add it in Centres Hub, under Users.`
        : 'Your Centre Coordinator can add it in Centres Hub, under Users.'
    }</p>${wayBack(options)}`,
  );
}

/** 409: the form was made while its person acted for another organisation. `back` shows it again with what was typed. */
export function otherOrganisationPage(
  options: ErrorPageOptions & { madeFor: { organisationId: string; name: string } | null; back: string },
): Safe {
  const { madeFor, shell } = options;
  const now = shell.acting?.current.value === 'self' ? 'yourself' : (shell.organisation?.name ?? 'yourself');
  if (!madeFor)
    return message(
      options,
      'We cannot tell for whom this form was made',
      'alert',
      html`<p>Nothing was saved. You act for ${now}. Open the form again, so that it says so, and send it once more.</p><p><a class="ao-btn" href="${safeUrl(options.back)}">Open the form again</a></p>`,
    );
  return message(
    options,
    `This form was made for ${madeFor.name}`,
    'alert',
    html`<p>Since you opened it you have switched: you act for <strong>${now}</strong> now. Nothing was saved, for either. What you typed is kept, passwords and PINs apart.</p>
<form method="post" action="/act-for" class="row">${hiddenField('organisationId', madeFor.organisationId)}${hiddenField('next', options.back)}${submitButton(
      `Act for ${madeFor.name} again and go on`,
    )}<a class="ao-btn quiet" href="/home">Stay with ${now}</a></form>`,
  );
}

/** 400, 413, 415: what came is no form that can be read, or too large. */
export function unreadablePage(options: ErrorPageOptions & { tooLarge?: boolean }): Safe {
  return options.tooLarge
    ? message(
        options,
        'What you sent is too large',
        'alert',
        html`<p>Nothing was saved. Go back, shorten what you typed or choose a smaller file, and send it again.</p>${wayBack(options)}`,
      )
    : message(
        options,
        'We could not read what was sent',
        'alert',
        html`<p>Part of it was missing or broken, and nothing was saved. Go back, load the page again, and send the form once more. If it happens again, ${callUs(options)}.</p>${wayBack(options)}`,
      );
}

/** 500: our fault, with the reference that finds it in the log. */
export function serverErrorPage(options: ErrorPageOptions & { reference: string }): Safe {
  return message(
    options,
    'Something went wrong on our side',
    'alert',
    html`<p>What you last saw confirmed as saved is safe. Go back and try again. If it happens again, ${callUs(options)} and give the reference ${codeText(options.reference)}.</p>${wayBack(options)}`,
  );
}

/** 503: not ready, or too busy. `retry` is the address to try again, null where a link would lose what was typed. */
export function unavailablePage(options: ErrorPageOptions & { retry?: string | null; reason?: HtmlValue }): Safe {
  return message(
    options,
    'The service is not available just now',
    'clock',
    html`<p>${options.reason ?? 'It should be back in a few minutes.'} What was confirmed as saved before is safe.</p>${options.retry !== null && html`<p><a class="ao-btn" href="${safeUrl(options.retry ?? options.shell.path)}">Try again</a></p>`}<p class="muted">If you need help now, ${callUs(options)}.</p>`,
  );
}

/** 429: too many tries. `wait` says how long in words: "15 minutes". */
export function tooManyTriesPage(options: ErrorPageOptions & { wait: string }): Safe {
  return message(
    options,
    'Too many tries',
    'clock',
    html`<p>Wait ${options.wait}, then try again. If you have forgotten your username or password, <a href="/forgotten">ask for a new one</a>.</p>${wayBack(options)}`,
  );
}

/** A system that this service names but does not open yet. */
export function notOpenYetPage(
  options: ErrorPageOptions & { name: string; text?: HtmlValue; meanwhile?: HtmlValue },
): Safe {
  return message(
    options,
    `${options.name} is not open yet`,
    'clock',
    html`<p>${options.text ?? `We are still building ${options.name}. It will open here, behind the same login.`}</p>${options.meanwhile && html`<p>${options.meanwhile}</p>`}${wayBack(options)}`,
  );
}
