import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** A program with our terminal. */
type Running = { readonly gone: Promise<number>; readonly close: () => void };

function run(program: string, args: readonly string[], cwd: string): Running {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  const gone = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
  return { gone, close: () => void child.kill() };
}

/** Builds the Electron entries of this checkout; a few seconds. */
export async function buildElectronEntries(programFolder: string): Promise<boolean> {
  const builder = join(programFolder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  return (await run(process.execPath, [builder, 'build', '--logLevel', 'warn'], programFolder).gone) === 0;
}

/** Opens the counter in Electron on a data folder; `gone` answers its exit code when its window is closed. */
export function runElectron(
  program: string,
  programFolder: string,
  options: {
    /** Of a training: the folder beside which it lies. */
    readonly dataDir: string;
    readonly mode: 'normal' | 'training' | 'demo';
    readonly kiosk: boolean;
    readonly isRoot: boolean;
  },
): Running {
  const args = [
    programFolder,
    '--data',
    options.dataDir,
    ...(options.mode === 'normal' ? [] : [`--${options.mode}`]),
    ...(options.kiosk ? ['--kiosk'] : []),
    // Chromium refuses its sandbox to root on Linux; a counter never runs as root, a test machine may.
    ...(options.isRoot && process.platform === 'linux' ? ['--no-sandbox'] : []),
  ];
  return run(program, args, programFolder);
}
