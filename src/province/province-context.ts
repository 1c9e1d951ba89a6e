import { PUSH_MAX_BYTES, PUSH_MAX_ENTRIES } from '../contract/sync-protocol.ts';
import type { Db } from './db/open.ts';
import type { PageRoom } from './documents/page-room.ts';
import type { KeyRing } from './keys/key-ring.ts';

/** The province's choices about itself; periods in ms. */
export type ProvinceSettings = {
  /** Address under which phones and counters reach the province, without a slash at the end. */
  readonly publicUrl: string;
  /** From custody to booking, so that a person sees the one before the other. */
  readonly bookingDelayMs: number;
  /** Time that the reference agency takes for a step of an application; null: people say where papers stand. */
  readonly agencyStepMs: number | null;
  /** After this the payer of the reference provider has paid by himself; null: people say so. */
  readonly referencePaymentMs: number | null;
  /** A registry pack leaves at most this often per device and area. */
  readonly registryEveryMs: number;
  /** How long a feed page counts as fresh. */
  readonly freshMs: number;
  /** What one push may carry today; every hello says it. Never more than the protocol's own limits. */
  readonly pushMaxEntries: number;
  readonly pushMaxBytes: number;
  /** Free bytes of the disk below which no further page is taken; the journal comes first. */
  readonly pageMinFreeBytes: number;
  /** How long an upload that nobody goes on with is kept. */
  readonly fragmentMs: number;
};

/** The log of references, counts and codes; never a person, a plate or an amount of one person. */
export type ProvinceLog = (
  level: 'info' | 'warn' | 'error',
  event: string,
  facts?: Readonly<Record<string, string | number | boolean | null>>,
) => void;

/** What every part of the province is given; made in one place (`province.ts`). */
export type ProvinceContext = {
  readonly db: Db;
  readonly keys: KeyRing;
  /** ms UTC of the server: the only clock. */
  readonly now: () => number;
  readonly settings: ProvinceSettings;
  readonly pages: PageRoom;
  readonly log: ProvinceLog;
};

const HOUR_MS = 3_600_000;

export const DEFAULT_SETTINGS: Omit<ProvinceSettings, 'publicUrl'> = {
  bookingDelayMs: 1500,
  agencyStepMs: null,
  referencePaymentMs: null,
  registryEveryMs: 24 * HOUR_MS,
  freshMs: 7 * 24 * HOUR_MS,
  pushMaxEntries: PUSH_MAX_ENTRIES,
  pushMaxBytes: PUSH_MAX_BYTES,
  pageMinFreeBytes: 1_000_000_000,
  fragmentMs: 14 * 24 * HOUR_MS,
};
