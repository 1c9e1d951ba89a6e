import { spawn } from 'node:child_process';

/** A program of the operating system with its arguments. */
export type ProgramCall = { readonly program: string; readonly args: readonly string[] };

/** How a program ended: `code` null when it was killed, at its time-out or by the signal. */
export type ProgramEnd = { readonly code: number | null; readonly out: Buffer; readonly said: string };

/**
 * Runs a program with bytes on its stdin and waits for its end. What is secret or somebody's goes through stdin:
 * arguments are seen by all. Rejects only where the program cannot be started.
 */
export function runProgram(
  { program, args }: ProgramCall,
  input: string | Uint8Array,
  limits: { readonly timeoutMs: number; readonly signal?: AbortSignal },
): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'pipe', timeout: limits.timeoutMs, windowsHide: true });
    const out: Buffer[] = [];
    const said: Buffer[] = [];
    const kill = (): void => void child.kill();
    limits.signal?.addEventListener('abort', kill, { once: true });
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    child.on('error', reject);
    // A program that ends without reading its input; its exit code says why.
    child.stdin.on('error', kill);
    child.on('close', (code) => {
      limits.signal?.removeEventListener('abort', kill);
      resolve({ code, out: Buffer.concat(out), said: Buffer.concat(said).toString('utf8').trim() });
    });
    if (limits.signal?.aborted === true) kill();
    child.stdin.end(input);
  });
}
