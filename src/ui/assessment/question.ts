/** Parts of the test seat: answer options, the map of questions, the ring of a result. */
import { type HtmlValue, html, type Safe, safeUrl } from '#platform/html/html.ts';
import { attributes, classes } from '../attributes.ts';
import { icon } from '../icons.ts';

export interface AnswerOption {
  value: string;
  label: HtmlValue;
  chosen?: boolean;
}

/** Options A, B, C ... as native radios, or checkboxes when several answers are right. */
export function answerOptions(options: {
  legend: string;
  name: string;
  multiple?: boolean;
  items: readonly AnswerOption[];
}): Safe {
  return html`<fieldset class="${classes('ao-opts', options.multiple && 'many')}"><legend class="govuk-visually-hidden">${options.legend}</legend>${options.items.map(
    (item, index) =>
      html`<label><input${attributes({
        type: options.multiple ? 'checkbox' : 'radio',
        name: options.name,
        value: item.value,
        checked: item.chosen,
      })}><span class="k">${String.fromCharCode(65 + index)}</span><span>${item.label}</span><span class="tick">${icon('check')}</span></label>`,
  )}</fieldset>`;
}

export interface MapEntry {
  href: string;
  answered: boolean;
  flagged?: boolean;
  current?: boolean;
}

/** What a reader hears after the number of an entry. */
export function mapWords(entry: Pick<MapEntry, 'answered' | 'flagged' | 'current'>): string {
  return `, ${entry.answered ? 'answered' : 'not answered'}${entry.flagged ? ', flagged' : ''}${entry.current ? ', current question' : ''}`;
}

/** Every question with its state: filled is answered, a dot is flagged, a ring is here. */
export function questionMap(entries: readonly MapEntry[]): Safe {
  return html`<ol class="ao-map">${entries.map(
    (entry, index) =>
      html`<li><a${attributes({
        href: safeUrl(entry.href),
        class: classes(entry.answered && 'done', entry.flagged && 'flag', entry.current && 'now') || null,
        'aria-current': entry.current && 'step',
      })}>${index + 1}<span class="govuk-visually-hidden">${mapWords(entry)}</span></a></li>`,
  )}</ol>`;
}

/** What the signs of the map mean. */
export function questionMapKey(): Safe {
  return html`<ul class="ao-key" aria-hidden="true"><li><i class="done"></i>Answered</li><li><i></i>Not yet</li><li><i class="flag"></i>Flagged</li><li><i class="now"></i>You are here</li></ul>`;
}

/** A score as a ring with a mark at the pass mark. All three are whole marks, `outOf` above 0. */
export function resultRing(options: { score: number; outOf: number; passMark: number }): Safe {
  const { score, outOf, passMark } = options;
  const percent = Math.round((score / outOf) * 100);
  const angle = Math.round((passMark / outOf) * 360);
  return html`<svg viewBox="0 0 200 200" role="img" aria-labelledby="result-ring"><title id="result-ring">${score} out of ${outOf}, ${percent} percent. The pass mark is ${passMark}</title><circle cx="100" cy="100" r="84" fill="none" class="ring" stroke-width="14"/><circle cx="100" cy="100" r="84" fill="none" class="${classes('ringv', score < passMark && 'below')}" stroke-width="14" stroke-linecap="round" pathLength="100" stroke-dasharray="${percent} 100" transform="rotate(-90 100 100)"/><path d="M100 6v28" transform="rotate(${angle} 100 100)" class="ringm" stroke-width="3"/><text x="100" y="106" text-anchor="middle" font-size="46" font-weight="650" class="ringt" letter-spacing="-1.5">${score}</text><text x="100" y="130" text-anchor="middle" font-size="15" class="rings">out of ${outOf}</text></svg>`;
}

export interface Topic {
  name: string;
  right: number;
  outOf: number;
  /** What to revise, or that nothing needs it. */
  advice: HtmlValue;
  tone?: 'ok' | 'warn';
}

/** How a candidate did, topic by topic. */
export function topicList(topics: readonly Topic[]): Safe {
  return html`<ul class="ao-topics">${topics.map(
    (topic) =>
      html`<li><div><h3>${topic.name}</h3><p class="muted m0">${topic.advice}</p></div><div class="ao-meter big"><progress class="${classes('ao-bar', topic.tone)}" value="${topic.right}" max="${topic.outOf}" aria-label="${topic.name}">${topic.right} of ${topic.outOf}</progress><span class="strong nw">${topic.right} of ${topic.outOf}</span></div></li>`,
  )}</ul>`;
}
