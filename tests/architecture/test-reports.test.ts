import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkSuites,
  type Exit,
  lastLine,
  playwrightSuites,
  table,
  total,
  vitestSuites,
} from '../../scripts/test-reports.mjs';

const good: Exit = { code: 0, seconds: 1, reason: 'exit code 0' };
const bad: Exit = { code: 1, seconds: 1, reason: 'stopped after 9 minutes' };
const files = { folder: '' };

function report(content: unknown): string {
  const file = join(files.folder, `${Math.abs(JSON.stringify(content).length)}-${typeof content}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const vitestFile = (name: string, status: string, ...tests: readonly string[]) => ({
  name: `/repo/tests/${name}`,
  status,
  startTime: 0,
  endTime: 500,
  assertionResults: tests.map((state) => ({ status: state })),
});

beforeAll(() => {
  files.folder = mkdtempSync(join(tmpdir(), 'loket-reports-'));
});
afterAll(() => {
  rmSync(files.folder, { recursive: true, force: true });
});

describe('the sum of a test run', () => {
  it('counts a gate that held and a gate that failed', () => {
    const file = report([
      { name: 'lint', ok: true },
      { name: 'types', ok: false },
    ]);
    expect(total(checkSuites(file, bad))).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('counts the tests of vitest by folder, and what was skipped as skipped', () => {
    const file = report({
      testResults: [
        vitestFile('domain/a.test.ts', 'passed', 'passed', 'passed'),
        vitestFile('domain/b.test.ts', 'failed', 'passed', 'failed'),
        vitestFile('core/a.test.ts', 'passed', 'passed', 'pending', 'todo'),
      ],
    });
    const suites = vitestSuites(file, bad);
    expect(suites.map((suite) => [suite.name, suite.counts])).toEqual([
      ['tests/core', { passed: 1, failed: 0, skipped: 2 }],
      ['tests/domain', { passed: 3, failed: 1, skipped: 0 }],
    ]);
    expect(table(suites)).toContain('tests/domain');
  });

  it('counts a test file that could not be loaded as a failure', () => {
    const file = report({ testResults: [vitestFile('core/broken.test.ts', 'failed')] });
    expect(total(vitestSuites(file, bad)).failed).toBe(1);
  });

  it('counts the tests of Playwright, and one that passed only at the second try as failed', () => {
    const file = report({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 } });
    expect(total(playwrightSuites('e2e', file, bad))).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });

  it('counts a report that is missing or torn as a failure, whatever the exit code', () => {
    for (const file of [join(files.folder, 'gone.json'), report('{"testResults": [')]) {
      expect(total(checkSuites(file, good)).failed).toBe(1);
      expect(total(vitestSuites(file, good)).failed).toBe(1);
      expect(total(playwrightSuites('e2e', file, good)).failed).toBe(1);
    }
  });

  it('counts a suite without a single test as a failure', () => {
    expect(total(vitestSuites(report({ testResults: [] }), good)).failed).toBe(1);
    const empty = report({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 } });
    expect(total(playwrightSuites('e2e', empty, good)).failed).toBe(1);
  });

  it('believes a runner that failed over a report that is all green', () => {
    const green = report({ testResults: [vitestFile('core/a.test.ts', 'passed', 'passed')] });
    expect(total(vitestSuites(green, bad))).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(total(vitestSuites(green, good))).toEqual({ passed: 1, failed: 0, skipped: 0 });
    const stats = report({ stats: { expected: 2, unexpected: 0, flaky: 0, skipped: 0 } });
    expect(total(playwrightSuites('e2e', stats, bad)).failed).toBe(1);
    expect(total(checkSuites(report([{ name: 'lint', ok: true }]), bad)).failed).toBe(1);
  });

  it('ends in the line that every reader of the run looks for', () => {
    expect(lastLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed, 0 skipped');
  });
});
