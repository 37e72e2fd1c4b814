import { get, post, type Route } from '#platform/http/routes.ts';
import { deliveryRetried, webhookAdded, webhookEnded, webhookPinged } from '../api/audit.ts';
import { sendAddWebhook, showAddWebhook } from './add-webhook/add-webhook.ts';
import { sendEndWebhook, showEndWebhook } from './end-webhook/end-webhook.ts';
import { exportDeliveries, listDeliveries } from './list-deliveries/list-deliveries.ts';
import { exportWebhooks, listWebhooks } from './list-webhooks/list-webhooks.ts';
import { sendPing } from './ping-webhook/ping-webhook.ts';
import { sendRetry, viewDelivery } from './view-delivery/view-delivery.ts';

const MANAGE = 'web-portal.manage-api';

export const webhookRoutes: readonly Route[] = [
  get('/web-portal/api/webhooks', MANAGE, listWebhooks),
  get('/web-portal/api/webhooks/export', MANAGE, exportWebhooks),
  get('/web-portal/api/webhooks/add', MANAGE, showAddWebhook),
  post('/web-portal/api/webhooks/add', MANAGE, webhookAdded, sendAddWebhook),
  get('/web-portal/api/webhooks/:webhookId/end', MANAGE, showEndWebhook),
  post('/web-portal/api/webhooks/:webhookId/end', MANAGE, webhookEnded, sendEndWebhook),
  post('/web-portal/api/webhooks/:webhookId/ping', MANAGE, webhookPinged, sendPing),
  get('/web-portal/api/deliveries', MANAGE, listDeliveries),
  get('/web-portal/api/deliveries/export', MANAGE, exportDeliveries),
  get('/web-portal/api/deliveries/:deliveryId', MANAGE, viewDelivery),
  post('/web-portal/api/deliveries/:deliveryId', MANAGE, deliveryRetried, sendRetry),
];
