import type { PersonMerger } from '#accounts';

/** What of notices names a person: who wrote, read or confirmed them then. The record of it is never changed. */
export const noticesMerger: PersonMerger = {
  columns: {
    'connect.notices.created_by': 'stays',
    'connect.notices.ended_by': 'stays',
    'connect.notice_versions.written_by': 'stays',
    'connect.notice_versions.published_by': 'stays',
    'connect.notice_readings.person_id': 'stays',
    'connect.notice_acknowledgements.person_id': 'stays',
    'connect.notice_reminders.sent_by': 'stays',
  },
};
