import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from './repository.ts';

type Project = { readonly name: string; readonly probe: string };

const domain: Project = { name: 'domain', probe: 'src/domain/probe.ts' };
const node: Project = { name: 'node', probe: 'src/main/core/probe.ts' };
const renderer: Project = { name: 'renderer', probe: 'src/renderer/probe.tsx' };
const tests: Project = { name: 'tests', probe: 'tests/probe.ts' };
const projects = [domain, node, renderer, tests];

/** Compiles `text` as a file of the project, beside all its real files (a type they drag in would leak), and answers the codes. */
function compile(project: Project, texts: readonly string[]): readonly (readonly number[])[] {
  const configPath = join(repositoryRoot, `tsconfig.${project.name}.json`);
  const config = ts.getParsedCommandLineOfConfigFile(
    configPath,
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
        throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
      },
    },
  );
  if (config === undefined) throw new Error(`${configPath} cannot be read.`);
  const { tsBuildInfoFile: _shared, ...own } = config.options;
  const options = { ...own, incremental: false };
  const probes = new Map(
    texts.map((text, n) => [join(repositoryRoot, project.probe.replace('probe', `probe-${n}`)), text]),
  );
  const host = ts.createCompilerHost(options);
  const fromDisk = host.getSourceFile.bind(host);
  host.fileExists = (path) => probes.has(path) || ts.sys.fileExists(path);
  host.getSourceFile = (path, target) => {
    const text = probes.get(path);
    return text === undefined ? fromDisk(path, target) : ts.createSourceFile(path, text, target, true);
  };
  const program = ts.createProgram([...config.fileNames, ...probes.keys()], options, host);
  return [...probes.keys()].map((path) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map((d) => d.code);
  });
}

/** What must not compile in any project: the flag that catches it, the code, the text. */
const strict: readonly (readonly [flag: string, code: number, text: string])[] = [
  ['strict', 2322, 'export const x: string = null;'],
  ['noImplicitAny', 7006, 'export const f = (x) => x;'],
  ['noUncheckedIndexedAccess', 2322, 'export const f = (x: readonly string[]): string => x[0];'],
  ['exactOptionalPropertyTypes', 2375, 'type A = { readonly a?: string };\nexport const a: A = { a: undefined };'],
  ['noImplicitOverride', 4114, 'class A { a(): void {} }\nexport class B extends A { a(): void {} }'],
  [
    'noPropertyAccessFromIndexSignature',
    4111,
    'export const f = (x: Record<string, string>): string | undefined => x.a;',
  ],
  ['erasableSyntaxOnly', 1294, 'export enum State { Paid }'],
  ['erasableSyntaxOnly', 1294, 'export class A { constructor(readonly a: string) {} }'],
  ['verbatimModuleSyntax', 1484, "import { Big } from './probe-0.ts';\nexport type B = Big;"],
  [
    'noFallthroughCasesInSwitch',
    7029,
    'export const f = (x: number): void => { switch (x) { case 1: x += 1; default: } };',
  ],
  ['noImplicitReturns', 7030, 'export function f(x: boolean): number | undefined { if (x) return 1; }'],
  ['noUnusedLocals', 6133, 'const unused = 1;\nexport {};'],
];

/** What exists in one place and not in another: the second fence of the law. */
const hosts: readonly (readonly [project: Project, text: string])[] = [
  [domain, 'process.exit(1);'],
  [domain, "void fetch('x');"],
  [domain, "console.log('x');"],
  [domain, 'setTimeout(() => undefined, 1);'],
  [domain, "import { readFileSync } from 'node:fs';\nreadFileSync('x');"],
  [domain, 'export const b = new TextEncoder();'],
  [node, "export const e = document.getElementById('x');"],
  [node, "window.alert('x');"],
  [node, "localStorage.getItem('x')?.at(HTMLElement.length);"],
  [renderer, 'process.exit(1);'],
  [renderer, "export const b = Buffer.from('x');"],
  [renderer, "import { readFileSync } from 'node:fs';\nreadFileSync('x');"],
];

const allowed: readonly (readonly [project: Project, text: string])[] = [
  [domain, 'export const n = BigInt(1) + 2n;'],
  [node, "import { readFileSync } from 'node:fs';\nreadFileSync(process.argv.join());"],
  [renderer, 'export const e = <p>{document.title}</p>;'],
  [tests, 'process.stdout.write(document.title);'],
];

/** One compilation per project: the strict probes, then what its host lacks, then what its host has. */
function codesOf(
  project: Project,
): (kind: 'strict' | 'forbidden' | 'lawful') => readonly (readonly [string, readonly number[]])[] {
  const extension = project.probe.slice(project.probe.lastIndexOf('.'));
  const texts = {
    strict: strict.map(([flag, , text]) =>
      flag === 'strict' ? `${text}\nexport type Big = number;` : text.replace('probe-0.ts', `probe-0${extension}`),
    ),
    forbidden: hosts.filter(([owner]) => owner === project).map(([, text]) => text),
    lawful: allowed.filter(([owner]) => owner === project).map(([, text]) => text),
  };
  const codes = compile(project, [...texts.strict, ...texts.forbidden, ...texts.lawful]);
  const start = { strict: 0, forbidden: texts.strict.length, lawful: texts.strict.length + texts.forbidden.length };
  return (kind) => texts[kind].map((text, n) => [text, codes[start[kind] + n] ?? []]);
}

describe.each(projects)('the compiler of the project $name', (project) => {
  const found = codesOf(project);

  it('refuses loose code, each kind by its flag', () => {
    found('strict').forEach(([text, codes], n) => {
      expect(codes, `${strict[n]?.[0] ?? ''}: ${text}`).toContain(strict[n]?.[1]);
    });
  });

  it('keeps the host of other programs out', () => {
    for (const [text, codes] of found('forbidden')) expect(codes, `compiled: ${text}`).not.toEqual([]);
  });

  it('keeps its own host in', () => {
    for (const [text, codes] of found('lawful')) expect(codes, `refused: ${text}`).toEqual([]);
  });
});
