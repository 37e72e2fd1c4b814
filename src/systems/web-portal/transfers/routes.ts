export const transferRoutes = [];
