import { get, post, type Route } from '#platform/http/routes.ts';
import * as audit from './audit.ts';
import { sendWays, showWays } from './choose-ways/choose-ways.ts';
import { listNotices } from './list-notices/list-notices.ts';
import { listNotifications, markAllRead } from './list-notifications/list-notifications.ts';
import { discard, publish, remind, sendEnd, showEnd } from './move-notice/acts.ts';
import { exportMissing, listMissing } from './notice-figures/list-missing.ts';
import { openNotification } from './open-notification/open-notification.ts';
import { acknowledgeNotice, viewNotice } from './view-notice/view-notice.ts';
import { sendChange, sendCorrect, sendWrite, showChange, showCorrect, showWrite } from './write-notice/write-notice.ts';
import { exportWritten, listWritten } from './written-notices/list-written.ts';
import { viewWritten } from './written-notices/view-written.ts';

const READ = 'connect.notices';
const WRITE = 'connect.write-notices';
const WRITTEN = '/notices/written';
/** Opening something marks it as read, for the person alone. */
const opens = (route: Route): Route => ({ ...route, audit: { none: 'notes that its person has opened it' } });

export const noticeRoutes: readonly Route[] = [
  get('/notices', READ, listNotices),
  opens(get('/notices/:id', READ, viewNotice)),
  post('/notices/:id/acknowledge', READ, audit.noticeAcknowledged, acknowledgeNotice),

  get(WRITTEN, WRITE, listWritten),
  get(`${WRITTEN}/export`, WRITE, exportWritten),
  get(`${WRITTEN}/new`, WRITE, showWrite),
  post(`${WRITTEN}/new`, WRITE, audit.noticeWritten, sendWrite),
  get(`${WRITTEN}/:id`, WRITE, viewWritten),
  get(`${WRITTEN}/:id/change`, WRITE, showChange),
  post(`${WRITTEN}/:id/change`, WRITE, audit.noticeWritten, sendChange),
  post(`${WRITTEN}/:id/publish`, WRITE, audit.noticePublished, publish),
  post(`${WRITTEN}/:id/discard`, WRITE, audit.noticeDiscarded, discard),
  get(`${WRITTEN}/:id/correct`, WRITE, showCorrect),
  post(`${WRITTEN}/:id/correct`, WRITE, audit.noticeWritten, sendCorrect),
  get(`${WRITTEN}/:id/end`, WRITE, showEnd),
  post(`${WRITTEN}/:id/end`, WRITE, audit.noticeEnded, sendEnd),
  get(`${WRITTEN}/:id/missing`, WRITE, listMissing),
  get(`${WRITTEN}/:id/missing/export`, WRITE, exportMissing),
  post(`${WRITTEN}/:id/remind`, WRITE, audit.noticeReminded, remind),

  get('/notifications', READ, listNotifications),
  post('/notifications', READ, { none: 'marks the own notifications as read' }, markAllRead),
  get('/notifications/preferences', READ, showWays),
  post('/notifications/preferences', READ, audit.waysChosen, sendWays),
  opens(get('/notifications/:id', READ, openNotification)),
];
