import type { Route } from '#platform/http/routes.ts';

export const routes: readonly Route[] = [];
