/** The question on screen, the map beside it and the review. Draws what it is told; decides nothing. */
import type { Paper } from '../../systems/online-assessments/protocol/wire.ts';
import type { AnswerSheet } from './answers.ts';
import { drawing, make, part, say } from './page.ts';
import type { Pictures } from './pictures.ts';
import { unansweredWords } from './wording.ts';

type Question = Paper['questions'][number];

export interface QuestionEvents {
  /** The candidate chose; letters as they stand now. */
  readonly answer: (item: number, letters: readonly string[]) => void;
  readonly go: (item: number) => void;
}

/** What is shown of one answer: nothing, or one of the three states. */
export type AnswerState = '' | 'On this device' | 'Saved' | 'Handed in';

export class QuestionView {
  readonly #paper: Paper;
  readonly #pictures: Pictures;
  readonly #events: QuestionEvents;
  readonly #links: HTMLAnchorElement[] = [];
  readonly #rows: HTMLTableCellElement[][] = [];
  #current = 0;

  constructor(paper: Paper, pictures: Pictures, events: QuestionEvents) {
    this.#paper = paper;
    this.#pictures = pictures;
    this.#events = events;
    part('[data-map]').replaceChildren(
      ...paper.questions.map((question) => make('li', {}, this.#link(question.number))),
    );
    part('[data-review]').replaceChildren(...paper.questions.map((question) => this.#row(question.number)));
  }

  get current(): number {
    return this.#current;
  }

  #link(number: number): HTMLAnchorElement {
    const link = make(
      'a',
      { href: `#question-${number}` },
      String(number),
      make('span', { class: 'govuk-visually-hidden' }),
    );
    this.#leads(link, number);
    this.#links.push(link);
    return link;
  }

  #row(number: number): HTMLTableRowElement {
    const link = make('a', { href: `#question-${number}` }, `Question ${number}`);
    this.#leads(link, number);
    const cells = [make('td', { 'data-l': 'Answer' }), make('td', { class: 'st' })];
    this.#rows.push(cells);
    return make('tr', {}, make('th', { scope: 'row', class: 'nw' }, link), ...cells);
  }

  #leads(link: HTMLAnchorElement, number: number): void {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      this.#events.go(number);
    });
  }

  /** Draws a question with what was chosen. `focus`: the heading takes the focus, because the candidate moved. */
  draw(number: number, value: string, focus: boolean): void {
    const question = this.#paper.questions[number - 1];
    if (!question) return;
    this.#current = number;
    const content = this.#content(question);
    const chosen = new Set(value.split(','));
    for (const input of content.querySelectorAll('input')) {
      input.checked = chosen.has(input.value);
      input.autocomplete = 'off';
      input.addEventListener('change', () => this.#chose(question, input));
    }
    part('[data-question]').replaceChildren(content);
    const last = number === this.#paper.questions.length;
    part('[data-go=back]').setAttribute('aria-disabled', String(number === 1));
    say(part('[data-next-words]'), last ? 'Review and finish' : 'Next');
    document.title = `Question ${number} of ${this.#paper.questions.length} - ${this.#paper.title}`;
    if (focus) {
      scrollTo(0, 0);
      part('[data-question] h1').focus({ preventScroll: true });
    }
  }

  /** The question as nodes. Made inert first, so that pictures come from the journal and not from the network. */
  #content(question: Question): DocumentFragment {
    const template = document.createElement('template');
    template.innerHTML = question.html;
    template.content.querySelector('h1')?.setAttribute('tabindex', '-1');
    for (const image of template.content.querySelectorAll('img')) {
      const source = image.getAttribute('src') ?? '';
      image.removeAttribute('src');
      image.draggable = false;
      void this.#fill(image, source);
    }
    return template.content;
  }

  async #fill(image: HTMLImageElement, source: string): Promise<void> {
    const url = await this.#pictures.url(source);
    if (url) {
      image.src = url;
      return;
    }
    const missing = make(
      'p',
      { class: 'muted', role: 'status' },
      'This picture could not be fetched. It appears when the connection is back.',
    );
    image.before(missing);
    const again = setInterval(async () => {
      const later = image.isConnected ? await this.#pictures.url(source) : '';
      if (later === null) return;
      clearInterval(again);
      if (later) image.src = later;
      missing.remove();
    }, 3000);
  }

  #chose(question: Question, input: HTMLInputElement): void {
    const letters = [...part('[data-question]').querySelectorAll('input')]
      .filter((each) => each.checked)
      .map(({ value }) => value);
    if (letters.length > question.most) {
      input.checked = false;
      say(part('[data-spoken]'), `Choose no more than ${question.most} answers. Take one away first.`);
      say(part('[data-kept]'), `Choose no more than ${question.most} answers. Take one away first.`);
      return;
    }
    this.#events.answer(question.number, letters);
  }

  /** Brings map, counts, flag, review and the line under the options up to date. */
  update(sheet: AnswerSheet, stateOf: (item: number) => AnswerState): void {
    const { questions } = this.#paper;
    questions.forEach(({ number }, index) => {
      const { value, flagged } = sheet.of(number);
      const here = number === this.#current;
      const answered = value !== '';
      const link = this.#links[index] as HTMLAnchorElement;
      link.className = [answered && 'done', flagged && 'flag', here && 'now'].filter(Boolean).join(' ');
      if (here) link.setAttribute('aria-current', 'step');
      else link.removeAttribute('aria-current');
      say(
        link.lastChild as HTMLElement,
        `, ${answered ? 'answered' : 'not answered'}${flagged ? ', flagged' : ''}${here ? ', current question' : ''}`,
      );
      const [answer, state] = this.#rows[index] as [HTMLTableCellElement, HTMLTableCellElement];
      const words = answered ? 'Answered' : 'Not answered';
      const shown = `${words}${flagged}${stateOf(number)}`;
      if (answer.dataset.shown === shown) return;
      answer.dataset.shown = shown;
      const flag = make('span', { class: 'ao-tag warn' }, drawing('flag'), 'Flagged');
      answer.replaceChildren(
        answered ? words : make('span', { class: 'strong' }, words),
        ' ',
        ...(flagged ? [flag] : []),
      );
      state.replaceChildren(stateOf(number));
    });
    const { answered, flagged } = sheet;
    say(part('[data-counts]'), `${answered} answered${flagged ? `, ${flagged} flagged` : ''}`);
    for (const name of ['[data-review-counts]', '[data-hand-in-counts]']) {
      say(part(name), unansweredWords(questions.length, answered, flagged));
    }
    if (this.#current === 0) return;
    part('[data-flag]').setAttribute('aria-pressed', String(sheet.of(this.#current).flagged));
    const state = sheet.of(this.#current).value === '' ? '' : stateOf(this.#current);
    const line = part('[data-kept]');
    if (line.dataset.state === state && line.textContent !== '') return;
    line.dataset.state = state;
    line.replaceChildren(
      ...(state
        ? [drawing(state === 'On this device' ? 'monitor' : 'check'), `This answer: ${state.toLowerCase()}`]
        : []),
    );
  }
}
