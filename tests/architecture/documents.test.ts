import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readFiles, repositoryPaths } from '../../scripts/house-figures.mjs';
import { readRepositoryFile } from './repository.ts';

const paths = repositoryPaths();
const documents = readFiles(/^(docs\/.+|README|CONTRIBUTING|CHANGELOG)[.]md$/u);
const scripts = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readRepositoryFile('package.json'))).scripts;

const FOLDERED = /(?<![\w./-])(?:src|tests|docs|bench|scripts|bin|resources|[.]ci|[.]github)\/[\w.@*{},/-]*/gu;
const CODE_NAME = /`([\w.-]+[.](?:tsx?|mjs|cjs))`/gu;
const LINK = /\]\(([^)#:\s]+)(?:#[^)]*)?\)/gu;

/** `a/{b,c}.ts` as the shell reads it. */
function braces(path: string): readonly string[] {
  const [whole, list] = /\{([^{}]*)\}/u.exec(path) ?? [];
  if (whole === undefined || list === undefined) return [path];
  return list.split(',').flatMap((choice) => braces(path.replace(whole, choice)));
}

function isOnDisk(path: string, all: readonly string[]): boolean {
  const bare = path.replace(/[.,/]+$/u, '');
  const glob = bare
    .replace(/[.+^$()|[\]\\]/gu, '\\$&')
    .replaceAll('**', '\0')
    .replaceAll('*', '[^/]*')
    .replaceAll('\0', '.*');
  const pattern = new RegExp(`^${glob}(/|$)`, 'u');
  return all.some((file) => pattern.test(file));
}

/** The files a document names that are not there: paths, links, and bare names of code files. */
function brokenNames(
  document: { readonly path: string; readonly text: string },
  all: readonly string[],
): readonly string[] {
  const folder = document.path.split('/').slice(0, -1).join('/');
  const named = [...document.text.matchAll(FOLDERED)].map((match) => match[0]);
  // NNNN and <name> are places to fill in, not files.
  const fixed = named.filter((path) => !/NNNN|<|X\b/u.test(path) && path.split('/')[1] !== '');
  const lost = fixed.flatMap(braces).filter((path) => !isOnDisk(path, all));
  const names = [...document.text.matchAll(CODE_NAME)].map((match) => match[1] ?? '');
  const lostNames = names.filter(
    (name) => !all.some((path) => path === name || path.endsWith(`/${name}`) || path.endsWith(name)),
  );
  const links = [...document.text.matchAll(LINK)]
    .map((match) => match[1] ?? '')
    .filter((link) => !link.startsWith('/'));
  const lostLinks = links.filter((link) => {
    const target = new URL(link, `file:///${folder === '' ? '' : `${folder}/`}`).pathname.slice(1);
    return !isOnDisk(decodeURIComponent(target), all);
  });
  return [...lost, ...lostNames, ...lostLinks];
}

const unknownScripts = (text: string): readonly string[] =>
  [...text.matchAll(/npm run (?:-s )?([\w:-]+)/gu)].map((match) => match[1] ?? '').filter((name) => !(name in scripts));

describe('the documents', () => {
  it.each(documents)('name only files that exist: $path', (document) => {
    expect(brokenNames(document, paths)).toEqual([]);
  });

  it.each(documents)('name only commands that exist: $path', ({ text }) => {
    expect(unknownScripts(text)).toEqual([]);
  });

  it('number the decisions once each, with the five headings, on one page', () => {
    const decisions = documents.filter((document) => /^docs\/decisions\/\d{4}-/u.test(document.path));
    const numbers = decisions.map((decision) => decision.path.slice('docs/decisions/'.length).slice(0, 4));
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const { path, text } of decisions) {
      for (const heading of ['Status', 'Context', 'Decision', 'Consequences', 'What would change our mind']) {
        expect(text, `${path}: ${heading}`).toMatch(new RegExp(`^(##+ |\\*\\*)?${heading}`, 'mu'));
      }
      expect(text.trimEnd().split('\n').length, path).toBeLessThanOrEqual(40);
    }
  });

  it('are caught when they name a file, a link or a command that is gone', () => {
    const all = ['src/domain/rupiah.ts', 'docs/sync-protocol.md', 'README.md'];
    const text = (line: string) => ({ path: 'docs/a.md', text: line });
    expect(brokenNames(text('see src/domain/gone.ts.'), all)).toEqual(['src/domain/gone.ts.']);
    expect(brokenNames(text('see `src/domain/{rupiah,gone}.ts`'), all)).toEqual(['src/domain/gone.ts']);
    expect(brokenNames(text('see `gone.ts`'), all)).toEqual(['gone.ts']);
    expect(brokenNames(text('[x](gone.md)'), all)).toEqual(['gone.md']);
    expect(
      brokenNames(text('[x](sync-protocol.md#a) [y](../README.md) `rupiah.ts` src/domain/*.ts docs/'), all),
    ).toEqual([]);
    expect(unknownScripts('npm run -s gone -- x; npm run check')).toEqual(['gone']);
  });
});
