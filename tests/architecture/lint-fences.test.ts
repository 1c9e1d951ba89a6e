import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { fenceConfigs, fencePlugin, fences } from '../../scripts/lint-fences.mjs';
import { fenceCases } from './lint-fence-cases.ts';
import { repositoryRoot } from './repository.ts';

/** The fences alone, on files that need not exist; the next suite shows that the real configuration holds them. */
const fencesOnly = new ESLint({
  cwd: repositoryRoot,
  overrideConfigFile: true,
  overrideConfig: [
    { files: ['**/*.ts', '**/*.tsx'], languageOptions: { parser: tseslint.parser } },
    { plugins: { house: fencePlugin } },
    ...fenceConfigs,
  ],
});
const wholeConfig = new ESLint({
  cwd: repositoryRoot,
  // With CI=true the parser would believe the file on the disk and not the probe it is given.
  overrideConfig: { languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } } },
});

/** The ids of the rules that fire on this text at this path, each once. */
async function firedRules(eslint: ESLint, path: string, text: string): Promise<readonly string[]> {
  const results = await eslint.lintText(`${text}\n`, { filePath: path });
  const messages = results.flatMap((result) => result.messages);
  const fatal = messages.find((message) => message.fatal === true);
  if (fatal !== undefined) throw new Error(`${path}: ${fatal.message}`);
  return [...new Set(messages.map((message) => message.ruleId ?? message.message))].toSorted();
}

describe('the fences around raw APIs', () => {
  it.each(fenceCases)('house/$fence catches $breach in $path', async ({ fence, path, breach }) => {
    expect(await firedRules(fencesOnly, path, breach)).toEqual([`house/${fence}`]);
  });

  it.each(fenceCases.filter((fenceCase) => fenceCase.lawful !== undefined))(
    'house/$fence lets $lawful pass',
    async ({ path, lawful }) => {
      expect(await firedRules(fencesOnly, path, lawful ?? '')).toEqual([]);
    },
  );

  it.each(fenceCases.filter((fenceCase) => fenceCase.gate !== undefined))(
    'house/$fence has a gate in $gate for $breach',
    async ({ fence, gate, breach }) => {
      expect(await firedRules(fencesOnly, gate ?? '', breach)).not.toContain(`house/${fence}`);
    },
  );

  it('are each broken on purpose above', () => {
    const broken = new Set(fenceCases.map((fenceCase) => fenceCase.fence));
    expect([...broken].toSorted()).toEqual(fences.map((fence) => fence.name).toSorted());
  });

  it.each(fenceCases)('stand as errors in eslint.config.js: house/$fence at $path', async ({ fence, path }) => {
    const config = (await wholeConfig.calculateConfigForFile(path)) as Linter.Config;
    expect(config.rules?.[`house/${fence}`]).toEqual([2]);
  });
});

/** Breaches that only the types show, tried in a file that exists because the compiler has to know it. */
const carrier = 'src/main/shells/browser/find-chromium.ts';
const typedBreaches: readonly (readonly [rule: string, breach: string])[] = [
  ['@typescript-eslint/no-floating-promises', 'const go = async (): Promise<void> => undefined;\ngo();'],
  [
    '@typescript-eslint/no-misused-promises',
    'const go = async (): Promise<boolean> => true;\nif (go()) globalThis.gc?.();',
  ],
  [
    '@typescript-eslint/switch-exhaustiveness-check',
    "export function f(x: 'a' | 'b'): number {\n  switch (x) {\n    case 'a':\n      return 1;\n    default:\n      return 2;\n  }\n}",
  ],
  ['@typescript-eslint/no-explicit-any', 'export const f = (x: any): boolean => x === 1;'],
  ['@typescript-eslint/no-non-null-assertion', 'export const f = (x: string | undefined): number => x!.length;'],
  ['@typescript-eslint/consistent-type-imports', "import { Stats } from 'node:fs';\nexport type S = Stats;"],
  ['@typescript-eslint/no-unsafe-return', 'export const f = (x: string): string => JSON.parse(x);'],
  ['@typescript-eslint/ban-ts-comment', '// @ts-expect-error\nexport const x: string = 1;'],
  ['@typescript-eslint/only-throw-error', "export const f = (): never => {\n  throw 'text';\n};"],
  ['max-lines', `${'//\n'.repeat(300)}export const x = 1;`],
  ['house/function-size', `export function f(): number {\n${'  globalThis.gc?.();\n'.repeat(61)}  return 1;\n}`],
  ['house/assertion-says-why', 'export const f = (x: unknown): string => x as string;'],
  ['no-warning-comments', `// ${'TO'}DO later\nexport const x = 1;`],
  ['eqeqeq', 'export const f = (x: string, y: string): boolean => x == y;'],
];

describe('the type-checked lint', () => {
  it.each(typedBreaches)('%s fires', async (rule, breach) => {
    expect(await firedRules(wholeConfig, carrier, breach)).toContain(rule);
  });

  it('measures a factory without the closures it returns, and each closure for itself', async () => {
    const step = '    globalThis.gc?.();\n';
    const factory = (lines: number): string =>
      `export const make = () => ({\n  a: () => {\n${step.repeat(lines)}  },\n  b: () => {\n${step.repeat(lines)}  },\n});`;
    expect(await firedRules(wholeConfig, carrier, factory(50))).not.toContain('house/function-size');
    expect(await firedRules(wholeConfig, carrier, factory(61))).toContain('house/function-size');
  });

  it('accepts an assertion with its reason, and `as const` without', async () => {
    const text = [
      'export const a = ["x"] as const;',
      '// The caller has just looked.',
      'export const f = (x: unknown): string => x as string;',
      'export const g = (x: unknown): string => x as string; // looked at above',
    ].join('\n');
    expect(await firedRules(wholeConfig, carrier, text)).not.toContain('house/assertion-says-why');
  });

  it('refuses a suppression that suppresses nothing', async () => {
    const text = '// eslint-disable-next-line eqeqeq -- probe\nexport const x = 1;';
    const fired = await firedRules(wholeConfig, carrier, text);
    expect(fired.some((rule) => rule.startsWith('Unused eslint-disable directive'))).toBe(true);
  });

  it('refuses new syntax in the launchers, which must parse on Node 12', async () => {
    for (const breach of ['export const a = globalThis?.b;', "import fs from 'node:fs';\nexport const a = fs ?? 1;"]) {
      expect(await firedRules(wholeConfig, 'bin/launch.mjs', breach)).toContain('no-restricted-syntax');
    }
  });
});
