import { html } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { card, emptyState, formatDate, linkButton, pageHead, plural, rowLink, table } from '#ui';
import { assessmentsPage } from '../assessments-page/assessments-page.ts';
import { type BankCounts, bankCounts } from './banks.ts';

/** GET /online-assessments/item-bank: the banks of questions. */
export async function listBanks(context: Context): Promise<Answer> {
  const banks = await context.read(bankCounts);
  const questions = banks.reduce((sum, bank) => sum + bank.live, 0);
  const newBank = linkButton('New bank', '/online-assessments/item-bank/new');
  const head = pageHead({
    title: 'Item bank',
    lead: html`${plural(banks.length, 'bank')}, ${plural(questions, 'live question')}`,
    actions: html`${linkButton('How to write questions as CSV', '/online-assessments/item-bank/csv', { look: 'quiet' })}${banks.length > 0 && newBank}`,
  });
  const body =
    banks.length === 0
      ? card(
          { label: 'Banks' },
          emptyState({
            icon: 'folder',
            title: 'No banks yet',
            text: 'A bank holds the questions of one subject. Make one, then import its questions.',
            actions: newBank,
          }),
        )
      : card(
          { label: 'Banks', flush: true },
          table<BankCounts>({
            caption: 'Banks of questions',
            rows: banks,
            columns: [
              {
                label: 'Bank',
                header: true,
                cell: (bank) => rowLink(bank.title, `/online-assessments/item-bank/${bank.code}`),
              },
              { label: 'Code', code: true, phone: 'plain', cell: (bank) => bank.code },
              { label: 'Live questions', numeric: true, cell: (bank) => bank.live },
              { label: 'Retired', numeric: true, cell: (bank) => bank.retired },
              { label: 'Groups', numeric: true, cell: (bank) => bank.groups },
              {
                label: 'Last import',
                class: 'nw',
                cell: (bank) =>
                  bank.lastImport ? formatDate(bank.lastImport, 'list') : html`<span class="muted">Never</span>`,
              },
            ],
          }),
        );
  return page(await assessmentsPage(context, { title: 'Item bank' }, html`${head}${body}`));
}
