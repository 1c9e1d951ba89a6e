import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from '@playwright/test';
import { planOpening, thisMachine } from '../../src/main/shells/browser/browser.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** As the launchers build them: when they are missing or old. */
function buildScreens(): void {
  const program = "import { buildScreens } from './bin/screens.mjs'; await buildScreens(process.cwd());";
  execFileSync(process.execPath, ['--input-type=module', '--eval', program], { cwd: ROOT, stdio: 'pipe' });
}

/** The built screens of this checkout, with files of a test among them, in a folder of the test's own. */
export async function pageFolderWith(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly folder: string; readonly remove: () => Promise<void> }> {
  buildScreens();
  const folder = await mkdtemp(join(tmpdir(), 'opop-screens-'));
  await cp(join(ROOT, 'out', 'renderer'), folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/** A server of somebody else on this computer: remembers whoever came. */
export async function foreignServer(): Promise<{
  readonly url: string;
  readonly visits: readonly string[];
  readonly close: () => void;
}> {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' }).end('foreign');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}`, visits, close: () => void server.close() };
}

/** A real Chromium, started with the very arguments that the counter gives its window. */
export async function openKioskWindow(
  url: string,
): Promise<{ readonly context: BrowserContext; readonly close: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'opop-kiosk-'));
  // A headless window needs no display, and the plan is made for one.
  const machine = { ...thisMachine({ ...process.env, DISPLAY: ':0' }) };
  const opening = planOpening(machine, { url, dataDir, kiosk: true });
  if (opening.kind !== 'app-window') throw new Error(`no Chromium on this machine: ${opening.reason}`);
  const context = await chromium.launchPersistentContext(join(dataDir, 'browser'), {
    executablePath: opening.program,
    headless: true,
    args: opening.args.filter((arg) => !arg.startsWith('--user-data-dir')),
  });
  return {
    context,
    close: async () => {
      await context.close();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
