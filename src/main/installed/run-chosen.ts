import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Installation, runtimeOf } from './installation.ts';
import { chooseProgram } from './switch-file.ts';

/** Exit code of a counter that ended so that another program takes its place (EX_TEMPFAIL: come again). */
export const RESTART_CODE = 75 as const;

/** A terminal tells the child by itself, and a second word would cut its orderly end short. */
const TOLD_BY_TERMINAL = ['SIGINT', 'SIGHUP'] as const;

/** Runs a program with the same arguments and the same stdin, stdout and stderr; answers its exit code. */
function runProgram({ programFolder, platform }: Installation, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const program = join(programFolder, 'src', 'main', 'run-installed.ts');
    const child = spawn(runtimeOf(programFolder, platform), [program, ...args], { stdio: 'inherit' });
    const stay = (): void => undefined;
    const pass = (): void => void child.kill('SIGTERM');
    process.on('SIGTERM', pass);
    for (const signal of TOLD_BY_TERMINAL) process.on(signal, stay);
    child.on('error', reject);
    child.on('exit', (code) => {
      process.off('SIGTERM', pass);
      for (const signal of TOLD_BY_TERMINAL) process.off(signal, stay);
      resolve(code ?? 1);
    });
  });
}

/**
 * Runs the program that the switch names, and again as long as it ends in order to be replaced. What was installed is
 * always the parent: whatever an update does, it is there to put the old program back.
 */
export async function runChosen(installed: Installation, args: readonly string[]): Promise<number> {
  for (;;) {
    const code = await runProgram(chooseProgram(installed, args[0] === 'serve'), args);
    if (code !== RESTART_CODE) return code;
  }
}
