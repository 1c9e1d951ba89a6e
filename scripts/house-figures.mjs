// What the house is measured by (and what `tests/architecture/house.test.ts` holds it to): pure functions over files.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const NOT_OURS = new Set([
  '.git',
  'node_modules',
  'out',
  'dist',
  'data',
  'coverage',
  'test-results',
  'playwright-report',
  '.stryker-tmp',
]);

/** The paths of the repository's own files, with forward slashes; what git ignores is left out. */
export function repositoryPaths(folder = '') {
  return readdirSync(`${root}${folder}`, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name)) return [];
    const path = `${folder}${entry.name}`;
    return entry.isDirectory() ? repositoryPaths(`${path}/`) : [path];
  });
}

/** The files whose path matches, with their text. */
export function readFiles(pattern) {
  return repositoryPaths()
    .filter((path) => pattern.test(path))
    .map((path) => ({ path, text: readFileSync(`${root}${path}`, 'utf8') }));
}

export const PRODUCTION = /^src\/.+[.]tsx?$/;
export const CODE = /^(src|tests|bench|scripts|bin)\/.+[.](tsx?|mjs|cjs|js)$|^[^/]+[.](ts|js|cjs)$/;

export const lineCount = (text) => text.trimEnd().split('\n').length;

/** The files longer than `limit` lines, longest first. */
export function longFiles(files, limit) {
  return files
    .map(({ path, text }) => ({ path, lines: lineCount(text) }))
    .filter(({ lines }) => lines > limit)
    .toSorted((a, b) => b.lines - a.lines);
}

const at = (source, position) => source.getLineAndCharacterOfPosition(position).line + 1;

/** Every `any` in a type position: `path:line`. */
export function findAny({ path, text }) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) found.push(`${path}:${at(source, node.getStart(source))}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const SUPPRESSION =
  /(?:\/\/|\/\*|<!--)[ \t]*(eslint-disable(?:-next-line|-line)?|@ts-(?:ignore|expect-error|nocheck)|biome-ignore|(?:v8|c8|istanbul) ignore|noinspection)\b(.*)/;

/** Every comment that switches a machine off, and the reason written beside it (after `--` or `:`), if any. */
export function findSuppressions({ path, text }) {
  return text.split('\n').flatMap((line, index) => {
    const [, directive, rest] = SUPPRESSION.exec(line) ?? [];
    if (directive === undefined) return [];
    const reason = /(?:--|:)\s*(.{10,})/
      .exec(rest ?? '')?.[1]
      ?.replace(/\*\/\s*\}?$/, '')
      .trim();
    return [{ place: `${path}:${index + 1}`, directive, reason }];
  });
}

const SKIPPED =
  /\b(?:it|test|describe|suite)(?:[.](?:describe|concurrent|sequential|each))*[.](?:skip|only|todo|fixme|skipIf|runIf|fails?)\b|\b(?:xit|xdescribe|xtest|fit|fdescribe)\(/;

/** Every test that would not run, or would keep others from running: `path:line`. */
export function findSkippedTests({ path, text }) {
  return text.split('\n').flatMap((line, index) => (SKIPPED.test(line) ? [`${path}:${index + 1}`] : []));
}

const EMPTY_NAME =
  /(^|[/-])(utils?|helpers?|common|manager|misc|types)([.-][^/]*)?[.]tsx?$|\/(utils?|helpers?|common|misc)\//;

/** Paths whose name says nothing about what is inside. */
export const emptyNames = (paths) => paths.filter((path) => PRODUCTION.test(path) && EMPTY_NAME.test(path));

/** The migrations of the counter and of the province, and those that no test names. */
export function migrations() {
  const all = repositoryPaths().filter((path) => /\/db\/migrations\/\d{4}-[^/]+$/.test(path));
  const tests = readFiles(/^tests\/.+[.]tsx?$/);
  const name = (path) => /(\d{4}-[^/]+)[.][a-z]+$/.exec(path)?.[1] ?? path;
  return { all, untested: all.filter((path) => !tests.some(({ text }) => text.includes(name(path)))) };
}

/** How many rules of the imports' law are broken now, and how many of the breaches are cycles. */
export async function lawFigures() {
  const [{ cruise }, law] = await Promise.all([import('dependency-cruiser'), import('../.dependency-cruiser.cjs')]);
  const { tsConfig: _tsConfig, ...options } = law.default.options;
  const folders = ['src', 'tests', 'bench'].filter((folder) => existsSync(`${root}${folder}`));
  const ruleSet = { forbidden: law.default.forbidden };
  const { output } = await cruise(folders, { ...options, validate: true, ruleSet, baseDir: root });
  const violations = output.summary.violations;
  return {
    rules: law.default.forbidden.length,
    broken: violations.length,
    cycles: violations.filter((violation) => violation.rule.name === 'no-cycles').length,
  };
}

/** The procedures of the contract, and those whose input no schema checks. */
export async function procedures() {
  const { api } = await import('../src/contract/api.ts');
  const all = Object.entries(api);
  return {
    all: all.length,
    unchecked: all.filter(([, p]) => typeof p.input?.safeParse !== 'function').map(([name]) => name),
  };
}
