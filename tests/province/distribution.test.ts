import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { useProvince } from '../support/enrolled-counter.ts';

const world = useProvince();

/** By which column a distributed PostgreSQL spreads each table that grows with devices, vehicles or papers. */
const DISTRIBUTED_BY: Readonly<Record<string, string>> = {
  // the journal: everything of a device lies together
  time_anchor: 'device_id',
  entry: 'device_id',
  suspended_entry: 'device_id',
  suspense: 'device_id',
  ledger_line: 'device_id',
  sale: 'device_id',
  arrival: 'device_id',
  subject_key: 'device_id',
  core_settlement: 'device_id',
  inquiry: 'device_id',
  booking_work: 'device_id',
  decision: 'device_id',
  final_receipt: 'device_id',
  notification: 'device_id',
  voided_receipt: 'device_id',
  exception_case: 'device_id',
  epoch: 'device_id',
  damaged_entry: 'device_id',
  pending_entry: 'device_id',
  announced_void: 'device_id',
  reverdict: 'device_id',
  erased_subject: 'device_id',
  returned_page: 'device_id',
  recovered_number: 'device_id',
  captured_page: 'device_id',
  discarded_page: 'device_id',
  document: 'device_id',
  document_key: 'device_id',
  document_erasure: 'device_id',
  person_erasure: 'device_id',
  document_look: 'device_id',
  page_decision: 'device_id',
  application: 'device_id',
  application_step: 'device_id',
  form_delivery: 'device_id',
  form_told: 'device_id',
  deposit: 'device_id',
  deposit_confirmation: 'device_id',
  approval_list: 'device_id',
  approval_refused: 'device_id',
  approval_told: 'device_id',
  approval_used: 'device_id',
  cancellation: 'device_id',
  case_line: 'device_id',
  case_work: 'device_id',
  cash_return: 'device_id',
  core_resettlement: 'device_id',
  emergency_book: 'device_id',
  emergency_told: 'device_id',
  refund: 'device_id',
  refund_part: 'device_id',
  refund_step: 'device_id',
  payment_return: 'device_id',
  shortfall: 'device_id',
  supervisor_device: 'device_id',
  // the days: what counters said lies with their devices, what is known of a day with its outlet
  account_balance: 'device_id',
  device_standing: 'device_id',
  day_session: 'device_id',
  day_item: 'device_id',
  day_figure: 'device_id',
  counter_service: 'device_id',
  queue_wait: 'device_id',
  day_decision: 'device_id',
  people_act: 'device_id',
  officer_standing: 'device_id',
  announcement_read: 'device_id',
  outlet_day: 'outlet_id',
  day_paper: 'outlet_id',
  outlet_standing: 'outlet_id',
  outlet_change: 'outlet_id',
  // what came to the account lies together with what was made of it
  bank_credit: 'credit_id',
  bank_match: 'credit_id',
  bank_match_part: 'credit_id',
  // the register and what is booked in it: everything of a vehicle lies together
  core_vehicle: 'vehicle_id',
  core_booking: 'vehicle_id',
  // directories, each spread by the very thing that it makes unique
  core_plate: 'nrkb',
  official_number: 'number',
  receipt_link: 'token',
  emergency_number: 'outlet_id',
  feed_page: 'scope',
};

/** Copied whole to every node: small, seldom written, or asked for from every row of the others. */
const REFERENCE: Readonly<Record<string, string>> = {
  approval_given: 'few, and asked for by two devices: the supervisor’s and the counter’s',
  auditor_mandate: 'a row per auditor, outlet and letter',
  supervisor_outlet: 'a row per supervisor and outlet',
  supervisor_page: 'a row per telephone of a supervisor; asked for beside the answers of devices',
  supervisor_page_code: 'a row per sign-in of such a telephone; looked up before the page exists',
  queue_decision: 'few, and asked for beside what waits at any device',
  region: 'some dozen rows',
  outlet_region: 'a row per outlet and move',
  supervisor_region: 'a row per supervisor and region',
  delegation: 'a row per letter',
  outlet_hours: 'a row per outlet and change of its hours',
  outlet_closure: 'a row per announced closure',
  officer_move: 'a row per officer and move',
  announcement: 'some hundred a year',
  announcement_outlet: 'a row per announcement and outlet, asked for from every device of it',
  payment: 'unique per device, and by the reference under which its provider speaks of it',
  schema_migration: 'one row per step of the shape',
  meta: 'a handful of facts about the province',
  outlet: 'some hundred rows',
  officer: 'some thousand rows, changed by hand',
  enrolment_code: 'one row per enrolment; the code is looked up before a device exists',
  device: 'some thousand rows; its number per outlet and its key are unique across all devices',
  key_statement: 'a row per key of the province',
  bank_shape: 'one row per bank',
  bank_statement: 'one row per file that a person read',
  incident: 'written when something is wrong, read by a person over all devices',
};

type Row = { readonly table: string; readonly name: string; readonly first: string };

async function uniqueKeys(): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select t.relname as table, i.relname as name, a.attname as first
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
      join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
    where x.indisunique and t.relnamespace = 'public'::regnamespace order by 1, 2`.execute(world().province.context.db);
  return rows;
}

describe('the schema of a province that grows over several nodes', () => {
  it('names for each table the column by which it is spread, or why it is copied whole', async () => {
    const { rows } = await sql<{ name: string }>`select relname as name from pg_class
      where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by 1`.execute(
      world().province.context.db,
    );
    const named = [...Object.keys(DISTRIBUTED_BY), ...Object.keys(REFERENCE)].sort();
    expect(rows.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
  });

  it('begins every primary key and unique constraint with that column', async () => {
    const keys = await uniqueKeys();
    expect(keys.length).toBeGreaterThan(25);
    const wrong = keys.filter(({ table, first }) => !(table in REFERENCE) && DISTRIBUTED_BY[table] !== first);
    expect(wrong).toEqual([]);
    for (const table of Object.keys(DISTRIBUTED_BY)) expect(keys.map((key) => key.table)).toContain(table);
  });

  it('points across tables only along that column, or at a table that is everywhere', async () => {
    const { rows } = await sql<{ table: string; target: string; columns: string[] }>`
      select t.relname as table, f.relname as target,
        array(select a.attname::text from unnest(c.conkey) with ordinality k(no, at)
          join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.no order by k.at) as columns
      from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class f on f.oid = c.confrelid
      where c.contype = 'f' and t.relnamespace = 'public'::regnamespace`.execute(world().province.context.db);
    expect(rows.length).toBeGreaterThan(8);
    const wrong = rows.filter(({ table, target, columns }) => {
      if (target in REFERENCE) return false;
      const [own, theirs] = [DISTRIBUTED_BY[table], DISTRIBUTED_BY[target]];
      return own === undefined || own !== theirs || !columns.includes(own);
    });
    expect(wrong).toEqual([]);
  });
});
