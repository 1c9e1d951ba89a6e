import { join } from 'node:path';
import { type Installation, runtimeOf } from './installation.ts';
import { runProgram } from './run-program.ts';
import { chooseProgram } from './switch-file.ts';

/** Exit code of a counter that ended so that another program takes its place (EX_TEMPFAIL: come again). */
export const RESTART_CODE = 75 as const;

/**
 * Runs the program that the switch names, and again as long as it ends in order to be replaced. What was installed is
 * always the parent: whatever an update does, it is there to put the old program back.
 */
export async function runChosen(installed: Installation, args: readonly string[]): Promise<number> {
  for (;;) {
    const { programFolder, platform } = chooseProgram(installed, args[0] === 'serve');
    const program = join(programFolder, 'src', 'main', 'run-installed.ts');
    const code = await runProgram(runtimeOf(programFolder, platform), program, args);
    if (code !== RESTART_CODE) return code;
  }
}
