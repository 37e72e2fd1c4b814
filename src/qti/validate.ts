/** What makes an item fit to stand in a bank: checked at every door through which items come in. */
import { type Diagnostic, quote, wordList } from './diagnostics.ts';
import { type Item, MODEL_VERSION, pictureUses, textOfBlocks, textOfInline } from './model.ts';

/** Identifiers of items: letters, digits and . _ - / : up to 64 characters, beginning with a letter or digit. */
export const CODE_PATTERN = /^[\p{L}\p{N}][\p{L}\p{N}._\-/:]{0,63}$/u;

const MOST_CHOICES = 26;
const LONGEST_TEXT = 4_000;
const LONGEST_CHOICE = 1_000;
const LONGEST_ALT = 500;
const LONGEST_NAME = 200;

/**
 * Checks one item. No diagnostics: it is fit. Rules: 2 to 26 choices with different ids and different words (case
 * counts: kHz is not KHZ), a question text, a key that names declared choices and is possible to give (one for `choice`;
 * between the fewest and the most choices for `multiple`), a description for every picture.
 * @param file and line say in messages where the item came from.
 */
export function validateItem(item: Item, file = item.code, line?: number): Diagnostic[] {
  const found: Diagnostic[] = [];
  const say = (code: string, message: string, severity: Diagnostic['severity'] = 'error') =>
    found.push({ code, severity, message: `${file}: ${message}`, file, ...(line === undefined ? {} : { line }) });

  if (item.model !== MODEL_VERSION)
    say('model', `the item has model ${item.model}; this version reads ${MODEL_VERSION}.`);
  if (!CODE_PATTERN.test(item.code)) {
    say(
      'code',
      `the identifier ${quote(item.code)} needs 1 to 64 letters, digits or . _ - / : and begins with a letter or digit.`,
    );
  }
  for (const [name, value] of [
    ['title', item.title],
    ['group', item.group],
    ['topic', item.topic],
  ] as const) {
    if (value !== undefined && (value.trim() === '' || value.length > LONGEST_NAME)) {
      say(
        'name',
        `the ${name} has ${value.trim() === '' ? 'no text' : 'too many characters'}. Write 1 to ${LONGEST_NAME} characters.`,
      );
    }
  }
  const words = textOfBlocks([...item.stem, ...(item.prompt ?? [])]);
  if (
    ![...item.stem, ...(item.prompt ?? [])].some((each) => each.t === 'paragraph' && textOfInline(each.content) !== '')
  ) {
    say('no-question', 'there is no question text. Write the question.');
  }
  if (words.length > LONGEST_TEXT)
    say('too-long', `the question has more than ${LONGEST_TEXT} characters. Shorten it.`);
  if ((item.key.rationale?.length ?? 0) > LONGEST_TEXT) {
    say('too-long', `the rationale has more than ${LONGEST_TEXT} characters. Shorten it.`);
  }
  checkChoices(item, say);
  checkKey(item, say);
  checkPictures(item, say);
  return found;
}

type Say = (code: string, message: string, severity?: Diagnostic['severity']) => void;

function checkChoices(item: Item, say: Say): void {
  const { choices, kind } = item;
  if (choices.length < 2)
    say('too-few-choices', `there ${choices.length === 1 ? 'is 1 option' : 'are no options'}. Give at least 2.`);
  if (choices.length > MOST_CHOICES)
    say('too-many-choices', `there are ${choices.length} options. Give at most ${MOST_CHOICES}.`);
  const ids = new Set<string>();
  const texts = new Map<string, string>();
  for (const { id, content } of choices) {
    if (ids.has(id)) say('repeated-choice-id', `two options have the identifier ${quote(id)}. Give each its own.`);
    ids.add(id);
    const text = textOfInline(content);
    if (text === '') say('empty-choice', `option ${quote(id)} has no text. Write it or take the option out.`);
    if (text.length > LONGEST_CHOICE)
      say('too-long', `option ${quote(id)} has more than ${LONGEST_CHOICE} characters. Shorten it.`);
    // Compared as shown, not by words alone: 10<sup>2</sup> and 102 are different answers, as are two pictures.
    const shown = JSON.stringify(content).normalize('NFC').replace(/\s+/g, ' ');
    const twin = texts.get(shown);
    if (twin !== undefined)
      say('same-choice-twice', `options ${quote(twin)} and ${quote(id)} say the same. Change one of them.`);
    else texts.set(shown, id);
  }
  const most = item.maxChoices;
  if (kind === 'choice' && most !== 1)
    say('choice-limits', 'a question with one right answer allows exactly 1 choice.');
  if (!Number.isInteger(most) || most < 1 || most > Math.max(1, choices.length)) {
    say('choice-limits', `the most choices allowed is ${most}; it has to be between 1 and the number of options.`);
  }
  if (!Number.isInteger(item.minChoices) || item.minChoices < 0 || item.minChoices > most) {
    say(
      'choice-limits',
      `the fewest choices is ${item.minChoices}; it has to be between 0 and the most choices allowed.`,
    );
  }
}

function checkKey(item: Item, say: Say): void {
  const { correct } = item.key;
  const declared = item.choices.map((choice) => choice.id);
  if (correct.length === 0) {
    say('no-key', 'the item has no key. Say which option is right.');
    return;
  }
  const unknown = correct.filter((id) => !declared.includes(id));
  if (unknown.length > 0)
    say('key-unknown-choice', `the key names ${wordList(unknown.map(quote))}, which is not an option of this item.`);
  if (new Set(correct).size !== correct.length)
    say('key-repeats', 'the key names an option twice. Name each right option once.');
  if (item.kind === 'choice' && correct.length !== 1) {
    say(
      'key-count',
      `the key names ${correct.length} options but the question has one right answer. Name one, or make the kind "multiple".`,
    );
  }
  if (item.kind === 'multiple' && (correct.length > item.maxChoices || correct.length < item.minChoices)) {
    say(
      'key-count',
      `the key names ${correct.length} options but a candidate may choose ${item.minChoices} to ${item.maxChoices}, so nobody could answer rightly.`,
    );
  }
  if (item.kind === 'multiple' && unknown.length === 0 && correct.length === declared.length && declared.length > 1) {
    say('all-right', 'every option is right. Check that this is meant.', 'warning');
  }
}

function checkPictures(item: Item, say: Say): void {
  const used = pictureUses(item);
  for (const { name, alt } of used) {
    if (alt.trim() === '')
      say(
        'no-description',
        `picture ${quote(name)} has no description. Write what a person who cannot see it needs to answer.`,
      );
    if (alt.length > LONGEST_ALT)
      say('too-long', `the description of picture ${quote(name)} has more than ${LONGEST_ALT} characters. Shorten it.`);
  }
  const names = new Set(used.map((use) => use.name));
  const listed = item.pictures.map((picture) => picture.name);
  if (
    new Set(listed).size !== listed.length ||
    listed.length !== names.size ||
    listed.some((name) => !names.has(name))
  ) {
    say('picture-list', 'the list of pictures is not the list of the pictures used in the item.');
  }
}
