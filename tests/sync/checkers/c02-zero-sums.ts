import { type Checker, text } from './final-state.ts';

/** C2: "ledger lines sum to zero per entry, cash session, device, province". */
export const zeroSums: Checker = async ({ counters, province }) => {
  const problems: string[] = [];
  for (const { index, rows } of counters) {
    for (const row of rows('SELECT entry_seq, sum(amount) AS s FROM ledger_line GROUP BY entry_seq HAVING s <> 0')) {
      problems.push(`counter ${String(index)} entry ${String(row['entry_seq'])}: ${String(row['s'])}`);
    }
    const sessions = rows('SELECT cash_session_id AS c, sum(amount) AS s FROM ledger_line GROUP BY c HAVING s <> 0');
    for (const row of sessions)
      problems.push(`counter ${String(index)} session ${text(row, 'c')}: ${String(row['s'])}`);
  }
  const sums = (by: string): string =>
    `select ${by} as place, sum(amount) as s from ledger_line group by 1 having sum(amount) <> 0`;
  for (const by of [
    "device_id || '/' || seq",
    "device_id || '/' || coalesce(cash_session_id::text, '-')",
    'device_id::text',
    "'all'",
  ]) {
    for (const row of await province(sums(by))) problems.push(`province ${text(row, 'place')}: ${String(row['s'])}`);
  }
  return problems;
};
