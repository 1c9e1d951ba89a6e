/** A line that a fence of `scripts/lint-fences.mjs` must catch in a file, and a place or a line where it must not. */
export type FenceCase = {
  readonly fence: string;
  readonly path: string;
  readonly breach: string;
  /** The replacement: the same file without the breach. */
  readonly lawful?: string;
  /** A file on the other side of the fence, where the breach is the right thing. */
  readonly gate?: string;
};

const skip = (member: string): string => ['it', member].join('.');

export const fenceCases: readonly FenceCase[] = [
  {
    fence: 'no-clock',
    path: 'src/domain/a.ts',
    breach: 'export const t = Date.now();',
    lawful: 'export const t = (now: number) => now;',
  },
  {
    fence: 'no-clock',
    path: 'src/main/core/a.ts',
    breach: 'export const t = new Date();',
    gate: 'src/main/core/ports/clock.ts',
  },
  { fence: 'no-clock', path: 'src/main/core/cash/a.ts', breach: 'export const t = performance.now();' },
  { fence: 'no-clock', path: 'src/domain/a.ts', breach: 'export const t = Temporal.Now.plainDateISO();' },
  { fence: 'no-chance', path: 'src/domain/a.ts', breach: 'export const n = Math.random();' },
  {
    fence: 'no-chance',
    path: 'src/main/core/a.ts',
    breach: 'export const id = crypto.randomUUID();',
    gate: 'src/main/core/ports.ts',
  },
  { fence: 'no-chance', path: 'src/main/core/a.ts', breach: "import { v7 } from 'uuid';\nexport const id = v7();" },
  {
    fence: 'no-host-date',
    path: 'src/domain/a.ts',
    breach: 'export const d = (at: number) => new Date(at);',
    gate: 'src/main/core/a.ts',
  },
  {
    fence: 'no-timer',
    path: 'src/main/core/sync/a.ts',
    breach: 'setTimeout(() => go(), 1000);',
    gate: 'src/main/core/sync/sync-loop.ts',
  },
  { fence: 'no-timer', path: 'src/main/core/sync/a.ts', breach: "import { setTimeout } from 'node:timers/promises';" },
  {
    fence: 'no-float-money',
    path: 'src/domain/a.ts',
    breach: "export const n = Number.parseFloat('1.5');",
    gate: 'src/renderer/ui/a.ts',
  },
  { fence: 'no-float-money', path: 'src/province/a.ts', breach: 'export const n = (x: number) => x.toFixed(0);' },
  {
    fence: 'no-environment',
    path: 'src/main/shells/browser/a.ts',
    breach: "export const e = process.env['HOME'];",
    gate: 'src/main/core/config.ts',
  },
  {
    fence: 'no-environment',
    path: 'src/province/a.ts',
    breach: "import { env } from 'node:process';",
    gate: 'src/province/config.ts',
  },
  {
    fence: 'no-network',
    path: 'src/main/core/sync/push.ts',
    breach: 'await fetch(url);',
    gate: 'src/main/core/sync/server-client.ts',
  },
  {
    fence: 'no-network',
    path: 'src/renderer/features/pay/a.ts',
    breach: 'export const s = new WebSocket(url);',
    gate: 'src/renderer/app/host-bridge.ts',
  },
  { fence: 'no-network', path: 'src/renderer/app/client.ts', breach: 'window.fetch(url);' },
  {
    fence: 'no-raw-transaction',
    path: 'src/main/core/cash/cash-store.ts',
    breach: 'kysely.transaction().execute(f);',
    gate: 'src/main/core/db/open.ts',
  },
  {
    fence: 'no-shell-command',
    path: 'src/main/core/a.ts',
    breach: "import { exec } from 'node:child_process';",
    lawful: "import { execFile } from 'node:child_process';",
  },
  {
    fence: 'no-shell-command',
    path: 'src/main/core/a.ts',
    breach: "spawn('lp', [name], { shell: true });",
    lawful: "spawn('lp', [name], { stdio: 'pipe' });",
  },
  {
    fence: 'no-open-external',
    path: 'src/main/shells/electron/shell-port.ts',
    breach: 'shell.openExternal(url);',
    gate: 'src/main/shells/electron/window.ts',
  },
  {
    fence: 'no-raw-ipc',
    path: 'src/main/shells/electron/window.ts',
    breach: "ipcMain.on('x', f);",
    gate: 'src/main/shells/electron/bridge.ts',
  },
  {
    fence: 'no-console',
    path: 'src/main/core/a.ts',
    breach: "console.log('x');",
    lawful: "process.stdout.write('x');",
  },
  {
    fence: 'no-bare-builtin',
    path: 'src/main/core/a.ts',
    breach: "import { join } from 'path';",
    lawful: "import { join } from 'node:path';",
  },
  {
    fence: 'no-bare-builtin',
    path: 'tests/core/a.ts',
    breach: "import { readFile } from 'fs/promises';",
    lawful: "import { readFile } from 'node:fs/promises';",
  },
  {
    fence: 'no-raw-html',
    path: 'src/renderer/ui/a.tsx',
    breach: 'export const A = () => <p dangerouslySetInnerHTML={{ __html: x }} />;',
  },
  { fence: 'no-raw-html', path: 'src/renderer/ui/a.tsx', breach: 'node.innerHTML = x;' },
  {
    fence: 'no-page-memory',
    path: 'src/renderer/app/a.ts',
    breach: "localStorage.setItem('pin', x);",
    gate: 'src/renderer/app/host-bridge.ts',
  },
  {
    fence: 'no-loose-text',
    path: 'src/renderer/features/pay/a.tsx',
    breach: 'export const A = () => <p>Bayar</p>;',
    lawful: "export const A = () => <p>{t('pay')}</p>;",
  },
  {
    fence: 'no-loose-text',
    path: 'src/renderer/features/pay/a.tsx',
    breach: 'export const A = () => <input aria-label="Nomor Polisi" />;',
  },
  {
    fence: 'no-module-state',
    path: 'src/main/core/a.ts',
    breach: 'let count = 0;',
    lawful: 'export const f = () => { let count = 0; count += 1; return count; };',
  },
  { fence: 'no-module-state', path: 'src/province/a.ts', breach: 'export let db = open();' },
  {
    fence: 'no-open-switch',
    path: 'src/domain/a.ts',
    breach: "export const f = (x: 'a') => { switch (x) { case 'a': return 1; } };",
    lawful: "export const f = (x: 'a') => { switch (x) { case 'a': return 1; default: return assertNever(x); } };",
  },
  {
    fence: 'no-enum',
    path: 'src/domain/a.ts',
    breach: 'export enum State { Paid }',
    lawful: "export type State = 'paid';",
  },
  { fence: 'no-enum', path: 'src/main/core/a.ts', breach: 'export class A { constructor(private x: number) {} }' },
  {
    fence: 'no-bare-extension',
    path: 'src/renderer/a.tsx',
    breach: "import { b } from './b';",
    lawful: "import { b } from './b.tsx';",
  },
  {
    fence: 'no-bare-extension',
    path: 'src/domain/a.ts',
    breach: "export { b } from '../domain/b';",
    lawful: "export { b } from '../domain/b.ts';",
  },
  { fence: 'no-barrel', path: 'src/domain/index.ts', breach: "export * from './rupiah.ts';" },
  {
    fence: 'no-swallowed-error',
    path: 'src/main/core/a.ts',
    breach: 'try { go(); } catch { }',
    lawful: 'try { go(); } catch (cause) { throw new Error("x", { cause }); }',
  },
  { fence: 'no-swallowed-error', path: 'tests/core/a.ts', breach: 'go().catch(() => {});' },
  { fence: 'no-skipped-test', path: 'tests/core/a.test.ts', breach: `${skip('skip')}('x', f);`, lawful: "it('x', f);" },
  {
    fence: 'no-skipped-test',
    path: 'tests/core/a.test.ts',
    breach: `${skip('only')}('x', f);`,
    lawful: "it.each([1])('x', f);",
  },
  { fence: 'no-skipped-test', path: 'tests/e2e/a.test.ts', breach: `test.describe.${'skip'}('x', f);` },
  { fence: 'no-skipped-test', path: 'tests/core/a.test.ts', breach: `${'xi'}t('x', f);` },
];
