import { spawn } from 'node:child_process';

/** A terminal tells the child by itself, and a second word would cut its orderly end short. */
const TOLD_BY_TERMINAL = ['SIGINT', 'SIGHUP'] as const;

/** Runs a source with a Node, on the same stdin, stdout and stderr, until it ends; answers its exit code. */
export function runProgram(node: string, program: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [program, ...args], { stdio: 'inherit' });
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
