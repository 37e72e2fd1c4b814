/**
 * Something the person who runs the server must put right. The message is one sentence: what is wrong, what to do.
 * The start prints it without a stack and ends with exit code 1.
 */
export class OperatorError extends Error {
  override name = 'OperatorError';
}
