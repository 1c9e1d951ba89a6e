import type { StatusView } from '../../contract/views-counter.ts';
import { roughCash } from '../../domain/cash-session.ts';
import { daysBetween, type LocalDate, localDateAt } from '../../domain/local-date.ts';
import { regencyName } from '../../domain/regency.ts';
import { rupiah, ZERO_RUPIAH } from '../../domain/rupiah.ts';
import { readPolicyOfDay } from './approvals/cap-raises.ts';
import { undepositedCash } from './cash/drawer-balance-store.ts';
import { readDepositDue } from './cash/oldest-cash.ts';
import type { CounterConfig } from './config.ts';
import type { Db, ReadTx } from './db/open.ts';
import type { EnrolledDevice } from './device/enrolled-device-store.ts';
import type { ClockState, Timekeeper } from './device/timekeeper.ts';
import type { ClockPort } from './ports.ts';
import { readUnsettledJobs } from './printing/print-store.ts';
import { countVehicles } from './registry/registry-store.ts';
import { readRulesInForce } from './rules/rules-in-force.ts';
import { type Freshness, readFreshness } from './rules/rules-store.ts';
import { outboxFigures, readSyncState } from './sync/delivery-store.ts';
import { limitViews, findUpgrade, lineNotices } from './status-roads.ts';
import { findSellingStop } from './sync/province-word.ts';
import type { LineState } from './sync/sync-loop.ts';
import { gatherLimits } from './transactions/limit-facts.ts';

type Health = StatusView['line']['health'];
type OutboxFigures = Awaited<ReturnType<typeof outboxFigures>>;

/** A share of a cap from which the bar turns amber. */
const WARN_SHARE = 0.8;

function ofCap(used: number, cap: number | null): Health {
  if (cap === null) return 'ok';
  if (used >= cap) return 'stop';
  return used >= cap * WARN_SHARE ? 'old' : 'ok';
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
    cash: {
      health: 'none',
      undeposited: ZERO_RUPIAH,
      cap: ZERO_RUPIAH,
      rough: false,
      drawer: { amount: 0, limit: null },
      deposits: { amount: 0, limit: null, oldestOn: null },
      due: null,
    },
    rules: {
      health: 'none',
      packId: null,
      issuedOn: null,
      ageDays: null,
      nextChangeOn: null,
      nextPackKnown: false,
    },
    registry: { health: 'none', dataOn: null, ageDays: null, vehicles: 0 },
    clock: { health: 'none', now, today: localDateAt(now), trust: 'rtc', jumpMs: null, needsAcknowledgement: false },
    offlineCash: 'allowed',
    sellingStopped: [],
    limits: [],
    upgrade: null,
    notices: [],
    needsPerson: 0,
    unknownPrints: 0,
  };
}

const ageOf = (atMs: number, today: LocalDate): number => Math.max(0, daysBetween(localDateAt(atMs), today));

function lineCell(line: LineState, device: EnrolledDevice, lastContactAt: number | null): StatusView['line'] {
  const unknown = line.since === null ? 'none' : 'old';
  return {
    health: line.online ? 'ok' : unknown,
    online: line.online,
    since: line.since,
    lastContactAt,
    provinceUrl: device.provinceUrl,
    doing: line.doing,
    nextTryAt: line.nextTryAt,
    lastErrorCode: line.lastError,
  };
}

function outboxCell(figures: OutboxFigures, online: boolean): StatusView['outbox'] {
  const { unsentMoney, quarantined, oldestAt } = figures;
  const waiting = online ? 'busy' : 'old';
  const settled = unsentMoney === 0 ? 'ok' : waiting;
  return { health: quarantined > 0 ? 'stop' : settled, unsent: unsentMoney, quarantined, oldestAt };
}

async function rulesCell(
  tx: ReadTx,
  today: LocalDate,
  now: number,
  cursor: Freshness | undefined,
): Promise<StatusView['rules']> {
  const rules = await readRulesInForce(tx, today, now, cursor);
  if (!rules.ok) {
    return { health: 'stop', packId: null, issuedOn: null, ageDays: null, nextChangeOn: null, nextPackKnown: false };
  }
  const { packId, issuedOn, ageDays, fresh, nextChangeOn } = rules.value;
  const health = fresh ? 'ok' : 'old';
  return {
    health: packId === null ? 'stop' : health,
    packId,
    issuedOn,
    ageDays,
    nextChangeOn,
    nextPackKnown: nextChangeOn !== null,
  };
}

async function registryCell(
  tx: ReadTx,
  today: LocalDate,
  now: number,
  cursor: Freshness | undefined,
): Promise<StatusView['registry']> {
  const vehicles = await countVehicles(tx);
  if (cursor === undefined) return { health: 'stop', dataOn: null, ageDays: null, vehicles };
  const health = now <= cursor.freshUntil ? 'ok' : 'old';
  return {
    health: vehicles === 0 ? 'stop' : health,
    dataOn: localDateAt(cursor.appliedAt),
    ageDays: ageOf(cursor.appliedAt, today),
    vehicles,
  };
}

const CLOCK_HEALTH: Readonly<Record<ClockState['timeTrust'], Health>> = {
  anchored: 'ok',
  rtc: 'ok',
  clamped: 'old',
  suspect: 'stop',
};

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
  const { timeTrust, jumpMs, needsAcknowledgement } = timekeeper.state();
  const { outletId, name, regency } = device.outlet;
  return await db.read(async (tx): Promise<StatusView> => {
    const policy = await readPolicyOfDay(tx, today);
    const { caps, offlineCash } = policy;
    const fresh = await readFreshness(tx);
    const limits = await gatherLimits(tx, today, fresh, policy);
    const figures = await outboxFigures(tx);
    const { lastContactAt } = await readSyncState(tx);
    const undeposited = await undepositedCash(tx);
    // What the screens see of a drawer that is still to be counted blind is rounded; what stops a sale is not.
    const drawerCash = undeposited.rough ? roughCash(rupiah(limits.facts.drawerCash)) : limits.facts.drawerCash;
    const shown = { ...limits, facts: { ...limits.facts, drawerCash } };
    const stop = await findSellingStop(tx, device.certificate.certificate.notAfter, now);
    const upgrade = await findUpgrade(tx, config.appVersion);
    return {
      appVersion: config.appVersion,
      mode: config.mode,
      enrolled: true,
      outlet: { outletId, name, regencyName: regencyName(regency) },
      deviceNo: device.deviceNo,
      line: lineCell(line, device, lastContactAt),
      outbox: outboxCell(figures, line.online),
      cash: {
        health: ofCap(limits.facts.drawerCash, caps.drawerCash),
        undeposited: undeposited.amount,
        cap: caps.drawerCash ?? undeposited.amount,
        rough: undeposited.rough,
        drawer: { amount: shown.facts.drawerCash, limit: caps.drawerCash },
        deposits: {
          amount: limits.facts.unconfirmedDeposits,
          limit: caps.unconfirmedDeposits,
          oldestOn: limits.dates.oldestDepositOn,
        },
        due: await readDepositDue(tx, policy, now),
      },
      rules: await rulesCell(tx, today, now, fresh.rules),
      registry: await registryCell(tx, today, now, fresh.registry),
      clock: { health: CLOCK_HEALTH[timeTrust], now, today, trust: timeTrust, jumpMs, needsAcknowledgement },
      offlineCash,
      sellingStopped: stop === null ? [] : [{ code: 'SELLING_STOPPED', details: { because: stop } }],
      limits: limitViews(policy, shown, now),
      upgrade,
      notices: await lineNotices(tx, {
        appVersion: config.appVersion,
        nowMs: now,
        sellingStop: stop,
        upgrade,
        online: line.online,
        faultShownAfterHours: policy.lineFaultShownAfterHours,
      }),
      needsPerson: deps.needsPerson,
      unknownPrints: (await readUnsettledJobs(tx)).filter((job) => job.state === 'unknown').length,
    };
  });
}
