import { html } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { linkButton, taskPage } from '#ui';

/** GET /forgotten: says that it comes next, and what helps meanwhile. */
export async function forgotten(context: Context): Promise<Answer> {
  const frame = await context.frame();
  const { brand } = frame.shell;
  const title = 'Forgotten username or password';
  return page(
    taskPage(
      { ...frame, title, width: 'form' },
      html`<h1>${title}</h1>
<section class="ao-card"><p>Asking for a new password by e-mail comes next; it is not open yet.</p>
<p>Until then:</p>
<ul><li>Centre staff: ask your centre coordinator, who can see in Centres Hub which e-mail address your account has.</li>
<li>Everybody: call ${brand.supportPhone} or write to <a href="mailto:${brand.supportEmail}">${brand.supportEmail}</a>. We will never ask for your password or PIN.</li></ul>
<p>${linkButton('Back to Login', '/login', { look: 'quiet' })}</p></section>`,
    ),
  );
}

/** GET /create-account: says that it comes next, and what helps meanwhile. */
export async function createAccount(context: Context): Promise<Answer> {
  const frame = await context.frame();
  const { brand } = frame.shell;
  return page(
    taskPage(
      { ...frame, title: 'Create a free account', width: 'form' },
      html`<h1>Create a FREE account</h1>
<section class="ao-card"><p>Free accounts for everybody come next; they are not open yet.</p>
<ul><li>Centre staff do not need one: your centre coordinator makes you a user in Centres Hub, and you get a link by e-mail.</li>
<li>Candidates: your centre registers you. You can check a certificate without an account.</li>
<li>You want to become a centre: write to <a href="mailto:${brand.supportEmail}">${brand.supportEmail}</a>.</li></ul>
<p class="row">${linkButton('Back to Login', '/login', { look: 'quiet' })}${linkButton('Check a certificate', '/verify', { look: 'quiet' })}</p></section>`,
    ),
  );
}
