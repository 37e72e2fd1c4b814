import { commonPartsOf } from './common-passwords.ts';

/** At least 12 characters, 15 and more advised, no rules of composition (NIST SP 800-63B-4); what everybody tries first is refused. */
const PASSWORD_LEAST = 12;
const PASSWORD_MOST = 200;

/** Words that lists of stolen passwords are full of, and those of this product. */
const WORDS = (
  'password passwort passw0rd passwd secret letmein welcome login admin administrator root test guest user changeme default ' +
  'qwertyuiop qwertyuio qwerty qwertz azerty asdfghjkl asdfgh zxcvbnm zxcvbn qazwsx 1q2w3e4r5t 1q2w3e4r 1q2w3e q1w2e3r4 1qaz2wsx ' +
  'iloveyou ilove love monkey dragon sunshine princess football baseball superman batman pokemon starwars master shadow ' +
  'michael jennifer jordan charlie liverpool arsenal chelsea manchester united london england summer winter spring autumn ' +
  'monday friday january december please thankyou hello freedom whatever trustno1 computer internet google facebook ' +
  'motor motors trade vehicle garage centre center candidate coordinator invigilator assessor imiconnect imi connect institute industry the of my is your'
)
  .split(' ')
  .sort((a, b) => b.length - a.length);

const LEET: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** What is wrong with a new password, as a sentence, or null. `known` are words that belong to the person: names, username, address. */
export function passwordProblem(password: string, known: readonly string[] = []): string | null {
  const plain = password.normalize('NFKC').toLowerCase();
  const length = [...password.normalize('NFC')].length;
  if (length < PASSWORD_LEAST) {
    return `Your password must have at least ${PASSWORD_LEAST} characters. Three or four unrelated words make a good one`;
  }
  if (length > PASSWORD_MOST) return `Your password must have at most ${PASSWORD_MOST} characters`;
  const own = known.flatMap((word) => word.toLowerCase().split(/[\s@.]+/)).filter((word) => word.length >= 3);
  if (own.some((word) => plain.includes(word)) && tooLittle(without(plain, own))) {
    return 'Your password must be more than your name, username or e-mail address. Add words that have nothing to do with you';
  }
  const core = withoutEnds(plain);
  const readings = [plain, unsigned(plain), unleet(core), unleet(withoutEnd(plain))].filter((text) => text !== '');
  if (readings.some((text) => tooLittle(withoutWords(text)) || isCommon(text))) {
    return 'That password is among the first that attackers try. Choose three or four unrelated words';
  }
  return null;
}

/** Without the numbers and signs that people put before and after a word. */
const withoutEnds = (text: string) => withoutEnd(text).replace(/^\P{L}+/u, '');

/** Without those after it alone: a sign before it may stand for its first letter. */
const withoutEnd = (text: string) => text.replace(/\P{L}+$/u, '');

/** Signs that stand for letters, with the numbers left as they are: some common passwords have numbers of their own. */
const unsigned = (text: string) => text.replace(/[@$]/g, (letter) => LEET[letter] as string);

const unleet = (text: string) => text.replace(/[013457@$!]/g, (letter) => LEET[letter] as string);

/** Whether it is an entry of the list of common passwords, alone or repeated, with too little beside it. */
const isCommon = (text: string) => commonPartsOf(text).some((part) => tooLittle(text.replaceAll(part, ' ')));

const withoutWords = (text: string) => without(text, WORDS);

function without(text: string, words: readonly string[]): string {
  let rest = text;
  for (const word of words) rest = rest.replaceAll(word, ' ');
  return rest;
}

/** Whether what is left beside known words has fewer than five characters that are not a run, a repetition or a year. */
function tooLittle(rest: string): boolean {
  const letters = rest
    .replace(/(?:19|20)\d\d/g, ' ')
    .replace(/(.+?)\1{2,}/gu, '$1')
    .replace(/[^\p{L}\p{N}]+/gu, '');
  let count = 0;
  let before = Number.NaN;
  for (const letter of letters) {
    const code = letter.codePointAt(0) as number;
    // A neighbour of the one before (a-b-c, 3-2-1, 1-1-1) adds nothing; 9-0 goes on like 8-9.
    const runs = Math.abs(code - before) <= 1 || (letter === '0' && before === 57);
    if (!runs) count++;
    before = code;
  }
  return count < 5;
}
