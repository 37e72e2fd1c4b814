/** "How to": tasks in steps, their pictures and recordings, and the films of the awarding body. */
import { get, post, upload } from '#platform/http/routes.ts';
import * as audit from '../audit.ts';
import { sendAddVideo, sendReplaceVideo, showAddVideo, showReplaceVideo } from './add-video.ts';
import { listHelp } from './list-help.ts';
import { exportVideos, listVideos } from './list-videos.ts';
import { sendRemoveVideo, showRemoveVideo } from './remove-video.ts';
import { sendCaptions, sendFilm, sendFilmCaptions, sendShippedFile } from './send-files.ts';
import { viewHelp } from './view-help.ts';

const VIEW = 'centres-hub.view';
const MANAGE = 'centres-hub.manage-help';

export const helpRoutes = [
  get('/centres-hub/help', VIEW, listHelp),
  get('/centres-hub/help/files/:file', VIEW, sendShippedFile),
  get('/centres-hub/help/videos', MANAGE, listVideos),
  get('/centres-hub/help/videos/export', MANAGE, exportVideos),
  get('/centres-hub/help/videos/add', MANAGE, showAddVideo),
  upload('/centres-hub/help/videos/add', MANAGE, audit.helpVideoAdded, sendAddVideo),
  get('/centres-hub/help/videos/:videoId/film', VIEW, sendFilm),
  get('/centres-hub/help/videos/:videoId/captions', VIEW, sendFilmCaptions),
  get('/centres-hub/help/videos/:videoId/replace', MANAGE, showReplaceVideo),
  upload(
    '/centres-hub/help/videos/:videoId/replace',
    MANAGE,
    [audit.helpVideoAdded, audit.helpVideoRemoved],
    sendReplaceVideo,
  ),
  get('/centres-hub/help/videos/:videoId/remove', MANAGE, showRemoveVideo),
  post('/centres-hub/help/videos/:videoId/remove', MANAGE, audit.helpVideoRemoved, sendRemoveVideo),
  get('/centres-hub/help/:task', VIEW, viewHelp),
  get('/centres-hub/help/:task/captions', VIEW, sendCaptions),
];
