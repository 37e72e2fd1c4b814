import { OperatorError } from '../../process/operator-error.ts';

/** The database cannot be started or used. The message is one sentence for the operator: what is wrong, what to do. */
export class ClusterError extends OperatorError {
  override name = 'ClusterError';
}
