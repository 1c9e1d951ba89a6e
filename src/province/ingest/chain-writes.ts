import { type Insertable, sql } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { Tx } from '../db/open.ts';
import { type ApplicationWrites, writeApplications } from './application-writes.ts';
import { type ApprovalWrites, noApprovalWrites, writeApprovals } from './approval-writes.ts';
import { type CaseWrites, noCaseWrites, writeCases } from './case-writes.ts';
import { type DayWrites, noDayWrites } from './day-writes.ts';
import { type DrawerWrites, writeDrawer } from './drawer-writes.ts';
import { type EmergencyWrites, writeEmergency } from './emergency-writes.ts';
import { type FormWrites, writeForms } from './form-writes.ts';
import { rollbackEvidence, saysItCameBack } from './declared-gap.ts';
import { type Incident, markCloned, noteIncidents } from './incidents.ts';
import { noPeopleWrites, type PeopleWrites, writePeople } from './people-writes.ts';
import { type VoidedSale, writeVoids } from './void-writes.ts';
import { writeDays } from '../region/write-days.ts';
import { type ServiceWrites, writeServiceFigures } from './service-writes.ts';

type Row<T extends keyof Database> = Insertable<Database[T]>;

/** What judging decided to write; nothing is in the database before `writeChain`. */
export type ChainWrites = {
  readonly entries: Row<'entry'>[];
  readonly ledgerLines: Row<'ledger_line'>[];
  readonly sales: Row<'sale'>[];
  readonly work: Row<'booking_work'>[];
  readonly arrivals: Row<'arrival'>[];
  readonly erased: Row<'erased_subject'>[];
  readonly capturedPages: Row<'captured_page'>[];
  readonly discardedPages: Row<'discarded_page'>[];
  readonly applications: ApplicationWrites;
  readonly approvals: ApprovalWrites;
  readonly cases: CaseWrites;
  readonly forms: FormWrites;
  readonly emergency: EmergencyWrites;
  readonly drawer: DrawerWrites;
  readonly days: DayWrites;
  readonly services: ServiceWrites;
  readonly people: PeopleWrites;
  readonly epochs: Row<'epoch'>[];
  readonly suspended: Row<'suspended_entry'>[];
  readonly suspense: Row<'suspense'>[];
  readonly voids: VoidedSale[];
  readonly pending: Row<'pending_entry'>[];
  /** Hashes that leave the waiting room. */
  readonly arrived: string[];
  readonly incidents: Incident[];
  clonedAt: number | null;
};

export function noWrites(): ChainWrites {
  return {
    entries: [],
    ledgerLines: [],
    sales: [],
    work: [],
    arrivals: [],
    erased: [],
    capturedPages: [],
    discardedPages: [],
    applications: { rows: [], steps: [] },
    approvals: noApprovalWrites(),
    cases: noCaseWrites(),
    forms: { deliveries: [], told: [] },
    emergency: { books: [], told: [] },
    drawer: { deposits: [] },
    days: noDayWrites(),
    services: { services: [], waits: [] },
    people: noPeopleWrites(),
    epochs: [],
    suspended: [],
    suspense: [],
    voids: [],
    pending: [],
    arrived: [],
    incidents: [],
    clonedAt: null,
  };
}

/** One statement whatever the number of rows: an array per column instead of a parameter per value. */
async function writeEntries(tx: Tx, deviceId: string, rows: ChainWrites['entries']): Promise<void> {
  if (rows.length === 0) return;
  const column = <K extends keyof Row<'entry'>>(name: K): Row<'entry'>[K][] => rows.map((row) => row[name]);
  await sql`insert into entry (device_id, epoch_n, epoch_nonce, seq, hash, prev, type, stream, text, sig, verdict, reason,
      received_at)
    select ${deviceId}::uuid, * from unnest(${column('epoch_n')}::int[], ${column('epoch_nonce')}::text[],
      ${column('seq')}::bigint[], ${column('hash')}::text[], ${column('prev')}::text[], ${column('type')}::text[],
      ${column('stream')}::uuid[], ${column('text')}::text[], ${column('sig')}::text[], ${column('verdict')}::text[],
      ${column('reason')}::text[], ${column('received_at')}::bigint[])`.execute(tx);
}

async function writeLedgerLines(tx: Tx, deviceId: string, rows: ChainWrites['ledgerLines']): Promise<void> {
  if (rows.length === 0) return;
  const column = <K extends keyof Row<'ledger_line'>>(name: K): Row<'ledger_line'>[K][] => rows.map((row) => row[name]);
  await sql`insert into ledger_line (device_id, epoch_n, epoch_nonce, seq, line_no, account, amount, cash_session_id)
    select ${deviceId}::uuid, * from unnest(${column('epoch_n')}::int[], ${column('epoch_nonce')}::text[],
      ${column('seq')}::bigint[], ${column('line_no')}::int[], ${column('account')}::text[],
      ${column('amount')}::bigint[], ${column('cash_session_id')}::uuid[])`.execute(tx);
}

type GrowingTable = 'sale' | 'booking_work' | 'suspended_entry' | 'pending_entry';
type LastingTable = 'arrival' | 'erased_subject' | 'suspense' | 'captured_page' | 'discarded_page';

async function insertNew<T extends GrowingTable>(tx: Tx, table: T, rows: readonly Row<T>[]): Promise<void> {
  if (rows.length > 0) await tx.insertInto(table).values(rows).execute();
}

/** The first row of its key stays: who came before said the same. */
async function insertOnce<T extends LastingTable>(tx: Tx, table: T, rows: readonly Row<T>[]): Promise<void> {
  if (rows.length > 0) {
    await tx
      .insertInto(table)
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** What a new epoch tells of a device that came back from an older state: entries declared lost that we hold, or a second epoch of its number. */
async function incidentsOfEpoch(tx: Tx, row: Row<'epoch'>): Promise<readonly Incident[]> {
  const { device_id: deviceId, n, nonce, reason, gap_n: gapN, gap_nonce: gapNonce, gap_from: from, gap_to: to } = row;
  const opened = { n, nonce, reason };
  if (row.gap_refused !== null && row.gap_refused !== undefined) {
    const facts = { ...opened, problem: row.gap_refused, fromSeq: from ?? null, toSeq: to ?? null };
    return [{ kind: 'GAP_REFUSED', evidence: `${n}/${nonce}`, facts }];
  }
  const { rows } = await sql<{ held: number; twins: number }>`select
    (select count(*) from entry where device_id = ${deviceId} and epoch_n = ${gapN ?? null}
      and epoch_nonce = ${gapNonce ?? null} and seq between ${from ?? null} and ${to ?? null}) as held,
    (select count(*) from epoch where device_id = ${deviceId} and n = ${n} and nonce <> ${nonce}) as twins`.execute(tx);
  const { held, twins } = rows[0] ?? { held: 0, twins: 0 };
  const found: Incident[] = [];
  // A device that says of itself that it came back from an older state is believed, also by a province that was restored
  // since and holds nothing of what the device lost.
  const isRollback = saysItCameBack(reason);
  if (
    (isRollback || held > 0) &&
    typeof from === 'number' &&
    typeof gapN === 'number' &&
    typeof gapNonce === 'string'
  ) {
    const kind = isRollback ? 'DEVICE_ROLLBACK' : 'GAP_HELD';
    const evidence = rollbackEvidence({ n: gapN, nonce: gapNonce }, from);
    found.push({ kind, evidence, facts: { ...opened, held, fromSeq: from } });
  }
  if (twins > 0) found.push({ kind: 'DEVICE_ROLLBACK', evidence: `twin/${n}/${nonce}`, facts: opened });
  return found;
}

async function writeEpochs(tx: Tx, rows: ChainWrites['epochs']): Promise<readonly Incident[]> {
  const incidents: Incident[] = [];
  for (const row of rows) {
    const written = await tx
      .insertInto('epoch')
      .values(row)
      .onConflict((conflict) => conflict.columns(['device_id', 'n', 'nonce']).doNothing())
      .returning('n')
      .executeTakeFirst();
    if (written !== undefined) incidents.push(...(await incidentsOfEpoch(tx, row)));
  }
  return incidents;
}

/** Writes what was judged, in the order in which rows refer to each other. Answers how many incidents are new. */
export async function writeChain(tx: Tx, deviceId: string, writes: ChainWrites, now: number): Promise<number> {
  await writeEntries(tx, deviceId, writes.entries);
  await writeLedgerLines(tx, deviceId, writes.ledgerLines);
  await insertNew(tx, 'sale', writes.sales);
  await insertNew(tx, 'booking_work', writes.work);
  await insertNew(tx, 'suspended_entry', writes.suspended);
  await insertNew(tx, 'pending_entry', writes.pending);
  await insertOnce(tx, 'arrival', writes.arrivals);
  await insertOnce(tx, 'erased_subject', writes.erased);
  await insertOnce(tx, 'suspense', writes.suspense);
  await writeApplications(tx, writes.applications);
  await writeForms(tx, writes.forms);
  await writeEmergency(tx, deviceId, writes.emergency, now);
  await writeDrawer(tx, writes.drawer);
  await writeDays(tx, deviceId, writes.days);
  await writeServiceFigures(tx, deviceId, writes.services);
  await writePeople(tx, deviceId, writes.people);
  await insertOnce(tx, 'captured_page', writes.capturedPages);
  await insertOnce(tx, 'discarded_page', writes.discardedPages);
  if (writes.arrived.length > 0) {
    await tx
      .deleteFrom('pending_entry')
      .where('device_id', '=', deviceId)
      .where('hash', 'in', writes.arrived)
      .execute();
  }
  const late = await writeVoids(tx, deviceId, writes.voids, now);
  const ofApprovals = await writeApprovals(tx, writes.approvals);
  const lateCases = await writeCases(tx, deviceId, writes.cases, now);
  const incidents = [
    ...writes.incidents,
    ...late,
    ...lateCases,
    ...ofApprovals,
    ...(await writeEpochs(tx, writes.epochs)),
  ];
  if (writes.clonedAt !== null) await markCloned(tx, deviceId, writes.clonedAt);
  return noteIncidents(tx, deviceId, incidents, now);
}
