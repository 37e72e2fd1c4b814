/** The warning two minutes before a log-in session ends. An island opens it; without script a form that is sent late is kept. */
import { html, type Safe } from '#platform/html/html.ts';
import { icon } from '../icons.ts';
import type { ShellContext } from './context.ts';

/** Closed until `session-end.js` opens it; also what it says when the session has ended. */
export function sessionEndDialog({ sessionEnd }: ShellContext): Safe | null {
  if (!sessionEnd) return null;
  return html`
<dialog class="ao-dialog ao-session" id="session-end" aria-labelledby="session-end-heading" data-seconds-left="${sessionEnd.secondsLeft}">
<header><div><h2 id="session-end-heading">You will be logged out soon</h2></div></header>
<div class="body"><p role="timer" data-session-words>Your log-in session ends soon.</p>
<form method="post" action="/log-in-session" class="row" data-stay><button class="ao-btn" type="submit">Stay logged in</button><button class="ao-btn quiet" type="button" data-session-close>Back to the page</button></form></div>
</dialog>
<div class="ao-session-over" data-session-over role="alert"></div>
<template data-session-over-words><div class="ao-note warn">${icon('lock')}<div class="grow"><span class="strong">You have been logged out.</span> What you typed is still on this page. <a href="/login" target="_blank">Log in again in a new tab</a>, then come back and go on here.</div></div></template>`;
}
