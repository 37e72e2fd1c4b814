/** environment -> settings -> keys -> database -> application -> listen -> close on a signal */
import { runServer } from './platform/process/run-server.ts';

await runServer(async () => (await import('./application.ts')).createApplication);
