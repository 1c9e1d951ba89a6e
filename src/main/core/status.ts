import type { StatusView } from '../../contract/views-counter.ts';
import { daysBetween, localDateAt } from '../../domain/local-date.ts';
import { regencyName } from '../../domain/regency.ts';
import { drawerCash, undepositedCash } from './cash/cash-store.ts';
import type { CounterConfig } from './config.ts';
import type { Db } from './db/open.ts';
import type { EnrolledDevice } from './device/enrolled-device-store.ts';
import type { Timekeeper } from './device/timekeeper.ts';
import type { ClockPort } from './ports.ts';
import { readUnsettledJobs } from './printing/print-store.ts';
import { registryExtent } from './registry/registry-store.ts';
import { readPolicy, readRulesInForce } from './rules/rules-in-force.ts';
import { findNewestCursor } from './rules/rules-store.ts';
import { outboxFigures, readSyncState } from './sync/delivery-store.ts';
import type { LineState } from './sync/sync-loop.ts';

type Health = StatusView['line']['health'];

/** A share of a cap from which the bar turns amber. */
const WARN_SHARE = 0.8;

function ofCap(used: number, cap: number | null): Health {
  if (cap === null) return 'ok';
  return used >= cap ? 'stop' : used >= cap * WARN_SHARE ? 'old' : 'ok';
}

/** The bar before there is a device: only what the program knows of itself. */
export function statusBeforeEnrolment(config: CounterConfig, clock: ClockPort): StatusView {
  const now = clock.wallMs();
  return {
    appVersion: config.appVersion,
    mode: config.mode,
    enrolled: false,
    outlet: null,
    deviceNo: null,
    line: {
      health: 'none',
      online: false,
      since: null,
      lastContactAt: null,
      provinceUrl: null,
      doing: 'idle',
      nextTryAt: null,
      lastErrorCode: null,
    },
    outbox: { health: 'none', unsent: 0, quarantined: 0, oldestAt: null },
    cash: { health: 'none', undeposited: 0 as never, cap: 0 as never },
    rules: {
      health: 'none',
      packId: null,
      issuedOn: null,
      ageDays: null,
      nextChangeOn: null,
      nextPackKnown: false,
    },
    registry: { health: 'none', dataOn: null, ageDays: null, vehicles: 0 },
    clock: { health: 'none', now, today: localDateAt(now), trust: 'rtc' },
    offlineCash: 'allowed',
    sellingStopped: [],
    limits: [],
    needsPerson: 0,
    unknownPrints: 0,
  };
}

/** Gathers the status bar: one read of the database, and what the loop knows. */
export async function gatherStatus(deps: {
  readonly config: CounterConfig;
  readonly db: Db;
  readonly device: EnrolledDevice;
  readonly timekeeper: Timekeeper;
  readonly line: LineState;
  readonly needsPerson: number;
}): Promise<StatusView> {
  const { config, db, device, timekeeper, line } = deps;
  const now = timekeeper.now();
  const today = timekeeper.today();
  return await db.read(async (tx): Promise<StatusView> => {
    const policy = await readPolicy(tx);
    const rules = await readRulesInForce(tx, today, now);
    const outbox = await outboxFigures(tx);
    const sync = await readSyncState(tx);
    const registry = await registryExtent(tx);
    const registryCursor = await findNewestCursor(tx, 'registry');
    const drawer = await drawerCash(tx);
    const undeposited = await undepositedCash(tx);
    const unknownPrints = (await readUnsettledJobs(tx)).filter((job) => job.state === 'unknown').length;
    const { caps } = policy;
    const daysAway =
      sync.lastContactAt === null ? null : Math.max(0, daysBetween(localDateAt(sync.lastContactAt), today));
    const registryAge =
      registryCursor === undefined ? null : Math.max(0, daysBetween(localDateAt(registryCursor.appliedAt), today));
    const isFreshRegistry = registryCursor !== undefined && now <= registryCursor.freshUntil;
    const clockState = timekeeper.state();
    return {
      appVersion: config.appVersion,
      mode: config.mode,
      enrolled: true,
      outlet: {
        outletId: device.outlet.outletId,
        name: device.outlet.name,
        regencyName: regencyName(device.outlet.regency),
      },
      deviceNo: device.deviceNo,
      line: {
        health: line.online ? 'ok' : line.since === null ? 'none' : 'old',
        online: line.online,
        since: line.since,
        lastContactAt: sync.lastContactAt,
        provinceUrl: device.provinceUrl,
        doing: line.doing,
        nextTryAt: line.nextTryAt,
        lastErrorCode: line.lastError,
      },
      outbox: {
        health: outbox.quarantined > 0 ? 'stop' : outbox.unsentMoney === 0 ? 'ok' : line.online ? 'busy' : 'old',
        unsent: outbox.unsentMoney,
        quarantined: outbox.quarantined,
        oldestAt: outbox.oldestAt,
      },
      cash: { health: ofCap(drawer, caps.drawerCash), undeposited, cap: caps.drawerCash ?? undeposited },
      rules: {
        health: rules.ok && rules.value.packId !== null ? (rules.value.fresh ? 'ok' : 'old') : 'stop',
        packId: rules.ok ? rules.value.packId : null,
        issuedOn: rules.ok ? rules.value.issuedOn : null,
        ageDays: rules.ok ? rules.value.ageDays : null,
        nextChangeOn: rules.ok ? rules.value.nextChangeOn : null,
        nextPackKnown: rules.ok && rules.value.nextChangeOn !== null,
      },
      registry: {
        health: registry.vehicles === 0 ? 'stop' : isFreshRegistry ? 'ok' : 'old',
        dataOn: registryCursor === undefined ? null : localDateAt(registryCursor.appliedAt),
        ageDays: registryAge,
        vehicles: registry.vehicles,
      },
      clock: {
        health: clockState.timeTrust === 'suspect' ? 'stop' : clockState.timeTrust === 'clamped' ? 'old' : 'ok',
        now,
        today,
        trust: clockState.timeTrust,
      },
      offlineCash: policy.offlineCash,
      sellingStopped: line.action === 'STOP_SELLING' ? [{ code: 'SELLING_STOPPED', details: {} }] : [],
      limits: [
        ...(caps.drawerCash === null ? [] : [{ cap: 'cash-in-drawer' as const, used: drawer, limit: caps.drawerCash }]),
        ...(caps.unsent === null ? [] : [{ cap: 'unsent' as const, used: outbox.unsentMoney, limit: caps.unsent }]),
        ...(caps.daysSinceContact === null || daysAway === null
          ? []
          : [{ cap: 'days-without-contact' as const, used: daysAway, limit: caps.daysSinceContact }]),
      ],
      needsPerson: deps.needsPerson,
      unknownPrints,
    };
  });
}
