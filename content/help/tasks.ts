import { centreTasks } from './centre.ts';
import type { HelpTask } from './task.ts';
import { userTasks } from './users.ts';

/** Every task of Centres Hub that has a page of help. */
export const helpTasks: readonly HelpTask[] = [...userTasks, ...centreTasks];
