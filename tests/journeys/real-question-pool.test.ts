/**
 * Real input: the 409 questions of a licensing examination, which nobody here wrote. Imported through the page, made
 * into the form "one from each of 35 groups, pass at 26", and sat in a browser with its drawings.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { bookCandidateFor } from '#test/book-candidate.ts';
import { checkPage, launchBrowser } from '#test/browser.ts';
import { importFile, makeBank, makeForm, publishInPlaceOf } from '#test/item-bank.ts';
import { type QuestionPool, questionPoolFolder, readQuestionPool } from '#test/question-pool.ts';

const folder = questionPoolFolder();
const skip = folder ? false : 'the question pool is not there: set FIXTURES_DIR to the folder that holds question-pool';

/** Questions answered wrongly on purpose: 30 of 35 are right. */
const WRONG = new Set([3, 9, 17, 24, 33]);

describe('a real question pool', { skip, concurrency: false }, () => {
  let app: TestApplication;
  let author: PlainBrowser;
  let reviewer: PlainBrowser;
  let pool: QuestionPool;
  let formPath = '';

  before(async () => {
    pool = await readQuestionPool(folder as string);
    app = await startTestApplication();
    author = await app.logIn('author');
    reviewer = await app.logIn('reviewer');
  });
  after(() => app.close());

  it('has 409 questions in 35 groups', () => {
    assert.equal(pool.questions.length, 409);
    assert.equal(pool.groups.length, 35);
    assert.ok(pool.withPicture > 0);
  });

  it('is imported whole by the author, and a second time changes nothing', async () => {
    await makeBank(author, 'POOL', 'Technician question pool');
    const start = performance.now();
    const answer = await importFile(author, 'POOL', { name: 'question-pool.zip', bytes: pool.zip });
    const took = performance.now() - start;
    assert.equal(answer.status, 303, answer.text.slice(0, 3000));
    assert.ok(took < 5_000, `the import took ${Math.round(took)} ms`);
    const { text } = await author.get(answer.location ?? '');
    assert.match(text, /409 questions added, 0 changed, 0 the same/);
    const again = await importFile(author, 'POOL', { name: 'question-pool.zip', bytes: pool.zip });
    assert.match(
      (await author.get(again.location ?? '')).text,
      /All 409 questions of the file were in the bank already/,
    );
    const list = (await author.get('/online-assessments/item-bank/POOL')).text;
    assert.match(list, /409 questions in 35 groups/);
    assert.match(list, /1 to 50 of 409/);
    const pictured = (await author.get('/online-assessments/item-bank/POOL?picture=with')).text;
    assert.match(pictured, new RegExp(`All <b>${pool.withPicture}</b>`));
    for (const { question } of pool.questions.slice(0, 50))
      assert.ok(!list.includes(question), 'lists show no question');
  });

  it('leaves in group T6C the questions with drawings, so that every paper has one', async () => {
    const path = '/online-assessments/item-bank/POOL?group=T6C&picture=without&status=live';
    for (const id of itemsIn((await author.get(path)).text)) {
      const answer = await author.post(`/online-assessments/item-bank/POOL/items/${id}/retire`);
      assert.equal(answer.status, 303);
    }
    assert.deepEqual(itemsIn((await author.get(path)).text), []);
    assert.ok(itemsIn((await author.get(path.replace('without', 'with'))).text).length > 0);
  });

  it('becomes the form "one from each of 35 groups, pass at 26", written by the author and published by the reviewer', async () => {
    const wanted = {
      bank: 'POOL',
      code: 'TECH-35',
      title: 'Technician examination',
      unit: 'ARH-1',
      each: 1,
      minutes: 60,
    };
    const refused = await makeForm(author, { ...wanted, passMark: 36 });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /The form has 35 questions\. Enter a pass mark of at most 35/);
    const made = await makeForm(author, { ...wanted, passMark: 26 });
    assert.equal(made.status, 303, made.text.slice(0, 2000));
    formPath = made.location ?? '';
    const shown = (await author.get(formPath)).text;
    assert.match(shown, /35 questions of a paper/);
    assert.match(shown, /26 of 35/);
    for (const group of pool.groups) assert.match(shown, new RegExp(`>${group}<`));

    assert.equal((await author.post(`${formPath}/publish`)).status, 403, 'authors do not publish');
    const occupied = await reviewer.post(`${formPath}/publish`);
    assert.equal(occupied.status, 422);
    assert.match(occupied.text, /Form ARH-1 is published for the same unit\. Withdraw it first/);
    await publishInPlaceOf(reviewer, 'Automotive Refrigerant Handling', formPath);
    const published = (await author.get(formPath)).text;
    assert.match(published, />Published</);
    assert.equal((await author.get(`${formPath}/change`)).location, formPath, 'a published form is not changed');
    const change = await author.post(`${formPath}/change`, {
      ...{ title: 'Easier', code: 'TECH-35', unit: '', minutes: '60', passMark: '1', sittingsAllowed: '' },
      ...{ hoursAfterRegistration: '0', hoursAfterFail: '0', 'group-0': pool.groups[0] ?? '', 'count-0': '1' },
    });
    assert.equal(change.status, 422);
    assert.match(change.text, /was published meanwhile and cannot be changed/);
    assert.match((await author.get(formPath)).text, /26 of 35/);
  });

  it('draws the same sample paper from the same seed, one question of each group', async () => {
    const one = (await author.get(`${formPath}/preview?seed=abcdef01`)).text;
    const two = (await author.get(`${formPath}/preview?seed=abcdef01`)).text;
    const other = (await author.get(`${formPath}/preview?seed=abcdef02`)).text;
    const headings = (text: string) => [...text.matchAll(/<h1>([^<]+)<\/h1>/g)].map(([, heading]) => heading).slice(1);
    assert.equal(headings(one).length, 35);
    assert.deepEqual(headings(two), headings(one));
    assert.notDeepEqual(headings(other), headings(one));
  });

  it('is sat to its end in a browser, with its drawings, and scores what was answered', {
    timeout: 180_000,
  }, async () => {
    const booked = await bookCandidateFor(app, 'ARH-1');
    let browser: Browser | undefined;
    try {
      browser = await launchBrowser();
      const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      await page.goto(`${app.url}/sit`);
      await page.getByLabel('Candidate number').fill(booked.candidateNumber);
      await page.getByLabel('Session code').fill(booked.code);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.waitForURL('**/sit/waiting');
      await booked.confirm();
      await page.goto(`${app.url}/sit/test`);
      await page.getByLabel('I have read the rules and I keep to them').check();
      await page.getByRole('button', { name: 'Start the test' }).click();
      const { pictures } = await answerAll(page, pool);
      assert.ok(pictures >= 1, 'at least one question came with its drawing');
      await page.locator('[data-saved-words]', { hasText: 'All answers saved' }).waitFor();
      await page.getByRole('button', { name: 'Hand in' }).click();
      await page.getByRole('button', { name: 'Hand in now' }).click();
      await page.waitForURL(/\/sit\/(handed-in|result)/);
      await page.goto(`${app.url}/sit/result`);
      await page.getByRole('img', { name: /30 out of 35.*pass mark is 26/ }).waitFor();
      await checkPage(page);
      assert.deepEqual(errors, []);
    } finally {
      await browser?.close();
    }
    const { score, passed } = await app.services.database.read(SYSTEM, ({ db }) =>
      db
        .selectFrom('online_assessments.results')
        .select(['score', 'passed'])
        .where('sitting_id', '=', booked.sittingId)
        .executeTakeFirstOrThrow(),
    );
    assert.deepEqual([score, passed], [30, true]);
  });
});

const itemsIn = (text: string) => [
  ...new Set([...text.matchAll(/\/item-bank\/POOL\/items\/([0-9a-f-]{36})/g)].map(([, id]) => id as string)),
];

/** Answers every question as a person does: reads it, chooses, goes on. Says how many drawings were seen. */
async function answerAll(page: Page, pool: QuestionPool): Promise<{ pictures: number }> {
  let pictures = 0;
  for (let number = 1; number <= 35; number++) {
    await page.getByText(`Question ${number} of 35`, { exact: true }).waitFor();
    const asked = await page.locator('[data-question] h1').innerText();
    const rights = pool.questions
      .filter(({ question }) => squash(question) === squash(asked))
      .map(({ right }) => squash(right));
    assert.ok(rights.length > 0, `"${asked}" is a question of the pool`);
    for (const image of await page.locator('[data-question] img').all()) {
      await image.evaluate((each: HTMLImageElement) => each.decode());
      assert.ok((await image.evaluate((each: HTMLImageElement) => each.naturalWidth)) > 100, 'the drawing is there');
      assert.ok((await image.getAttribute('alt'))?.startsWith('Figure T-'), 'and described');
      pictures++;
    }
    const options = await page.locator('[data-question] label').all();
    const texts = await Promise.all(
      options.map(async (option) => squash(await option.locator('span').nth(1).innerText())),
    );
    const right = texts.findIndex((text) => rights.includes(text));
    assert.ok(right >= 0, `the right answer of "${asked}" is among its options`);
    const choose = WRONG.has(number) ? (right + 1) % options.length : right;
    await options[choose]?.click();
    if (number === 1 || number === 20) await checkPage(page);
    await page.locator('[data-go=next]').click();
  }
  await page.getByRole('heading', { name: 'Review and finish' }).waitFor();
  return { pictures };
}

const squash = (text: string) => text.replace(/\s+/g, ' ').trim();
