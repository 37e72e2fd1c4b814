// Connection failures (class 08), the database starting or stopping (57P), no room on its disk or for connections (53).
const AWAY = /^(08...|57P0.|53...|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/;
// What the driver says, without a code, when a connection ends under a statement or cannot be had in time.
const WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** True for an error that says that the database cannot be used just now: trying again later can help. */
export function isDatabaseAway(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause)
    if (AWAY.test(String((each as { code?: unknown }).code ?? '')) || WORDS.test(each.message)) return true;
  return false;
}
