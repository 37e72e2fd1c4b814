/** A simulated attack on one account from many addresses, and its owner meanwhile (proof.md S6, T22). */
import { PlainBrowser } from './application.ts';

export interface Attack {
  readonly url: string;
  /** The names of the account that the attacker knows: guesses go to each in turn. */
  readonly names: readonly string[];
  readonly password: string;
  /** How many addresses take part, half of them IPv6 networks. */
  readonly addresses: number;
  readonly guessesEach: number;
}

export interface AttackFigures {
  readonly sent: number;
  /** Guesses that the server answered as a wrong password: no more than these can have been looked at. */
  readonly answeredAsWrong: number;
  /** Whether the right password, sent by the attacker after all guesses, was taken. */
  readonly attackerGotIn: boolean;
  /** Whether the owner logged in from the known device after all guesses, with the wait in milliseconds. */
  readonly ownerGotIn: boolean;
  readonly ownerMs: number;
}

/** The server must believe `x-forwarded-for` (TRUST_PROXY=loopback). */
export async function attackOneAccount(attack: Attack): Promise<AttackFigures> {
  const { url, names, password, addresses, guessesEach } = attack;
  const name = (turn: number) => names[turn % names.length] as string;
  const owner = new PlainBrowser(url);
  const home = { 'x-forwarded-for': '198.51.100.200' };
  const known = await owner.post('/login', { username: name(0), password }, home);
  if (known.status !== 303) throw new Error(`The owner could not log in before the attack: ${known.status}`);
  await owner.post('/logout', {}, home);

  const from = (index: number) => ({
    'x-forwarded-for': index % 2 ? `203.0.113.${index}` : `2001:db8:0:${index.toString(16)}::${index + 1}`,
  });
  const guess = async (index: number, username: string, tried: string) =>
    (await new PlainBrowser(url).post('/login', { username, password: tried }, from(index))).status;
  const statuses = (
    await Promise.all(
      Array.from({ length: addresses }, async (_, index) => {
        const own: number[] = [];
        for (let turn = 0; turn < guessesEach; turn++)
          own.push(await guess(index, name(index + turn), `Wrong guess ${index} ${turn}`));
        return own;
      }),
    )
  ).flat();
  const attackerStatuses = await Promise.all(names.map((username) => guess(addresses, username, password)));
  const began = performance.now();
  const back = await owner.post('/login', { username: name(0), password }, home);
  return {
    sent: statuses.length,
    answeredAsWrong: statuses.filter((status) => status === 422).length,
    attackerGotIn: attackerStatuses.includes(303),
    ownerGotIn: back.status === 303,
    ownerMs: performance.now() - began,
  };
}
