import type { ProvinceContext } from '../province-context.ts';
import type { NotificationPort } from './notification-port.ts';
import type { SamsatCore } from './samsat-core.ts';

/** What deciding about a sale needs. */
export type BookingParts = {
  readonly context: ProvinceContext;
  readonly core: SamsatCore;
  readonly notifications: NotificationPort;
};
