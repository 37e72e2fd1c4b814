import type { Assets } from './assets/assets.ts';
import type { Clock } from './clock/clock.ts';
import type { Database } from './database/database.ts';
import type { Keys } from './keys/keys.ts';
import type { Log } from './log/log.ts';
import type { Settings } from './settings/settings.ts';

/** What the platform gives to every system. */
export interface Services {
  readonly settings: Settings;
  readonly keys: Keys;
  readonly database: Database;
  /** Address of the database as the role `delivery`, which saves answers. */
  readonly deliveryUrl: string;
  readonly clock: Clock;
  readonly assets: Assets;
  readonly log: Log;
}
