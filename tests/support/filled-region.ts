import { sql } from 'kysely';
import type { Db } from '../../src/province/db/open.ts';

/** How much of a province is made: `sales` are spread evenly over outlets and days, `perRegion` outlets are one region. */
export type RegionSize = {
  readonly outlets: number;
  readonly days: number;
  readonly sales: number;
  readonly perRegion: number;
};

/** Days before today that no close, and that no reconciliation, has been signed for. */
const [UNSIGNED_DAYS, UNRECONCILED_DAYS] = [3, 6];

type Statement = ReturnType<typeof sql>;

/** Outlets, their counters and officers, and a supervisor of each region: `bench-0`, `bench-1`, ... */
const people = ({ outlets, perRegion }: RegionSize): readonly Statement[] => [
  sql`create temp table b_device as select n, '3506-' || (100 + n) as outlet_id, gen_random_uuid() as device_id,
      'bench-' || ((n - 1) / ${perRegion}::int) as region_id from generate_series(1, ${outlets}::int) n`,
  sql`insert into region select distinct region_id, 'UPT ' || region_id from b_device`,
  sql`insert into outlet select outlet_id, case when n % 5 = 0 then 'Gerai Pelayanan Samsat OPOP Pondok Pesantren Salafiyah Syafi''iyah Sukorejo ' || n else 'Gerai ' || n end, '-', '3506', array['AG'] from b_device on conflict do nothing`,
  sql`insert into outlet_region select outlet_id, '2020-01-01', region_id, 'bench', 1 from b_device`,
  sql`insert into device (device_id, outlet_id, device_no, signing_key, sealing_key, key_id, certificate,
      enrolled_at, last_contact_at, app_version, unsent)
    select device_id, outlet_id, 1, device_id, '-', device_id, '{}', 1, extract(epoch from now()) * 1000, '0.1.0', 0
    from b_device`,
  sql`insert into officer (officer_id, outlet_id, name, role, active, pin_verifier)
    select 'petugas-' || outlet_id, outlet_id, 'Petugas ' || n, 'officer', true, '-' from b_device`,
  sql`insert into officer (officer_id, outlet_id, name, role, active, pin_verifier)
    select region_id, min(outlet_id), 'Pengawas ' || region_id, 'supervisor', true, '-' from b_device group by 1`,
  sql`insert into supervisor_region select distinct region_id, region_id from b_device`,
];

/** Entries, ledger lines and projections of each day: a session with its sales and papers, and the deposit of the day before. */
function work({ outlets, days, sales }: RegionSize, today: string): readonly Statement[] {
  const perDay = Math.max(1, Math.round(sales / outlets / days));
  return [
    sql`create temp table b_day as select v.*, ${today}::date - d as on, gen_random_uuid() as session_id,
        extract(epoch from (${today}::date - d)::timestamp at time zone 'Asia/Jakarta')::bigint * 1000 + 28800000 as at,
        ((${days}::int - d) * ${perDay * 4 + 8}::int) as seq
      from b_device v, generate_series(1, ${days}::int) d`,
    sql`create temp table b_sale as select b.*, s, gen_random_uuid() as tx,
        replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '') as hash, b.seq + 1 + s * 4 as sale_seq,
        (100000 + (random() * 4000)::int * 100) * case when n % 7 = 0 then 200 else 1 end as total
      from b_day b, generate_series(1, ${perDay}::int) s`,
    sql`insert into entry (device_id, epoch_n, epoch_nonce, seq, hash, prev, type, stream, text, sig, verdict, received_at)
      select device_id, 1, 'AAAAAAAAAAA', sale_seq + k, case k when 0 then left(hash, 43) else left(md5(hash || k) || hash, 43) end, null,
        (array['transaction.paid', 'print.requested', 'print.settled'])[k + 1], tx,
        case k when 2 then '{"body":{"result":"printed"}}' else '{"body":{"padding":"' || repeat('x', 1500) || '"}}' end,
        '-', 'ACCEPTED', at
      from b_sale, generate_series(0, 2) k`,
    sql`insert into sale select device_id, tx, 1, 'AAAAAAAAAAA', sale_seq, left(hash, 43), '-', tx, total, "on", at from b_sale`,
    // Services of one to five minutes, a fifth of them without a line; some papers copied, few taken back.
    sql`insert into counter_service (device_id, stream, outlet_id, business_on, begun_at, looked_by, looked_hash, quoted,
        arrived, sold_at, sold_by, sale_hash, amount, online, missing_papers, printed_at, copies, voided_at, voided_by, void_hash)
      select device_id, tx, outlet_id, "on", at + s * 600000 - 60000 - (random() * 240000)::int, 'petugas-' || outlet_id,
        left(md5('l' || hash) || hash, 43), false, false, at + s * 600000, 'petugas-' || outlet_id, left(hash, 43), total,
        random() < 0.8, (random() < 0.02)::int, at + s * 600000 + 1000, (random() < 0.03)::int,
        case when taken then at + s * 600000 + 1200000 end, case when taken then 'petugas-' || outlet_id end,
        case when taken then left(md5('v' || hash) || hash, 43) end
      from (select *, random() < 0.003 as taken from b_sale) b`,
    sql`insert into ledger_line select device_id, 1, 'AAAAAAAAAAA', sale_seq, k,
        (array['cash-drawer', 'province', 'regency:3506', 'jasa-raharja'])[k],
        (array[total, -(total * 0.5)::int, -(total - 35000 - (total * 0.5)::int), -35000])[k], session_id
      from b_sale, generate_series(1, 4) k`,
    sql`insert into decision select gen_random_uuid(), device_id, tx, 'booked',
        jsonb_build_object('outcomes', jsonb_build_array(jsonb_build_object('state', 'booked', 'expected', total, 'taken', total))),
        at + 1 from b_sale`,
    sql`create temp table b_sum as select device_id, outlet_id, "on", session_id, at, seq, sum(total) as total,
        left(md5(session_id::text) || md5('c' || session_id::text), 43) as close_hash,
        left(md5('d' || session_id::text) || md5(session_id::text), 43) as deposit_hash
      from b_sale group by 1, 2, 3, 4, 5, 6`,
    sql`insert into ledger_line select device_id, 1, 'AAAAAAAAAAA', seq + ${perDay * 4 + 5}::int, k,
        (array['cash-drawer', 'safe-or-courier'])[k], (array[-total, total])[k], session_id
      from b_sum, generate_series(1, 2) k`,
    sql`insert into deposit select device_id, gen_random_uuid(), deposit_hash, total, "on" + 1, 'Bank', outlet_id || "on",
        null, at + 86400000 from b_sum where "on" < ${today}::date - 1`,
    sql`insert into ledger_line select device_id, 1, 'AAAAAAAAAAA', seq + ${perDay * 8 + 14}::int, k,
        (array['safe-or-courier', 'bank-in-transit'])[k], (array[-total, total])[k], null
      from b_sum, generate_series(1, 2) k where "on" < ${today}::date - 1`,
    sql`insert into deposit_confirmation select device_id, gen_random_uuid(), deposit_id, amount, deposited_on + 1,
        'bench', received_at from deposit where deposited_on < ${today}::date - 1`,
    sql`insert into day_session select device_id, session_id, outlet_id, "on", 'petugas-' || outlet_id, at, 'o',
        at + 20000000, close_hash, total, total, 0, ${perDay}::int, null from b_sum`,
    sql`insert into day_item (device_id, hash, outlet_id, business_on, type, stream, epoch_n, epoch_nonce, seq,
        cash_session_id, officer_id, transaction_id, number, at, received_at)
      select * from (
        select device_id, left(md5('o' || session_id::text) || md5(session_id::text), 43) as hash, outlet_id, "on",
          'cash-session.opened' as type, session_id as stream, 1 as n, 'AAAAAAAAAAA' as nonce, seq + 1 as seq, session_id as session,
          'petugas-' || outlet_id as officer, null::uuid as tx, null as number, at, at as received from b_sum
        union all
        select device_id, left(hash, 43), outlet_id, "on", 'transaction.paid', tx, 1, 'AAAAAAAAAAA', sale_seq, session_id,
          'petugas-' || outlet_id, tx, outlet_id || '-01-100-' || lpad(sale_seq::text, 6, '0') || '-00', at + s * 60000, at from b_sale
        union all
        select device_id, close_hash, outlet_id, "on", 'cash-session.closed', session_id, 1, 'AAAAAAAAAAA',
          seq + ${perDay * 4 + 5}::int, session_id, 'petugas-' || outlet_id, null, null, at + 20000000, at from b_sum
        union all
        select device_id, deposit_hash, outlet_id, "on" + 1, 'cash.deposited', session_id, 1, 'AAAAAAAAAAA',
          seq + ${perDay * 8 + 14}::int, null, 'petugas-' || outlet_id, null, null, at + 106400000, at from b_sum
          where "on" < ${today}::date - 1) i order by at, seq`,
  ];
}

/** Every running figure, worked out of the lines as migration 16 did, and the signatures that stand under older days. */
const figures = (today: string): readonly Statement[] => [
  sql`insert into day_figure (device_id, outlet_id, business_on, type, account, amount, entries)
    select device_id, outlet_id, business_on, type, '', 0, count(*) from day_item group by 1, 2, 3, 4
    union all
    select i.device_id, i.outlet_id, i.business_on, i.type, l.account, sum(l.amount), count(*)
    from day_item i join ledger_line l on l.device_id = i.device_id and l.epoch_n = i.epoch_n
      and l.epoch_nonce = i.epoch_nonce and l.seq = i.seq group by 1, 2, 3, 4, 5`,
  sql`insert into outlet_day (outlet_id, business_on, items, sessions, open_sessions, sales, takings, cash, closed_parts,
      reconciled_parts)
    select outlet_id, business_on, sum(entries) filter (where account = ''), 1, 0,
      sum(entries) filter (where account = '' and type = 'transaction.paid'),
      sum(amount) filter (where account = 'cash-drawer' and type = 'transaction.paid'),
      sum(amount) filter (where account in ('cash-drawer', 'safe-or-courier') and type <> 'cash.deposited'),
      (business_on < ${today}::date - ${UNSIGNED_DAYS}::int)::int,
      (business_on < ${today}::date - ${UNRECONCILED_DAYS}::int)::int
    from day_figure group by 1, 2`,
  sql`insert into account_balance select device_id, account, sum(amount) from day_figure where account <> '' group by 1, 2`,
  sql`insert into device_standing select device_id, 1, 'AAAAAAAAAAA', max(seq), 'h', max(at), 'anchored', 'jatim-2026'
    from b_sum group by 1`,
  sql`insert into day_decision (device_id, hash, type, outlet_id, business_on, supervisor, part, items_hash, at,
      received_at, applied)
    select device_id, left(md5(k || device_id::text) || md5(business_on::text || k), 43),
      (array['day.close-signed', 'day.reconciliation-signed'])[k], outlet_id, business_on, region_id, 0,
      translate(rtrim(encode(sha256(convert_to(items, 'utf8')), 'base64'), '='), '+/', '-_'), 1, 1, true
    from (select i.outlet_id, i.business_on, v.device_id, v.region_id, string_agg(i.hash, e'\n' order by i.place) as items
        from day_item i join b_device v on v.outlet_id = i.outlet_id group by 1, 2, 3, 4) days, generate_series(1, 2) k
    where business_on < ${today}::date - (array[${UNSIGNED_DAYS}, ${UNRECONCILED_DAYS}]::int[])[k]
    order by outlet_id, business_on, k`,
];

/**
 * Fills a province as its counters and supervisors would have: sessions, sales with their papers and ledger lines,
 * decisions, deposits and confirmations, signatures, and every running figure. Written by the database itself, triggers and
 * foreign keys off; what `province verify` says of days holds for all of it. Answers how many regions there are.
 */
export async function fillRegion(db: Db, size: RegionSize, today: string): Promise<number> {
  await db.connection().execute(async (one) => {
    await sql`set session_replication_role = replica`.execute(one);
    await sql`set synchronous_commit = off`.execute(one);
    for (const statement of [...people(size), ...work(size, today), ...figures(today)]) await statement.execute(one);
    for (const table of ['b_sum', 'b_sale', 'b_day', 'b_device'])
      await sql`drop table ${sql.table(table)}`.execute(one);
    await sql`reset session_replication_role`.execute(one);
    await sql`reset synchronous_commit`.execute(one);
  });
  await sql`vacuum analyze`.execute(db);
  return Math.ceil(size.outlets / size.perRegion);
}
