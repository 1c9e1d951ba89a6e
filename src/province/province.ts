import { ReferenceAgency } from './applications/reference-agency.ts';
import { createNotificationOutbox, type NotificationPort } from './booking/notification-port.ts';
import { bookAllDue } from './booking/booking-worker.ts';
import { createReferenceSamsatCore } from './booking/reference-samsat-core.ts';
import type { SamsatCore } from './booking/samsat-core.ts';
import { keepPages } from './documents/page-keeper.ts';
import { prepareFirstStart } from './first-start.ts';
import { reinterpretQuarantined } from './ingest/reinterpret.ts';
import type { ProvinceContext } from './province-context.ts';
import { Rounds } from './rounds.ts';

/** The province put together; the only place where its parts are wired. */
export type Province = {
  readonly context: ProvinceContext;
  readonly core: SamsatCore;
  readonly notifications: NotificationPort;
  /** Everything that goes on by itself for as long as the province serves. */
  readonly startWork: () => void;
  /** Ends after what is in hand. */
  readonly stopWork: () => Promise<void>;
};

/** Looks for work so often, for sales whose time comes without anybody pushing. */
const BOOKING_MS = 400;
/** Often enough that a page which nobody can read is asked for again while its citizen may still be near. */
const PAGES_MS = 60_000;
/**
 * What was set aside is judged again when an upgraded program starts; later for an officer who was registered meanwhile, and
 * for what could not be judged while a rollback was not declared.
 */
const ASIDE_MS = 3_600_000;

/** What is not given is the reference: the core on our own database, the outbox table for messages. */
export type ProvinceParts = {
  readonly context: ProvinceContext;
  readonly core?: SamsatCore;
  readonly notifications?: NotificationPort;
};

/** Prepares the database on its first start and wires the parts. */
export async function createProvince(parts: ProvinceParts): Promise<Province> {
  const { context } = parts;
  await prepareFirstStart(context);
  const core = parts.core ?? createReferenceSamsatCore(context.db);
  const notifications = parts.notifications ?? createNotificationOutbox(context.keys.column);
  const work = [
    new Rounds(context, {
      everyMs: BOOKING_MS,
      failed: 'BOOKING_ROUND_FAILED',
      run: () => bookAllDue({ context, core, notifications }),
    }),
    new Rounds(context, { everyMs: PAGES_MS, failed: 'PAGE_ROUND_FAILED', run: () => keepPages(context) }),
    new Rounds(context, {
      everyMs: ASIDE_MS,
      failed: 'ASIDE_ROUND_FAILED',
      run: () => reinterpretQuarantined(context),
    }),
    new ReferenceAgency(context),
  ];
  return {
    context,
    core,
    notifications,
    startWork: () => {
      for (const one of work) one.start();
    },
    stopWork: async () => {
      for (const one of work) await one.stop();
    },
  };
}
