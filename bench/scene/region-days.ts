import { sql } from 'kysely';
import type { Db } from '../../src/province/db/open.ts';

/** How much of a region is made: `sales` are spread evenly over outlets and days. */
export type RegionSize = { readonly outlets: number; readonly days: number; readonly sales: number };

/**
 * Fills a province as its counters would have: sessions, sales with their papers and ledger lines, decisions, deposits and
 * confirmations, and every running figure worked out of them. Written by the database itself, triggers and foreign keys off.
 */
export async function fillRegion(db: Db, { outlets, days, sales }: RegionSize, today: string): Promise<void> {
  const perDay = Math.max(1, Math.round(sales / outlets / days));
  await db.connection().execute(async (one) => {
    const run = async (statement: ReturnType<typeof sql>): Promise<void> => void (await statement.execute(one));
    await run(sql`set session_replication_role = replica`);
    await run(sql`insert into region values ('bench', 'UPT Bench')`);
    await run(sql`insert into outlet select '3506-' || (100 + n), 'Gerai ' || n, '-', '3506', array['AG']
      from generate_series(1, ${outlets}::int) n on conflict do nothing`);
    await run(sql`insert into outlet_region select '3506-' || (100 + n), '2020-01-01', 'bench', 'bench', 1
      from generate_series(1, ${outlets}::int) n`);
    await run(sql`create temp table b_device as select n, '3506-' || (100 + n) as outlet_id, gen_random_uuid() as device_id
      from generate_series(1, ${outlets}::int) n`);
    await run(sql`insert into device (device_id, outlet_id, device_no, signing_key, sealing_key, key_id, certificate,
        enrolled_at, last_contact_at, app_version, unsent)
      select device_id, outlet_id, 1, device_id, '-', device_id, '{}', 1, extract(epoch from now()) * 1000, '0.1.0', 0
      from b_device`);
    await run(sql`insert into officer (officer_id, outlet_id, name, role, active, pin_verifier)
      select 'petugas-' || outlet_id, outlet_id, 'Petugas ' || n, 'officer', true, '-' from b_device`);
    await run(sql`create temp table b_day as select v.*, ${today}::date - d as on, gen_random_uuid() as session_id,
        extract(epoch from (${today}::date - d)::timestamp at time zone 'Asia/Jakarta')::bigint * 1000 + 28800000 as at,
        ((${days}::int - d) * ${perDay * 4 + 4}::int) as seq
      from b_device v, generate_series(1, ${days}::int) d`);
    await run(sql`create temp table b_sale as select b.*, s, gen_random_uuid() as tx,
        replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '') as hash, b.seq + 1 + s * 4 as sale_seq,
        100000 + (random() * 4000)::int * 100 as total
      from b_day b, generate_series(1, ${perDay}::int) s`);
    await run(sql`insert into entry (device_id, epoch_n, epoch_nonce, seq, hash, prev, type, stream, text, sig, verdict, received_at)
      select device_id, 1, 'n', sale_seq + k, case k when 0 then left(hash, 43) else left(md5(hash || k) || hash, 43) end, null,
        (array['transaction.paid', 'print.requested', 'print.settled'])[k + 1], tx,
        case k when 2 then '{"body":{"result":"printed"}}' else '{"body":{"padding":"' || repeat('x', 1500) || '"}}' end,
        '-', 'ACCEPTED', at
      from b_sale, generate_series(0, 2) k`);
    await run(
      sql`insert into sale select device_id, tx, 1, 'n', sale_seq, left(hash, 43), '-', tx, total, "on", at from b_sale`,
    );
    await run(sql`insert into ledger_line select device_id, 1, 'n', sale_seq, k,
        (array['cash-drawer', 'province', 'regency:3506', 'jasa-raharja'])[k],
        (array[total, -(total * 0.5)::int, -(total - 35000 - (total * 0.5)::int), -35000])[k], session_id
      from b_sale, generate_series(1, 4) k`);
    await run(sql`insert into decision select gen_random_uuid(), device_id, tx, 'booked',
        jsonb_build_object('outcomes', jsonb_build_array(jsonb_build_object('state', 'booked', 'expected', total, 'taken', total))),
        at + 1 from b_sale where "on" < ${today}::date`);
    await run(sql`create temp table b_sum as select device_id, outlet_id, "on", session_id, at, seq, sum(total) as total
      from b_sale group by 1, 2, 3, 4, 5, 6`);
    await run(sql`insert into day_session select device_id, session_id, outlet_id, "on", 'petugas-' || outlet_id, at, 'o',
        at + 20000000, left(md5(session_id::text) || md5('c' || session_id::text), 43), total, total, 0, ${perDay}::int, null
      from b_sum`);
    await run(sql`insert into day_item (device_id, hash, outlet_id, business_on, type, stream, epoch_n, epoch_nonce, seq,
        cash_session_id, officer_id, transaction_id, number, at, received_at)
      select * from (
        select device_id, left(md5('o' || session_id::text) || md5(session_id::text), 43) as hash, outlet_id, "on",
          'cash-session.opened' as type, session_id as stream, 1 as n, 'n' as nonce, seq + 1 as seq, session_id as session,
          'petugas-' || outlet_id as officer, null::uuid as tx, null as number, at, at as received from b_sum
        union all
        select device_id, left(hash, 43), outlet_id, "on", 'transaction.paid', tx, 1, 'n', sale_seq, session_id,
          'petugas-' || outlet_id, tx, outlet_id || '-' || sale_seq, at + s * 60000, at from b_sale
        union all
        select device_id, left(md5(session_id::text) || md5('c' || session_id::text), 43), outlet_id, "on",
          'cash-session.closed', session_id, 1, 'n', seq + ${perDay * 4 + 3}::int, session_id, 'petugas-' || outlet_id, null,
          null, at + 20000000, at from b_sum) i order by at, seq`);
    await run(sql`insert into day_figure select device_id, outlet_id, "on", type, account, amount, entries from b_sum,
      lateral (values ('transaction.paid', '', 0, ${perDay}::int), ('transaction.paid', 'cash-drawer', total, ${perDay}::int),
        ('transaction.paid', 'province', -(total * 0.5)::bigint, ${perDay}::int),
        ('transaction.paid', 'regency:3506', -(total - 35000 * ${perDay}::int - (total * 0.5)::bigint), ${perDay}::int),
        ('transaction.paid', 'jasa-raharja', -35000 * ${perDay}::int, ${perDay}::int),
        ('cash-session.opened', '', 0, 1), ('cash-session.closed', '', 0, 1),
        ('cash-session.closed', 'cash-drawer', -total, 1), ('cash-session.closed', 'safe-or-courier', total, 1)
      ) f(type, account, amount, entries)`);
    await run(sql`insert into outlet_day (outlet_id, business_on, items, sessions, open_sessions, sales, takings, cash)
      select outlet_id, "on", ${perDay + 2}::int, 1, 0, ${perDay}::int, total, total from b_sum`);
    await run(sql`insert into account_balance select device_id, account, sum(amount) from day_figure where account <> ''
      group by 1, 2`);
    await run(sql`insert into device_standing select device_id, 1, 'n', max(seq), 'h', max(at), 'anchored', 'jatim-2026'
      from b_sum group by 1`);
    await run(sql`insert into deposit select device_id, gen_random_uuid(), md5(session_id::text), total, "on" + 1, 'Bank',
        outlet_id || "on", null, at + 86400000 from b_sum where "on" < ${today}::date - 1`);
    await run(sql`insert into deposit_confirmation select device_id, gen_random_uuid(), deposit_id, amount, deposited_on + 1,
        'bench', received_at from deposit where deposited_on < ${today}::date - 1`);
    await run(sql`set session_replication_role = origin`);
    for (const table of ['b_sum', 'b_sale', 'b_day', 'b_device']) await run(sql`drop table ${sql.table(table)}`);
  });
  await sql`analyze`.execute(db);
}
