import { retryDelayMs } from '../../domain/delivery-policy.ts';
import { createRecoverMirror, type RecoverMirror } from './bundle/recover-mirror.ts';
import type { Foundation } from './foundation.ts';
import { systemWait } from './device/system-ports.ts';
import type { PageFiles } from './documents/page-files.ts';
import type { PaymentProvider } from './payments/payment-provider.ts';
import type { ClockPort, RandomPort } from './ports.ts';
import { readPolicy } from './rules/rules-in-force.ts';
import { createInquirer } from './sync/inquiry.ts';
import { createLink, type Link } from './sync/link.ts';
import { createRegionLine, type RegionLine } from './sync/region-line.ts';
import { createProvincePayments } from './sync/province-payments.ts';
import { followedFeeds } from './sync/pull.ts';
import { createOpenPage, type OpenPage } from './sync/open-page.ts';
import { createOutboxService, type OutboxService } from './sync/outbox-service.ts';
import { syncRound } from './sync/round.ts';
import { createSyncLoop, type SyncLoop } from './sync/sync-loop.ts';
import { createUpdateSource } from './sync/update-source.ts';
import { isTrainingDevice } from './training/training.ts';
import { createUploadLane, type UploadLane } from './sync/upload-lane.ts';
import type { UpdateSource } from './updates/update-port.ts';
import type { Inquirer } from './transactions/bill-desk.ts';

const NONCE_BYTES = 8;
/** "*Kirim sekarang* acts within 2 s and says what happened per item." */
const SEND_NOW_MS = 2_000;

const nonce64 = (random: RandomPort): string => Buffer.from(random.bytes(NONCE_BYTES)).toString('base64url');

/** The link of this device to its province; the hello reports the computer's own clock. */
function linkOf({ config, clock, device, line, random, secrets, timekeeper }: Foundation): Link {
  return createLink({
    line,
    provinceUrl: device.provinceUrl,
    deviceId: device.deviceId,
    signingPrivate: secrets.signingPrivate,
    signingPublic: secrets.signingPublic,
    rootKey: device.rootKey,
    appVersion: config.appVersion,
    training: isTrainingDevice(device),
    clock,
    timekeeper,
    nonce64: () => nonce64(random),
  });
}

/**
 * Wires what speaks with the province: the link, the loop of rounds, and the inquiry beside it. `clock` tells the best
 * estimate; only the hello reports the computer's own.
 */
export function wireLine(
  foundation: Foundation,
  clock: ClockPort,
  files: PageFiles,
  /** Told when the province sent news of officers. */
  onOfficers: () => Promise<void>,
  /** Told after each round that found the province. */
  onContact: () => Promise<void>,
): {
  readonly loop: SyncLoop;
  readonly inquirer: Inquirer;
  readonly paymentProvider: PaymentProvider;
  readonly outbox: OutboxService;
  readonly lane: UploadLane;
  readonly openPage: OpenPage;
  readonly recoverMirror: RecoverMirror;
  readonly updateSource: UpdateSource;
  readonly regionLine: RegionLine;
} {
  const { config, db, journal, subjectKeys, secrets, device, cipher } = foundation;
  const { random, timekeeper, events, log } = foundation;
  const link = linkOf(foundation);
  const round: Parameters<typeof createSyncLoop>[0]['round'] = async (signal) => {
    const result = await syncRound(
      {
        db,
        journal,
        subjectKeys,
        link,
        clock,
        anchor: timekeeper.anchor,
        log,
        cipher,
        deviceId: device.deviceId,
        sealingPrivate: secrets.sealingPrivate,
        rootKey: device.rootKey,
        feeds: followedFeeds(device.deviceId, device.outlet.areas),
        onPhase: (phase) => {
          loop.notePhase(phase);
          lane.yieldToMoney(phase !== 'pulling');
        },
        onContact: () => loop.noteContact(),
        onItems: (items) => {
          loop.noteItems(items);
          events.publish('outbox');
        },
        // The line was there a moment ago: near the floor each time. Whoever fails again begins anew, and waits longer.
        pause: config.syncLoop ? (stop) => systemWait()(retryDelayMs(1, random.fraction()), stop) : null,
      },
      signal,
    );
    lane.yieldToMoney(false);
    lane.wake();
    if (result.ok) await onContact();
    if (result.ok && (result.value.pulled.get('officers') ?? 0) > 0) await onOfficers();
    if (result.ok && (result.value.pulled.get('policy') ?? 0) > 0) {
      timekeeper.setLimits((await db.read((tx) => readPolicy(tx))).clock);
    }
    return result;
  };
  const loop: SyncLoop = createSyncLoop({ clock, random, events, log, round });
  const hasLine = (): boolean => loop.state().online && link.isOpen();
  const inquirer = createInquirer({
    db,
    link: () => link,
    hasLine,
    onSilence: () => loop.noteSilence(),
  });
  const lane: UploadLane = createUploadLane({
    db,
    link,
    files,
    deviceId: device.deviceId,
    random,
    events,
    log,
    now: timekeeper.now,
    monoMs: clock.monoMs,
    hasLine,
    wait: foundation.wait,
  });
  const outbox = createOutboxService({
    db,
    journal,
    cipher,
    loop,
    now: timekeeper.now,
    sendPages: config.syncLoop ? lane.sendNow : async () => void (await lane.sendAll()),
    // Without a loop there is no background in which the rest could go on: a single command waits for the end.
    patience: config.syncLoop ? (signal) => systemWait()(SEND_NOW_MS, signal) : () => new Promise(() => undefined),
  });
  const { deviceId } = device;
  const recoverMirror = createRecoverMirror({ db, journal, deviceId, link, greet: loop.runNow });
  const openPage = createOpenPage({ link, hasLine, journal });
  const paymentProvider = createProvincePayments({ db, link, deviceId, hasLine, nonce64: () => nonce64(random) });
  const regionLine = createRegionLine({ link, greet: loop.runNow });
  const updateSource = createUpdateSource({ link, hasLine });
  return { regionLine, loop, inquirer, paymentProvider, outbox, lane, openPage, recoverMirror, updateSource };
}
