import { describe, expect, it } from 'vitest';
import {
  CODE,
  emptyNames,
  findAny,
  findSkippedTests,
  findSuppressions,
  longFiles,
  migrations,
  PRODUCTION,
  readFiles,
  repositoryPaths,
} from '../../scripts/house-figures.mjs';

const production = readFiles(PRODUCTION);
const code = readFiles(CODE);
const tests = readFiles(/^tests\/.+[.]tsx?$/u);

/** Texts that would be breaches if they stood here as they are: put together at run time. */
const made = (...parts: readonly string[]): string => parts.join('');

describe('the house, measured', () => {
  it('has something to measure', () => {
    expect(production.length).toBeGreaterThan(20);
    expect(code.length).toBeGreaterThan(production.length);
  });

  it('has no production file longer than 300 lines', () => {
    expect(longFiles(production, 300)).toEqual([]);
  });

  it('has no `any`', () => {
    expect(production.flatMap(findAny)).toEqual([]);
  });

  it('has at most five suppressions, each with its reason', () => {
    const suppressions = code.flatMap(findSuppressions);
    expect(suppressions.filter((suppression) => suppression.reason === undefined)).toEqual([]);
    expect(suppressions.length, JSON.stringify(suppressions)).toBeLessThanOrEqual(5);
  });

  it('has no test that is switched off', () => {
    expect(tests.flatMap(findSkippedTests)).toEqual([]);
  });

  it('has no file whose name says nothing', () => {
    expect(emptyNames(repositoryPaths())).toEqual([]);
  });

  it('has a test for every migration', () => {
    expect(migrations().untested).toEqual([]);
  });

  it('names no path of the machine it was written on, and no folder outside itself', () => {
    const outside = new RegExp(made('(^|[^.\\w])/(wo', 'rk|root)/|[.][.]/sha', 'red/'), 'u');
    const texts = [...code, ...readFiles(/[.](md|json|yml|css|html)$|^[.]ci\//u)];
    expect(texts.filter((file) => outside.test(file.text)).map((file) => file.path)).toEqual([]);
  });

  it('locks packages to the public registry only', () => {
    const [lock] = readFiles(/^package-lock[.]json$/u);
    const hosts = [...(lock?.text ?? '').matchAll(/"resolved": "https?:\/\/([^/"]+)/gu)].map((match) => match[1]);
    expect(lock?.text).toContain('"lockfileVersion"');
    expect([...new Set(hosts)].filter((host) => host !== 'registry.npmjs.org')).toEqual([]);
  });
});

describe('the measures themselves', () => {
  it('see a file of 301 lines and not one of 300', () => {
    const file = (lines: number) => ({ path: `src/${lines}.ts`, text: `${'x\n'.repeat(lines)}` });
    expect(longFiles([file(301), file(300)], 300)).toEqual([{ path: 'src/301.ts', lines: 301 }]);
  });

  it('see `any` as a type and not as a word', () => {
    const text = ['// any', "const any = 'any';", 'let a: any;', 'const b = a as any[];', 'type F = (x: any) => void;'];
    const found = findAny({ path: 'src/a.tsx', text: text.join('\n') });
    expect(found).toEqual(['src/a.tsx:3', 'src/a.tsx:4', 'src/a.tsx:5']);
  });

  it('see every kind of suppression, with its reason or without', () => {
    const text = [
      made('// eslint-', 'disable-next-line eqeqeq -- the driver answers null or undefined here'),
      made('/* eslint-', 'disable */'),
      made('// @ts-', 'expect-error: the types of the package are wrong, see its issue'),
      made('// @ts-', 'ignore'),
      made('// biome-', 'ignore format: a table reads better by hand'),
      'export const text = "an eslint rule";',
    ].join('\n');
    const found = findSuppressions({ path: 'src/a.ts', text });
    expect(found.map(({ place, reason }) => [place, reason !== undefined])).toEqual([
      ['src/a.ts:1', true],
      ['src/a.ts:2', false],
      ['src/a.ts:3', true],
      ['src/a.ts:4', false],
      ['src/a.ts:5', true],
    ]);
  });

  it('see a test that is switched off, and a test that keeps others off', () => {
    const text = [
      made('it', '.skip("x")'),
      made('describe', '.only("x")'),
      made('test.describe', '.fixme("x")'),
      made('it', '.skipIf(true)("x")'),
      made('xi', 't("x")'),
      'it("does not skip a step")',
    ].join('\n');
    expect(findSkippedTests({ path: 'tests/a.ts', text })).toHaveLength(5);
  });

  it('see names that say nothing', () => {
    const paths = [
      'src/domain/utils.ts',
      'src/main/core/cash/cash-helpers.ts',
      'src/renderer/common/a.tsx',
      'src/domain/types.ts',
    ];
    expect(emptyNames([...paths, 'src/domain/rupiah.ts', 'src/main/core/db/migrate.ts'])).toEqual(paths);
  });
});
