import { type Checker, text } from './final-state.ts';

/** The word that matters of a verdict as a counter keeps it: `DUPLICATE` repeats the first one, reasons stand behind. */
function wordOf(kept: string): string {
  const [verdict = '', more = ''] = kept.split(':');
  return verdict === 'DUPLICATE' ? more : verdict;
}

/** Whether a verdict leaves nothing for a person to do. */
const isOver = (verdict: string): boolean => ['ACCEPTED', 'SETTLED', 'REFUSED'].includes(verdict);

/** C4: "the verdict here is the verdict there", and what is shown as received was accepted. */
export const sameVerdict: Checker = async ({ counters, province }) => {
  const there = new Map<string, string>();
  for (const row of await province('select hash, verdict from suspended_entry'))
    there.set(text(row, 'hash'), text(row, 'verdict'));
  for (const row of await province('select hash, verdict from entry'))
    there.set(text(row, 'hash'), text(row, 'verdict'));
  // What was set aside may count since, or have been ended; the newest word stands.
  for (const row of await province('select hash, verdict from reverdict order by word_no'))
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
      else if (isOver(given) !== (text(row, 'state') === 'acknowledged')) {
        problems.push(`${place}: ${given}, and shown as ${text(row, 'state')}`);
      }
    }
  }
  return problems;
};
