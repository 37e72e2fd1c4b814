/** What a running server says about itself in DATA_DIR/run. `began` is when its process began (see processBeginning). */
export type ServerRecord = { pid: number; began: string; address: string };
export function processBeginning(pid: number): string | null;
export function isLive(record: { pid: number; began: string }): boolean;
export function runningServers(dataDir: string): ServerRecord[];
