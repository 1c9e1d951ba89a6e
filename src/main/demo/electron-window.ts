import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Runs a program to its end with our terminal; answers its exit code. */
function run(program: string, args: readonly string[], cwd: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Builds the Electron entries of this checkout; a few seconds. */
export async function buildElectronEntries(programFolder: string): Promise<boolean> {
  const builder = join(programFolder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  return (await run(process.execPath, [builder, 'build', '--logLevel', 'warn'], programFolder)) === 0;
}

/** Opens the counter in Electron on a data folder; resolves with its exit code when its window is closed. */
export function runElectron(
  program: string,
  programFolder: string,
  options: { readonly dataDir: string; readonly demo: boolean; readonly kiosk: boolean; readonly isRoot: boolean },
): Promise<number> {
  const args = [
    programFolder,
    '--data',
    options.dataDir,
    ...(options.demo ? ['--demo'] : []),
    ...(options.kiosk ? ['--kiosk'] : []),
    // Chromium refuses its sandbox to root on Linux; a counter never runs as root, a test machine may.
    ...(options.isRoot && process.platform === 'linux' ? ['--no-sandbox'] : []),
  ];
  return run(program, args, programFolder);
}
