/** One tab of a browser writes; the others only say so. */

/**
 * Resolves with true when this tab may write, for as long as it lives. With false when another tab does; `freed` is
 * then called once that tab is gone.
 */
export function holdSeat(freed: () => void): Promise<boolean> {
  const name = 'imi-seat';
  // Browsers without locks hold one tab by the server's lease alone.
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? new Promise(() => {}) : undefined;
    });
  }).then((held) => {
    if (!held) void navigator.locks.request(name, () => freed());
    return held as boolean;
  });
}
