import { CARRIED_PAGE_CONTEXT } from '../../contract/uploads.ts';
import type { PageFiles } from './documents/page-files.ts';
import type { Foundation } from './foundation.ts';
import { sign } from './journal/signing.ts';
import type { ClockPort } from './ports.ts';
import { createFlashdiskService, type FlashdiskService } from './sync/flashdisk-service.ts';
import { followedFeeds } from './sync/pull.ts';

/** Wires what travels on a flashdisk; it takes the same steps as the line, on the same rows. */
export function wireFlashdisk(
  foundation: Foundation,
  clock: ClockPort,
  files: PageFiles,
  /** Told when an answer may have brought news of officers. */
  onOfficers: () => Promise<void>,
): FlashdiskService {
  const { config, db, journal, timekeeper, subjectKeys, secrets, device, cipher, events, newId } = foundation;
  return createFlashdiskService({
    db,
    journal,
    timekeeper,
    subjectKeys,
    device,
    deviceId: device.deviceId,
    rootKey: device.rootKey,
    sealingPrivate: secrets.sealingPrivate,
    cipher,
    clock,
    now: clock.wallMs,
    appVersion: config.appVersion,
    newId,
    files,
    signPage: (text) => sign(CARRIED_PAGE_CONTEXT, text, secrets.signingPrivate),
    feeds: followedFeeds(device.deviceId, device.outlet.areas),
    events,
    onOfficers,
  });
}
