// Reads what the runners wrote about themselves and counts it. A report that is missing, or a runner that failed
// without saying where, counts as a failure: nothing here can turn a bad run into a good one.
import { existsSync, readFileSync } from 'node:fs';

const none = { passed: 0, failed: 0, skipped: 0 };

export const add = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

export const total = (suites) => suites.reduce((sum, suite) => add(sum, suite.counts), none);

/** The line a run ends with. */
export const lastLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** A suite that could not even be started: one failure with a reason. */
export const failedSuite = (name, reason, seconds = 0) => ({
  name,
  counts: { ...none, failed: 1 },
  seconds,
  note: reason,
});

function readReport(file) {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** When the runner says that it failed and its report does not, the runner is right. */
function withExit(suites, name, exit) {
  if (exit.code === 0 || total(suites).failed > 0) return suites;
  return [...suites, failedSuite(`${name}: the run itself`, exit.reason)];
}

/** Each gate of `npm run check` is one thing that held or failed. */
export function checkSuites(file, exit) {
  const gates = readReport(file);
  if (!Array.isArray(gates)) return [failedSuite('check', `no report; ${exit.reason}`, exit.seconds)];
  const passed = gates.filter((gate) => gate.ok).length;
  const counts = { passed, failed: gates.length - passed, skipped: 0 };
  return withExit([{ name: 'check', counts, seconds: exit.seconds }], 'check', exit);
}

function vitestCounts(result) {
  const count = (...states) => result.assertionResults.filter((test) => states.includes(test.status)).length;
  const passed = count('passed');
  const failed = count('failed');
  // A file that could not be loaded has no tests to fail, and is a failure all the same.
  const lost = failed === 0 && result.status === 'failed' ? 1 : 0;
  return { passed, failed: failed + lost, skipped: result.assertionResults.length - passed - failed };
}

/** One suite per folder below `tests/`, from the JSON report of vitest. */
export function vitestSuites(file, exit) {
  const report = readReport(file);
  if (!Array.isArray(report?.testResults)) return [failedSuite('vitest', `no report; ${exit.reason}`, exit.seconds)];
  const kinds = new Map();
  for (const result of report.testResults) {
    const kind = /[\\/]tests[\\/]([^\\/]+)[\\/]/.exec(result.name)?.[1] ?? 'other';
    const known = kinds.get(kind) ?? { name: `tests/${kind}`, counts: none, seconds: 0 };
    const seconds = known.seconds + Math.max(0, result.endTime - result.startTime) / 1000;
    kinds.set(kind, { ...known, counts: add(known.counts, vitestCounts(result)), seconds });
  }
  if (kinds.size === 0) return [failedSuite('vitest', 'no test was found', exit.seconds)];
  const suites = [...kinds.values()].toSorted((a, b) => a.name.localeCompare(b.name));
  return withExit(suites, 'vitest', exit);
}

/** One suite from the JSON report of Playwright; a test that passed only at the second try counts as failed. */
export function playwrightSuites(name, file, exit) {
  const stats = readReport(file)?.stats;
  if (stats === undefined) return [failedSuite(name, `no report; ${exit.reason}`, exit.seconds)];
  const counts = { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
  if (counts.passed + counts.failed + counts.skipped === 0) {
    return [failedSuite(name, `no test was found; ${exit.reason}`, exit.seconds)];
  }
  return withExit([{ name, counts, seconds: exit.seconds }], name, exit);
}

/** The table of a run. */
export function table(suites) {
  const width = Math.max(5, ...suites.map((suite) => suite.name.length));
  const row = (cells) =>
    `${cells[0].padEnd(width)}  ${cells
      .slice(1)
      .map((cell) => cell.padStart(8))
      .join('')}`;
  const lines = suites.map(({ name, counts, seconds, note }) => {
    const cells = [name, `${counts.passed}`, `${counts.failed}`, `${counts.skipped}`, `${seconds.toFixed(1)} s`];
    return `${row(cells)}${note === undefined ? '' : `  ${note}`}`;
  });
  return [row(['suite', 'passed', 'failed', 'skipped', 'time']), ...lines].join('\n');
}
