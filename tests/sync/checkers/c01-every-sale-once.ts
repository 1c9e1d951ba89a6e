import { type Checker, text } from './final-state.ts';

/** C1: "every surviving committed sale is at the province exactly once, amounts equal". */
export const everySaleOnce: Checker = async ({ counters, province }) => {
  const there = new Map<string, { count: number; total: number }>();
  for (const row of await province('select transaction_id, total from sale')) {
    const known = there.get(text(row, 'transaction_id'));
    there.set(text(row, 'transaction_id'), { count: (known?.count ?? 0) + 1, total: Number(row['total']) });
  }
  // A forked or bent entry is kept beside the chain, in suspense, until a person decides; it is there all the same.
  const aside = new Set(
    (await province("select hash from suspended_entry union select hash from entry where verdict <> 'ACCEPTED'")).map(
      (row) => text(row, 'hash'),
    ),
  );
  const problems: string[] = [];
  for (const { index, rows } of counters) {
    for (const entry of rows("SELECT seq, hash, text FROM entry WHERE type = 'transaction.paid'")) {
      // The body of a sale of this contract, written by the program under test.
      const { body } = JSON.parse(text(entry, 'text')) as { body: { transactionId: string; total: number } };
      const found = there.get(body.transactionId);
      const place = `counter ${String(index)} seq ${String(entry['seq'])}`;
      if (aside.has(text(entry, 'hash'))) continue;
      if (found === undefined) problems.push(`${place}: the sale is not at the province`);
      else if (found.count !== 1) problems.push(`${place}: the sale is at the province ${String(found.count)} times`);
      else if (found.total !== body.total)
        problems.push(`${place}: ${String(found.total)} there, ${String(body.total)} here`);
    }
  }
  return problems;
};
