import type { Migration } from './migrate.ts';
import { custody } from './migrations/0001-custody.ts';
import { booking } from './migrations/0002-booking.ts';

/** Every step in order; a released one is never changed or removed. */
export const MIGRATIONS: readonly Migration[] = [custody, booking];
