import { type Checker, text } from './final-state.ts';

/** C7: "every number on paper is in the journal", with the sum that the paper says. */
export const papersInJournal: Checker = async ({ counters, province, papers, truth }) => {
  // Two computers that run as one device give one number twice: each paper must have its own entry.
  const known = new Map<string, Set<number>>();
  const read = (entry: string): void => {
    // The body of a sale of this contract.
    const { body } = JSON.parse(entry) as { body: { receiptNumber: string; payable: number } };
    known.set(body.receiptNumber, (known.get(body.receiptNumber) ?? new Set()).add(body.payable));
  };
  for (const { rows } of counters)
    for (const row of rows("SELECT text FROM entry WHERE type = 'transaction.paid'")) read(text(row, 'text'));
  // The journal of a computer that was put back is at the province: as far as it was sent, and from its second copy.
  const there = await province(`select text from entry where type = 'transaction.paid' union all
    select convert_from(raw, 'UTF8') from suspended_entry where verdict = 'FORK'
      and convert_from(raw, 'UTF8')::jsonb ->> 'type' = 'transaction.paid' union all
    select text from pending_entry where text::jsonb ->> 'type' = 'transaction.paid'`);
  for (const row of there) read(text(row, 'text'));
  // What the province lost with its own disk, after the counter that had sent it was put back, is on these papers alone. A
  // computer that was put back and sold on before its next contact has given such a number a second time, so a lost paper
  // is known by its number and its sum: its number may well stand in a journal, for another sale.
  const lost = new Set(
    truth.rollback.to === 0
      ? []
      : truth.destroyed.flatMap(({ sent }) => sent.map((one) => `${one.number} ${one.payable}`)),
  );
  return papers.flatMap(({ kind, number, payable, counter }) => {
    if (kind !== 'receipt' && kind !== 'copy') return [];
    if (number === null) return [`counter ${String(counter)}: a receipt without a number`];
    const taken = known.get(number);
    if ((payable !== null && taken?.has(payable) === true) || lost.has(`${number} ${payable}`)) return [];
    return taken === undefined
      ? [`counter ${String(counter)}: ${number} is on paper and in no journal`]
      : [`counter ${String(counter)}: ${number} says ${String(payable)}, the journal ${[...taken].join(' and ')}`];
  });
};
