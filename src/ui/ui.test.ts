import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { html } from '#platform/html/html.ts';
import {
  brand,
  currentTab,
  dataForIsland,
  form,
  icon,
  listHref,
  listPage,
  pageNumbers,
  pager,
  type ShellContext,
  staffPage,
  textField,
} from './index.ts';

const assets = { url: (name: string) => `/assets/${name}` };
const shell: ShellContext = {
  brand,
  theme: 'dark',
  path: '/web-portal/candidates/48201176?tab=units',
  person: { name: '<Farah>', href: '/my-details' },
  organisation: { name: 'Northgate', label: 'centre', number: '04417' },
  systems: [],
  unreadNotices: 0,
  helpHref: '/help',
};

describe('page shell', () => {
  const page = staffPage(
    { title: 'Candidates', shell, nonce: '', assets },
    html`<h1>Candidates</h1>${icon('award')}${icon('award')}`,
  ).text;
  it('escapes what comes from data and keeps to one line of markup per icon', () => {
    assert.match(page, /&lt;Farah&gt;/);
    assert.equal(page.match(/<symbol id="i-award"/g)?.length, 1);
    assert.doesNotMatch(page, /<symbol id="i-printer"/);
  });
  it('carries the remembered colours, and no script or style of its own', () => {
    assert.match(page, /<html lang="en-GB" data-theme="dark">/);
    assert.doesNotMatch(page, /<script(?![^>]*src=)/);
    assert.doesNotMatch(page, / style="/);
  });
  it('logs out by a form, and the theme form comes back to this page', () => {
    assert.match(page, /<form class="inline" method="post" action="\/logout">/);
    assert.match(page, /name="return" value="\/web-portal\/candidates\/48201176\?tab=units"/);
  });
  it('links to notices only where there are some', () => {
    assert.doesNotMatch(page, /Notices/);
    const withNotices = { ...shell, noticesHref: '/notices', unreadNotices: 3 };
    const text = staffPage({ title: 'X', shell: withNotices, nonce: '', assets }, html`<h1>X</h1>`).text;
    assert.match(text, /href="\/notices".*unread <\/span>3/s);
  });
  it('puts the nonce on scripts when there is one', () => {
    const withNonce = staffPage({ title: 'X', shell, nonce: 'abc', assets }, html`<h1>X</h1>`).text;
    assert.match(withNonce, /page\.js" nonce="abc"/);
  });
});

describe('tabs', () => {
  const tabs = [
    { href: '/centres-hub', label: 'Profile' },
    { href: '/centres-hub/users', label: 'Users' },
  ];
  it('marks the longest that fits in whole segments', () => {
    assert.equal(currentTab(tabs, '/centres-hub/users/7?x=1')?.label, 'Users');
    assert.equal(currentTab(tabs, '/centres-hub/users-archive')?.label, 'Profile');
    assert.equal(currentTab(tabs, '/web-portal'), undefined);
  });
});

describe('lists', () => {
  it('keeps filters in links and starts at the first page when one changes', () => {
    const query = { q: 'O’Brien & co', status: 'open', page: '4' };
    assert.equal(listHref('/c', query, { status: undefined }), '/c?q=O%E2%80%99Brien+%26+co');
    assert.equal(listHref('/c', query, { page: '5' }), '/c?q=O%E2%80%99Brien+%26+co&status=open&page=5');
    assert.equal(listHref('/c', {}), '/c');
  });
  it('shows first, last and neighbours, and a gap only where pages are missing', () => {
    assert.deepEqual(pageNumbers(1, 13), [1, 2, null, 13]);
    assert.deepEqual(pageNumbers(7, 13), [1, null, 6, 7, 8, null, 13]);
    assert.deepEqual(pageNumbers(3, 5), [1, 2, 3, 4, 5]);
    assert.deepEqual(pageNumbers(1, 1), [1]);
  });
  it('says what is shown on the last page', () => {
    assert.match(
      pager({ page: 13, pageSize: 10, total: 126, href: (page) => `?page=${page}` }).text,
      /121 to 126 of 126/,
    );
    assert.match(pager({ page: 1, pageSize: 10, total: 0, href: (page) => `?page=${page}` }).text, /0 to 0 of 0/);
    assert.match(pager({ shown: '50 candidates', next: '/c?after=x' }).text, /rel="next"/);
  });

  const options = {
    title: 'Candidates',
    path: '/c',
    noun: ['candidate', 'candidates'] as const,
    narrowedBy: ['status'],
    columns: [{ label: 'Name', header: true, sort: 'name', cell: (row: string) => row }],
    paging: { page: 1, pageSize: 10, total: 1, href: () => '/c' },
    firstUse: { icon: 'users' as const, title: 'No candidates yet', text: 'Register one person.' },
  };
  it('tells a list that is empty from one that the filters empty', () => {
    assert.match(listPage({ ...options, query: {}, rows: [] }).text, /No candidates yet/);
    const beyond = listPage({
      ...options,
      query: {},
      rows: [],
      paging: { page: 9, pageSize: 50, total: 120, href: () => '/' },
    });
    assert.match(beyond.text, /The list ends before this page/);
    assert.doesNotMatch(beyond.text, /No candidates yet/);
    const filtered = listPage({ ...options, query: { status: 'hold' }, rows: [] }).text;
    assert.match(filtered, /No candidates match these filters/);
    assert.match(filtered, /href="\/c">Clear filters/);
  });
  it('turns a sorted heading round and keeps the rest of the query', () => {
    const text = listPage({
      ...options,
      query: { status: 'hold', sort: 'name' },
      rows: ['A <b>'],
      sort: { by: 'name', direction: 'asc' },
    }).text;
    assert.match(text, /aria-sort="ascending"><a href="\/c\?status=hold&amp;sort=name&amp;order=desc">/);
    assert.match(text, /A &lt;b&gt;/);
    assert.match(text, /1 candidate, sorted by name/);
  });
});

describe('forms', () => {
  it('carries the submission id and keeps what was typed, escaped', () => {
    const text = form(
      { action: '/x', submissionId: 'id-1' },
      textField({ name: 'n', label: 'Name', value: '"><script>', errors: [{ field: 'n', message: 'Enter the name' }] }),
    ).text;
    assert.match(text, /name="submissionId" value="id-1"/);
    assert.match(text, /value="&quot;&gt;&lt;script&gt;"/);
    assert.match(text, /id="n-error"/);
    assert.match(text, /aria-describedby="n-error" aria-invalid="true"/);
  });
  it('does not send a form to another site', () => {
    assert.match(form({ action: 'javascript:alert(1)' }, null).text, /action="#"/);
    assert.match(form({ action: '//elsewhere.example' }, null).text, /action="#"/);
  });
});

describe('data for islands', () => {
  it('cannot end its own element', () => {
    const text = dataForIsland('data', { a: '</script><script>alert(1)</script>' }).text;
    assert.equal(text.match(/<\/script>/g)?.length, 1);
    assert.deepEqual(JSON.parse(text.slice(text.indexOf('>') + 1, text.lastIndexOf('<'))), {
      a: '</script><script>alert(1)</script>',
    });
  });
});
