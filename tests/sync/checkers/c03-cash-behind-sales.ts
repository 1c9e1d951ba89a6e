import { type Checker, text } from './final-state.ts';

/** C3: "no sale without committed cash": behind each sale, here and there, stands its entry with its cash in the drawer. */
export const cashBehindSales: Checker = async ({ counters, province }) => {
  const problems: string[] = [];
  for (const { index, rows } of counters) {
    const bare = rows(`SELECT s.seq FROM sale s WHERE s.payable <> coalesce(
      (SELECT sum(l.amount) FROM entry e JOIN ledger_line l ON l.entry_seq = e.seq
       WHERE e.seq = s.seq AND e.hash = s.entry_hash AND e.type = 'transaction.paid' AND l.account = 'cash-drawer'), 0)`);
    for (const row of bare)
      problems.push(`counter ${String(index)} sale at seq ${String(row['seq'])} without its cash`);
  }
  const bare = await province(`select s.device_id, s.seq from sale s
    join entry e on e.device_id = s.device_id and e.hash = s.hash
    where (e.text::jsonb -> 'body' ->> 'payable')::bigint <> coalesce(
      (select sum(l.amount) from ledger_line l where l.device_id = s.device_id and l.epoch_n = s.epoch_n
        and l.epoch_nonce = s.epoch_nonce and l.seq = s.seq and l.account = 'cash-drawer'), 0)`);
  for (const row of bare)
    problems.push(`province: sale ${text(row, 'device_id')}/${String(row['seq'])} without its cash`);
  const orphans = await province(`select transaction_id from sale s where not exists
    (select 1 from entry e where e.device_id = s.device_id and e.hash = s.hash)`);
  for (const row of orphans) problems.push(`province: sale ${text(row, 'transaction_id')} without its entry`);
  return problems;
};
