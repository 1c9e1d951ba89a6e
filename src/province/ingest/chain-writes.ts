import { type Insertable, type OperationNodeSource, sql } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { Tx } from '../db/open.ts';
import { writeTogether } from '../db/together.ts';
import { type ApplicationWrites, writeApplications } from './application-writes.ts';
import { type ApprovalWrites, noApprovalWrites, writeApprovals } from './approval-writes.ts';
import { type CaseWrites, noCaseWrites, writeCases } from './case-writes.ts';
import { type DayWrites, noDayWrites } from './day-writes.ts';
import type { ChainFacts } from './chain-facts.ts';
import { type DrawerWrites, drawerRows } from './drawer-writes.ts';
import { type EmergencyWrites, writeEmergency } from './emergency-writes.ts';
import { type FormWrites, writeForms } from './form-writes.ts';
import { rollbackEvidence, saysItCameBack } from './declared-gap.ts';
import { type Incident, markCloned, noteIncidents } from './incidents.ts';
import { noPeopleWrites, peopleRows, type PeopleWrites } from './people-writes.ts';
import { type VoidedSale, writeVoids } from './void-writes.ts';
import { writeDays } from '../region/write-days.ts';
import { serviceFigures, type ServiceWrites } from './service-writes.ts';

type Row<T extends keyof Database> = Insertable<Database[T]>;
type OfDevice = Pick<ChainFacts, 'deviceId' | 'outletId' | 'sessions'>;

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

/** Rows of a table to be written, an array per column instead of a parameter per value: one statement whatever their number. */
function entryRows(deviceId: string, rows: ChainWrites['entries']): readonly OperationNodeSource[] {
  if (rows.length === 0) return [];
  const column = <K extends keyof Row<'entry'>>(name: K): Row<'entry'>[K][] => rows.map((row) => row[name]);
  return [
    sql`insert into entry (device_id, epoch_n, epoch_nonce, seq, hash, prev, type, stream, text, sig, verdict, reason,
      received_at)
    select ${deviceId}::uuid, * from unnest(${column('epoch_n')}::int[], ${column('epoch_nonce')}::text[],
      ${column('seq')}::bigint[], ${column('hash')}::text[], ${column('prev')}::text[], ${column('type')}::text[],
      ${column('stream')}::uuid[], ${column('text')}::text[], ${column('sig')}::text[], ${column('verdict')}::text[],
      ${column('reason')}::text[], ${column('received_at')}::bigint[])`,
  ];
}

function ledgerRows(deviceId: string, rows: ChainWrites['ledgerLines']): readonly OperationNodeSource[] {
  if (rows.length === 0) return [];
  const column = <K extends keyof Row<'ledger_line'>>(name: K): Row<'ledger_line'>[K][] => rows.map((row) => row[name]);
  return [
    sql`insert into ledger_line (device_id, epoch_n, epoch_nonce, seq, line_no, account, amount, cash_session_id)
    select ${deviceId}::uuid, * from unnest(${column('epoch_n')}::int[], ${column('epoch_nonce')}::text[],
      ${column('seq')}::bigint[], ${column('line_no')}::int[], ${column('account')}::text[],
      ${column('amount')}::bigint[], ${column('cash_session_id')}::uuid[])`,
  ];
}

function saleRows(deviceId: string, rows: ChainWrites['sales']): readonly OperationNodeSource[] {
  if (rows.length === 0) return [];
  const column = <K extends keyof Row<'sale'>>(name: K): Row<'sale'>[K][] => rows.map((row) => row[name]);
  return [
    sql`insert into sale (device_id, epoch_n, epoch_nonce, seq, transaction_id, hash, content_hash, subject, total, paid_on,
      received_at)
    select ${deviceId}::uuid, * from unnest(${column('epoch_n')}::int[], ${column('epoch_nonce')}::text[],
      ${column('seq')}::bigint[], ${column('transaction_id')}::uuid[], ${column('hash')}::text[],
      ${column('content_hash')}::text[], ${column('subject')}::uuid[], ${column('total')}::bigint[],
      ${column('paid_on')}::date[], ${column('received_at')}::bigint[])`,
  ];
}

function workRows(deviceId: string, rows: ChainWrites['work']): readonly OperationNodeSource[] {
  if (rows.length === 0) return [];
  return [
    sql`insert into booking_work (device_id, transaction_id, not_before)
    select ${deviceId}::uuid, * from unnest(${rows.map((row) => row.transaction_id)}::uuid[],
      ${rows.map((row) => row.not_before)}::bigint[])`,
  ];
}

type GrowingTable = 'suspended_entry' | 'pending_entry';
type LastingTable = 'arrival' | 'erased_subject' | 'suspense' | 'captured_page' | 'discarded_page';

const newRows = <T extends GrowingTable>(tx: Tx, table: T, rows: readonly Row<T>[]): readonly OperationNodeSource[] =>
  rows.length === 0 ? [] : [tx.insertInto(table).values(rows)];

/** The first row of its key stays: who came before said the same. */
const rowsOnce = <T extends LastingTable>(tx: Tx, table: T, rows: readonly Row<T>[]): readonly OperationNodeSource[] =>
  rows.length === 0
    ? []
    : [
        tx
          .insertInto(table)
          .values(rows)
          .onConflict((conflict) => conflict.doNothing()),
      ];

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

/** Every row that is new and that nothing else of a push asks for or changes. */
function rowsOf(tx: Tx, device: OfDevice, writes: ChainWrites): readonly OperationNodeSource[] {
  const { deviceId } = device;
  return [
    ...entryRows(deviceId, writes.entries),
    ...ledgerRows(deviceId, writes.ledgerLines),
    ...saleRows(deviceId, writes.sales),
    ...workRows(deviceId, writes.work),
    ...newRows(tx, 'suspended_entry', writes.suspended),
    ...newRows(tx, 'pending_entry', writes.pending),
    ...rowsOnce(tx, 'arrival', writes.arrivals),
    ...rowsOnce(tx, 'erased_subject', writes.erased),
    ...rowsOnce(tx, 'suspense', writes.suspense),
    ...rowsOnce(tx, 'captured_page', writes.capturedPages),
    ...rowsOnce(tx, 'discarded_page', writes.discardedPages),
    ...drawerRows(tx, writes.drawer),
    ...serviceFigures(device, writes.services),
    ...peopleRows(tx, deviceId, writes.people),
  ];
}

/**
 * Writes what was judged: what is new in one statement, and then what refers to it, in the order in which it does. Answers how
 * many incidents are new.
 */
export async function writeChain(tx: Tx, device: OfDevice, writes: ChainWrites, now: number): Promise<number> {
  const { deviceId } = device;
  const days = await writeDays(tx, device, writes.days);
  await writeTogether(tx, [...rowsOf(tx, device, writes), ...days.inserts]);
  await days.end();
  await writeApplications(tx, writes.applications);
  await writeForms(tx, writes.forms);
  await writeEmergency(tx, deviceId, writes.emergency, now);
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
