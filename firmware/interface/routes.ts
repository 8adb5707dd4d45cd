import { accessRoutes } from './access-routes.js';
import { policyRoutes } from './policy-routes.js';
import { residentRoutes } from './resident-routes.js';
import type { Route } from './route.js';
import { visitRoutes } from './visit-routes.js';
import { visitorRoutes } from './visitor-routes.js';

/** Everything that can be asked, but for the description of it all: GET /openapi.json. */
export const routes: readonly Route[] = [
  ...visitorRoutes,
  ...residentRoutes,
  ...visitRoutes,
  ...accessRoutes,
  ...policyRoutes,
];
