import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take a third of all the time, the longest first: begun late, each would keep one worker at the end. */
const LONGEST = [
  'tests/crash/kill.test.ts',
  'tests/crash/power-cut.test.ts',
  'tests/sync/mutants.test.ts',
  'tests/cli/loket.test.ts',
  'tests/core/reading/cards.test.ts',
  'tests/shells/start.test.ts',
  'tests/sync/simulation.test.ts',
  'tests/crash/io-errors.test.ts',
  'tests/fuzz/hostile-pages.test.ts',
  'tests/crash/kill-points.test.ts',
  'tests/core/sync/rollback.test.ts',
  'tests/core/db/migrate.test.ts',
];

const rankOf = ({ moduleId, project }: TestSpecification): number => {
  const at = LONGEST.indexOf(relative(project.config.root, moduleId).replaceAll('\\', '/'));
  return at < 0 ? LONGEST.length : at;
};

/** The order of a whole run: the known long files, then as the runner would have it. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    return usual.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}
