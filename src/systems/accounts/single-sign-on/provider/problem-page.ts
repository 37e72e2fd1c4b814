import type { ErrorOut } from 'oidc-provider';
import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import { card, codeText, linkButton, taskPage } from '#ui';

/** A supplier's site asked for something that cannot be: the person learns that it is not his or her doing, and what to do. */
export function problemPage(frame: Frame, problem: ErrorOut): Safe {
  return taskPage(
    { ...frame, title: 'You cannot go on from here', width: 'form', noIndex: true },
    html`<h1>You cannot go on from here</h1>
${card(
  { label: 'What happened' },
  html`<p>The other site sent you here with a request that cannot be answered. Nothing was passed on, and you have done nothing wrong.</p>
<p>Open the system from System Access again. If this page comes back, tell ${frame.shell.brand.supportEmail} this reference: ${codeText(problem.error)}.</p>
${linkButton('Open System Access', '/system-access', { icon: 'grid' })}`,
)}`,
  );
}
