import { ReferenceAgency } from './applications/reference-agency.ts';
import { createNotificationOutbox, type NotificationPort } from './booking/notification-port.ts';
import { BookingWorker } from './booking/booking-worker.ts';
import { createReferenceSamsatCore } from './booking/reference-samsat-core.ts';
import type { SamsatCore } from './booking/samsat-core.ts';
import { PageKeeper } from './documents/page-keeper.ts';
import { prepareFirstStart } from './first-start.ts';
import type { ProvinceContext } from './province-context.ts';

/** The province put together; the only place where its parts are wired. */
export type Province = {
  readonly context: ProvinceContext;
  readonly core: SamsatCore;
  readonly notifications: NotificationPort;
  readonly startBooking: () => void;
  readonly stopBooking: () => Promise<void>;
  /** What is due about pages of papers, for as long as the province serves. */
  readonly pageKeeper: PageKeeper;
};

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
  const worker = new BookingWorker({ context, core, notifications });
  const agency = new ReferenceAgency(context);
  return {
    context,
    core,
    notifications,
    startBooking: () => {
      worker.start();
      agency.start();
    },
    stopBooking: async () => {
      await agency.stop();
      await worker.stop();
    },
    pageKeeper: new PageKeeper(context),
  };
}
