import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseOptions, type IFlattenedRuleSet } from 'dependency-cruiser';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { lawCases, lawfulHouse } from './law-cases.ts';
import { readRepositoryFile } from './repository.ts';

const lawSchema = z.object({
  forbidden: z.array(z.looseObject({ name: z.string(), comment: z.string(), severity: z.string() })),
  options: z.looseObject({}),
});
const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});

const rawLaw: unknown = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');
const law = lawSchema.parse(rawLaw);
const manifest = manifestSchema.parse(JSON.parse(readRepositoryFile('package.json')));
const folders: string[] = [];

function writeFile(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** A house of its own in a temporary folder: the given files, our package.json, and an empty package for every declared one. */
function buildHouse(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'loket-law-')));
  folders.push(folder);
  const dependencies = { ...manifest.dependencies, undici: '1.0.0' };
  writeFile(folder, 'package.json', JSON.stringify({ type: 'module', ...manifest, dependencies }));
  // left-pad is on the disk but declared nowhere, as a package of a package would be.
  const names = [...Object.keys(dependencies), ...Object.keys(manifest.devDependencies), 'left-pad'];
  for (const name of names) {
    writeFile(
      folder,
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
    );
    writeFile(folder, `node_modules/${name}/index.js`, 'export const value = 1;\n');
  }
  for (const [path, text] of Object.entries(files)) writeFile(folder, path, text);
  return folder;
}

/** The names of the rules that the house in `folder` breaks, each once. */
async function brokenRules(folder: string): Promise<readonly string[]> {
  // The law was parsed above; the cruiser's own types say the rest of its shape.
  const ruleSet = { forbidden: law.forbidden } as unknown as IFlattenedRuleSet;
  const { tsConfig: _tsConfig, ...options } = law.options as ICruiseOptions;
  const report = await cruise(['.'], { ...options, validate: true, ruleSet, baseDir: folder });
  if (typeof report.output === 'string') throw new Error('The cruiser answered text where data was asked for.');
  return [...new Set(report.output.summary.violations.map((violation) => violation.rule.name))].toSorted();
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the law of imports', () => {
  it.each(lawCases)('$rule catches: $breach', async ({ rule, files }) => {
    expect(await brokenRules(buildHouse(files))).toEqual([rule]);
  });

  it('lets a lawful house stand', async () => {
    expect(await brokenRules(buildHouse(lawfulHouse))).toEqual([]);
  });

  it('has a breach on purpose for every rule, and no breach of a rule that is gone', () => {
    const named = new Set(lawCases.map((lawCase) => lawCase.rule));
    expect([...named].toSorted()).toEqual(law.forbidden.map((rule) => rule.name).toSorted());
  });

  it('speaks in errors, each with a sentence for the person who breaks it', () => {
    for (const rule of law.forbidden) {
      expect(rule.severity, rule.name).toBe('error');
      expect(rule.comment, rule.name).toMatch(/^[A-Z].{40,}[.]$/u);
    }
  });
});
