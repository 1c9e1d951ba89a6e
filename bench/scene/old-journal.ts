import type { EntryDraft, Journal } from '../../src/main/core/journal/journal.ts';
import { ok } from '../../src/domain/result.ts';
import { rupiah } from '../../src/domain/rupiah.ts';
import { openFloatLedgerLines } from '../../src/domain/ledger-lines.ts';
import { insertSession } from '../../src/main/core/cash/cash-store.ts';
import type { WriteTx } from '../../src/main/core/db/open.ts';
import { systemRandom } from '../../src/main/core/device/system-ports.ts';
import { createTimekeeper } from '../../src/main/core/device/timekeeper.ts';
import { uuidV7 } from '../../src/main/core/device/uuid.ts';
import { createJournal } from '../../src/main/core/journal/journal.ts';
import { createMarks } from '../../src/main/core/journal/mark.ts';
import { type OpenedData, openData, type PayableVehicle, payableVehicles, valueOf } from './opened-data.ts';
import { takeAllIntoCustody } from './custody.ts';
import { createPastSales, SALE_ENTRIES } from './past-sales.ts';

const DAY_MS = 86_400_000;
const SALES_A_DAY = 65;
/** So that also a thousand sales lie within one day. */
const SALE_EVERY_MS = 20_000;
/** Vehicles that are left unsold, for the sales that are measured. */
const KEPT_VEHICLES = 400;
const FLOAT = rupiah(200_000);
const OFFICER = { officerId: 'petugas-1', name: 'Siti Aminah' };

/** What was made. */
export type OldJournal = { readonly entries: number; readonly sales: number; readonly vehicles: number };

type Shift = { readonly openedAt: number; readonly cashSessionId: string; readonly isLast: boolean };

async function openShift(
  tx: WriteTx,
  append: Parameters<Parameters<Journal['record']>[0]>[1],
  shift: Shift,
): Promise<void> {
  const { cashSessionId, openedAt, isLast } = shift;
  const draft: EntryDraft<'cash-session.opened'> = {
    type: 'cash-session.opened',
    stream: cashSessionId,
    officerId: OFFICER.officerId,
    cashSessionId,
    body: {
      float: [{ denomination: 50_000, count: 4 }],
      total: FLOAT,
      ledgerLines: [...openFloatLedgerLines(FLOAT)],
    },
  };
  append(draft);
  await insertSession(tx, {
    cashSessionId,
    // There is one drawer: only the session of the last day stands open.
    state: isLast ? 'open' : 'deposited',
    openedAt,
    officerId: OFFICER.officerId,
    officerName: OFFICER.name,
    float: [{ denomination: 50_000, count: 4 }],
    floatTotal: FLOAT,
    carried: rupiah(0),
  });
}

function sellable(payable: readonly PayableVehicle[]): readonly PayableVehicle[] {
  const sold = payable.slice(KEPT_VEHICLES);
  if (sold.length === 0) throw new Error(`only ${payable.length} vehicles can be sold`);
  return sold;
}

/** The payable vehicles that no past sale touched. */
export async function unsoldVehicles(data: OpenedData): Promise<readonly PayableVehicle[]> {
  return (await payableVehicles(data)).payable.slice(0, KEPT_VEHICLES);
}

/**
 * Lets an enrolled counter live through as many days of 65 sales (or as many as are asked for) as make `wanted` entries, the last of them today. The
 * journal and the stores are the counter's own; only the commits are larger (one a day), or it would take an hour.
 */
export async function growJournal(
  dataDir: string,
  wanted: number,
  /** Folder of the province's keys, to take everything into custody; null leaves it waiting, as after weeks without a line. */
  provinceKeys: string | null,
  salesADay = SALES_A_DAY,
): Promise<OldJournal> {
  const data = await openData(dataDir);
  const random = systemRandom();
  const moment = { now: 0 };
  const clock = { wallMs: () => moment.now, monoMs: () => moment.now, bootId: () => 'past' };
  const newId = (): string => uuidV7(Math.floor(moment.now), random.bytes(16));
  const silent = { write: (): void => undefined };
  const { config, db, device, secrets } = data;
  const { dataDir: folder, secondMarkDir } = config;
  const journal = createJournal({
    db,
    secrets,
    device: { ...device, outletId: device.outlet.outletId, appVersion: config.appVersion, training: false },
    timekeeper: createTimekeeper(clock, { lastEntry: null, anchor: null, isAnchorNewest: false, feedMs: 0 }),
    marks: createMarks({ dataDir: folder, secondMarkDir, deviceId: device.deviceId, secrets, log: silent }),
    random,
    events: { publish: () => undefined },
    log: silent,
  });
  const { registered, payable } = await payableVehicles(data);
  const sales = createPastSales({ data, random, newId, officer: OFFICER, vehicles: sellable(payable) });

  const before = await db.read((tx) => journal.count(tx));
  const aDay = salesADay * SALE_ENTRIES + 3;
  const days = Math.max(1, Math.round((wanted - before) / aDay));
  const endAt = Date.now() - 60_000;
  for (let day = days - 1; day >= 0; day -= 1) {
    const openedAt = endAt - day * DAY_MS - salesADay * SALE_EVERY_MS;
    moment.now = openedAt;
    const shift: Shift = { openedAt, cashSessionId: newId(), isLast: day === 0 };
    valueOf(
      await journal.record(async (tx, append) => {
        const stream = newId();
        const officer = { stream, officerId: OFFICER.officerId, cashSessionId: null };
        append({ ...officer, type: 'officer.signed-in', body: { role: 'officer' } });
        await openShift(tx, append, shift);
        for (let sale = 0; sale < salesADay; sale += 1) {
          moment.now += SALE_EVERY_MS;
          await sales.sell(tx, append, { ...shift, soldAt: moment.now, signInStream: stream });
        }
        append({ ...officer, type: 'officer.signed-out', body: { reason: 'asked' } });
        return ok(undefined);
      }),
    );
  }
  if (provinceKeys !== null) await takeAllIntoCustody(data, provinceKeys);
  const entries = await db.read((tx) => journal.count(tx));
  await db.checkpoint();
  await db.close();
  return { entries, sales: days * salesADay, vehicles: registered };
}
