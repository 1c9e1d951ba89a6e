import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import { z } from 'zod';
import type { Rupiah } from '../../domain/rupiah.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Tx } from '../db/open.ts';
import { isOfDevice } from '../feeds/sealed-feeds.ts';
import type { ProvinceContext } from '../province-context.ts';
import { custodyFiguresSchema, readCustodyFigures } from './custody-figures.ts';

/** What a person says of a loss of cash or of a device (*kehilangan kas atau perangkat*). */
export type LossReport = {
  readonly deviceId: string;
  readonly report: string;
  readonly by: string;
  /** What is said to be missing from the drawer; null while nobody has counted. */
  readonly cashLost: Rupiah | null;
};

export const frozenFactsSchema = z.object({
  custody: custodyFiguresSchema,
  lastContactAt: z.number().nullable(),
  /** What the device said of itself in its last hello. */
  said: z.object({
    epoch: z.object({ n: z.number(), nonce: z.string() }).nullable(),
    seq: z.number().nullable(),
    unsent: z.number().nullable(),
  }),
  cashLost: z.number().nullable(),
  suspendedOfficers: z.array(z.string()),
});
/** The figures as they were when the case was opened; they never change. */
export type FrozenFacts = Readonly<z.infer<typeof frozenFactsSchema>>;

export type DeviceLostCase = {
  readonly caseId: string;
  readonly deviceId: string;
  readonly openedAt: number;
  readonly openedBy: string;
  readonly report: string;
  readonly facts: FrozenFacts;
};

/** The case of a lost device; undefined while nobody has reported it. */
export async function findDeviceLostCase(db: Tx | ProvinceContext['db'], deviceId: string) {
  const row = await db
    .selectFrom('exception_case')
    .selectAll()
    .where('device_id', '=', deviceId)
    .where('kind', '=', 'device-lost')
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const found: DeviceLostCase = {
    caseId: row.case_id,
    deviceId,
    openedAt: row.opened_at,
    openedBy: row.opened_by,
    report: row.report,
    facts: frozenFactsSchema.parse(row.facts),
  };
  return found;
}

/** Every officer whose PIN verifier was on the device, that is of its outlet: nobody signs in by it until reactivated. */
async function suspendOfficers(tx: Tx, outletId: string): Promise<readonly string[]> {
  const rows = await tx
    .updateTable('officer')
    .set((eb) => ({ active: false, change_no: eb.fn<number>('nextval', [eb.val('officer_change')]) }))
    .where('outlet_id', '=', outletId)
    .where('active', '=', true)
    .returning('officer_id')
    .execute();
  return rows.map((row) => row.officer_id).sort();
}

/**
 * Everybody whose verifier was on the device is told to it anew, supervisors and auditors of other outlets too: a revoked
 * computer hears of each that nothing fits him there; all others hear what they know already.
 */
async function tellOfficersAgain(tx: Tx, deviceId: string, outletId: string): Promise<void> {
  await tx
    .updateTable('officer')
    .set((eb) => ({ change_no: eb.fn<number>('nextval', [eb.val('officer_change')]) }))
    .where(isOfDevice(deviceId, outletId))
    .execute();
}

/**
 * Opens the case: "freezes figures, revokes device and officers" in one transaction. What the device still sends or what is
 * recovered from its mirror is taken all the same. Idempotency: constraint device_lost_once; said again, the first case is
 * answered and nothing changes.
 */
export async function reportDeviceLost(
  context: ProvinceContext,
  { deviceId, report, by, cashLost }: LossReport,
): Promise<Result<DeviceLostCase, 'DEVICE_UNKNOWN'>> {
  return context.db.transaction().execute(async (tx) => {
    // A push of this device waits, or is in the figures: there is no third.
    await sql`select 1 from device where device_id = ${deviceId} for update`.execute(tx);
    const device = await tx.selectFrom('device').selectAll().where('device_id', '=', deviceId).executeTakeFirst();
    if (device === undefined) return err('DEVICE_UNKNOWN');
    const before = await findDeviceLostCase(tx, deviceId);
    if (before !== undefined) return ok(before);
    const openedAt = context.now();
    const { said_n: n, said_nonce: nonce, said_seq: seq, unsent, last_contact_at: lastContactAt } = device;
    const facts: FrozenFacts = {
      custody: await readCustodyFigures(tx, deviceId),
      lastContactAt,
      said: { epoch: n === null || nonce === null ? null : { n, nonce }, seq, unsent },
      cashLost,
      suspendedOfficers: [...(await suspendOfficers(tx, device.outlet_id))],
    };
    const opened: DeviceLostCase = {
      caseId: uuidV7({ msecs: openedAt }),
      deviceId,
      openedAt,
      openedBy: by,
      report,
      facts,
    };
    await tx
      .insertInto('exception_case')
      .values({
        device_id: deviceId,
        case_id: opened.caseId,
        kind: 'device-lost',
        report,
        opened_by: by,
        facts: JSON.stringify(facts),
        opened_at: openedAt,
      })
      .execute();
    await tx
      .updateTable('device')
      .set((eb) => ({ revoked_at: eb.fn.coalesce('revoked_at', eb.val(openedAt)) }))
      .where('device_id', '=', deviceId)
      .execute();
    await tellOfficersAgain(tx, deviceId, device.outlet_id);
    context.log('warn', 'DEVICE_LOST', { device: deviceId, officers: facts.suspendedOfficers.length });
    return ok(opened);
  });
}
