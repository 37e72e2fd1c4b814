import type { Operation } from '../requests/operation.ts';
import { listCandidates, readCandidate } from './candidates.ts';
import { listProducts } from './products.ts';
import { registerCandidate, registerFurther } from './register.ts';
import { listRegistrations, readRegistration } from './registrations.ts';

/** Everything the API does: routes and document are made from this list. */
export const OPERATIONS: readonly Operation[] = [
  listProducts,
  listCandidates,
  readCandidate,
  registerFurther,
  listRegistrations,
  readRegistration,
  registerCandidate,
];
