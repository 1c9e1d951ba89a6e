import { type Checker, text } from './final-state.ts';

/** The word that matters of a verdict as a counter keeps it: `DUPLICATE` repeats the first one, reasons stand behind. */
function wordOf(kept: string): string {
  const [verdict = '', more = ''] = kept.split(':');
  return verdict === 'DUPLICATE' ? more : verdict;
}

/** C4: "the verdict here is the verdict there", and what is shown as received was accepted. */
export const sameVerdict: Checker = async ({ counters, province }) => {
  const there = new Map<string, string>();
  for (const row of await province('select hash, verdict from suspended_entry'))
    there.set(text(row, 'hash'), text(row, 'verdict'));
  for (const row of await province('select hash, verdict from entry'))
    there.set(text(row, 'hash'), text(row, 'verdict'));
  const problems: string[] = [];
  for (const { index, rows } of counters) {
    const settled = rows(`SELECT d.seq, d.state, d.verdict, e.hash FROM delivery d JOIN entry e ON e.seq = d.seq
      WHERE d.state IN ('acknowledged', 'quarantined')`);
    for (const row of settled) {
      const place = `counter ${String(index)} seq ${String(row['seq'])}`;
      const given = there.get(text(row, 'hash'));
      const kept = wordOf(text(row, 'verdict'));
      if (given === undefined) problems.push(`${place}: ${kept} here, not there`);
      else if (given !== kept) problems.push(`${place}: ${kept} here, ${given} there`);
      else if ((given === 'ACCEPTED') !== (text(row, 'state') === 'acknowledged')) {
        problems.push(`${place}: ${given}, and shown as ${text(row, 'state')}`);
      }
    }
  }
  return problems;
};
