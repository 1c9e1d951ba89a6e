import { sql } from 'kysely';
import type { Epoch } from '../../src/contract/primitives.ts';
import type { Db } from '../../src/province/db/open.ts';
import { CASH_ACCOUNTS, DEPOSIT_TYPE, TAKING_ACCOUNTS, TAKING_TYPES } from '../../src/province/region/day-items.ts';
import type { Draft, TestDevice } from './test-device.ts';

/** Tables that hold what a device handed over, children first. */
const CUSTODY_TABLES = [
  'account_balance',
  'day_figure',
  'day_session',
  'counter_service',
  'queue_wait',
  'booking_work',
  'sale',
  'ledger_line',
  'arrival',
  'reverdict',
  'suspense',
  'suspended_entry',
  'damaged_entry',
  'pending_entry',
  'announced_void',
  'erased_subject',
  'subject_key',
  'epoch',
  'incident',
  'entry',
] as const;

/** What was worked out of it, with the order in which it came. */
const WORKED_OUT_TABLES = [
  'device_standing',
  'day_item',
  'day_decision',
  'queue_decision',
  'officer_standing',
  'announcement_read',
] as const;

/** Everything in custody of a device, table by table, each row as text in a fixed order. */
export async function custodyRows(db: Db, deviceId: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const each = CUSTODY_TABLES.map(
    (table) => sql`select ${sql.lit(table)} as name, (to_jsonb(t) - 'incident_no')::text as row
      from ${sql.table(table)} t where device_id = ${deviceId}`,
  );
  const { rows } = await sql<{ name: string; row: string }>`${sql.join(each, sql` union all `)} order by 1, 2`.execute(
    db,
  );
  return Object.fromEntries(
    CUSTODY_TABLES.map((table) => [table, rows.filter(({ name }) => name === table).map(({ row }) => row)]),
  );
}

const inList = (words: Iterable<string>): string => [...words].map((word) => `'${word}'`).join(', ');

/** The days of the device's outlet with what its other counters brought; no day is signed yet. */
function otherCountersOnly(deviceId: string): string {
  const outlet = `outlet_id = (select outlet_id from device where device_id = '${deviceId}')`;
  const sum = (amount: string, where: string): string => `coalesce(sum(${amount}) filter (where ${where}), 0)`;
  const day = 'd.outlet_id = f.outlet_id and d.business_on = f.business_on';
  return `delete from outlet_day where ${outlet};
    insert into outlet_day (outlet_id, business_on, items, sessions, open_sessions, sales, takings, cash)
    select outlet_id, business_on, ${sum('entries', "account = ''")},
      (select count(*) from day_session d where ${day}),
      (select count(*) from day_session d where ${day} and closed_at is null),
      ${sum("case type when 'transaction.paid' then entries when 'transaction.voided' then -entries end", "account = ''")},
      ${sum('amount', `type in (${inList(TAKING_TYPES)}) and account in (${inList(TAKING_ACCOUNTS)})`)},
      ${sum('amount', `type <> '${DEPOSIT_TYPE}' and account in (${inList(CASH_ACCOUNTS)})`)}
    from day_figure f where ${outlet} group by 1, 2;`;
}

/** Takes away what a device handed over, as if it had never come; an order of arrival can then be tried again. */
export async function forgetCustody(db: Db, deviceId: string): Promise<void> {
  const tables = [...CUSTODY_TABLES, ...WORKED_OUT_TABLES];
  const gone = tables.map((table) => `delete from ${table} where device_id = '${deviceId}';`).join('\n');
  // One text of several statements is one transaction.
  await sql
    .raw(`set local session_replication_role = replica; ${gone}
      ${otherCountersOnly(deviceId)}
      update device set cloned_at = null where device_id = '${deviceId}'; set local session_replication_role = origin;`)
    .execute(db);
}

/** Incidents of a device with what they say, oldest first. */
export async function incidentsOf(db: Db, deviceId: string): Promise<readonly { kind: string; facts: unknown }[]> {
  return db
    .selectFrom('incident')
    .select(['kind', 'facts'])
    .where('device_id', '=', deviceId)
    .orderBy('incident_no')
    .execute();
}

export const SIGNED_IN: Draft = { type: 'officer.signed-in', body: { role: 'officer' } };

/** The entry that opens an epoch and, where given, declares what was lost. */
export function epochOpened(
  reason: 'enrolment' | 'mark-mismatch' | 'salvage' | 'rotate' | 'damaged',
  declaredGap: { readonly epoch: Epoch; readonly fromSeq: number; readonly toSeq: number } | null = null,
): Draft {
  return {
    type: 'epoch.opened',
    officerId: null,
    body: {
      reason,
      outletId: '3506-017',
      lastProven: null,
      declaredGap,
      appVersion: 'test',
      keyStoreKind: 'demo',
    },
  };
}

/** Begins the device's next epoch with the entry that opens it. */
export function openEpoch(device: TestDevice, ...draft: Parameters<typeof epochOpened>): void {
  device.epoch = {
    n: device.epoch.n + 1,
    nonce: Buffer.from(`epoch${device.epoch.n}xxxxxxxx`).toString('base64url').slice(0, 11),
  };
  device.append(epochOpened(...draft));
}
