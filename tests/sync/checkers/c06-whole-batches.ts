import { type Checker, text } from './final-state.ts';

/** C6: "a batch is applied whole or not at all": the probes on the way, and what every custody receipt promised. */
export const wholeBatches: Checker = async ({ counters, province, truth }) => {
  const problems = truth.seen.filter((one) => one.check === 'C6').map((one) => one.problem);
  const there = new Set<string>();
  for (const row of await province('select hash from entry union select hash from suspended_entry'))
    there.add(text(row, 'hash'));
  for (const { index, rows } of counters) {
    for (const row of rows('SELECT id, text FROM custody_receipt')) {
      // Signed by the province; C10 verifies that.
      const { verdicts } = JSON.parse(text(row, 'text')) as {
        verdicts: { hash: string; verdict: { verdict: string } }[];
      };
      const missing = verdicts.filter(({ hash }) => !there.has(hash));
      if (missing.length > 0 && missing.length < verdicts.length) {
        problems.push(
          `counter ${String(index)} receipt ${String(row['id'])}: ${String(missing.length)} of ${String(verdicts.length)} are not there`,
        );
      }
    }
  }
  return problems;
};
