/**
 * What the server says about itself: one line per event, plain text with the time on a terminal's or a service
 * manager's output. Never personal data, passwords, PINs or keys.
 */
export interface Log {
  info(text: string): void;
  warn(text: string): void;
  /** `error` is written with its stack, for the operator; users never see it. */
  error(text: string, error?: unknown): void;
}

/** Writes to standard error, so that standard output holds only what was asked for. */
export function openLog(write: (line: string) => void = (line) => process.stderr.write(line)): Log {
  const line = (level: string, text: string) => write(`${new Date().toISOString()} ${level} ${text}\n`);
  return {
    info: (text) => line('info ', text),
    warn: (text) => line('warn ', text),
    error: (text, error) => line('error', error === undefined ? text : `${text}\n${describeError(error)}`),
  };
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const text = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? text : `${text}\ncaused by: ${describeError(error.cause)}`;
}
