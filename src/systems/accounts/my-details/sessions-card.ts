import { html, type Safe } from '#platform/html/html.ts';
import { card, formatDateTime, postButton, table, tag } from '#ui';
import { deviceInWords } from './device.ts';
import { placeInWords } from './place.ts';

export interface OwnSession {
  readonly id: string;
  /** The one of this browser. */
  readonly current: boolean;
  readonly openedAt: Date;
  readonly seenAt: Date;
  readonly address: string | null;
  readonly device: string | null;
}

/** Where the account is logged in, and the way to end each or all of it. */
export function sessionsCard(sessions: readonly OwnSession[], now: Date): Safe {
  const here = sessions.find(({ current }) => current)?.address ?? null;
  return card(
    { title: 'Where you are logged in', id: 'sessions', flush: true },
    html`${table({
      caption: 'Devices',
      rows: sessions,
      columns: [
        {
          label: 'Device',
          header: true,
          cell: (row) => html`${deviceInWords(row.device)}${row.current && html` ${tag('This one', 'info')}`}`,
        },
        {
          label: 'Since',
          class: 'nw',
          phone: 'labelled',
          cell: (row) => formatDateTime(row.openedAt, 'list', now),
        },
        { label: 'Last used', class: 'nw', phone: 'labelled', cell: (row) => formatDateTime(row.seenAt, 'list', now) },
        { label: 'Place', phone: 'labelled', cell: (row) => placeInWords(row.address, row.current ? null : here) },
        {
          label: 'Action',
          phone: 'plain',
          cell: (row) =>
            postButton('Log out', {
              action: `/my-details/sessions/${row.id}/end`,
              look: 'quiet',
              small: true,
              label: `Log out ${deviceInWords(row.device)}, ${row.current ? 'this device' : `last used ${formatDateTime(row.seenAt, 'list', now)}`}`,
            }),
        },
      ],
    })}<div class="pad"><p class="muted small">The place is the network address. Which town it belongs to we do not know: asking a service would tell others where you are.</p><div class="row">${
      sessions.length > 1 &&
      postButton('Log out everywhere else', { action: '/my-details/log-out-elsewhere', look: 'quiet', small: true })
    }${postButton('Log out everywhere', { action: '/my-details/log-out-everywhere', look: 'bad', small: true })}</div></div>`,
  );
}
