import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const VERIFY = fileURLToPath(new URL('../../tools/verify/verify.mjs', import.meta.url));

/** What `tools/verify` said. */
export type Verified = {
  readonly code: number | null;
  readonly stderr: string;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
};

/** Runs `tools/verify` as an auditor does, on any Node. */
export function runVerifier(args: readonly string[], node = process.execPath): Promise<Verified> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [VERIFY, ...args], { env: { PATH: process.env['PATH'] } });
    const heard = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      heard.stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      heard.stderr += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const lines = heard.stdout.split('\n').filter((line) => line !== '');
      // Each line is one JSON object: that is what the tool promises, and JSON.parse throws where it is not.
      const parsed = lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
      resolve({ code, stderr: heard.stderr, lines: parsed });
    });
  });
}

/** A Node 20 of this machine, beside the one that runs the tests; undefined where there is none. */
export function otherNode(): string | undefined {
  return ['/usr/bin/node', '/usr/local/bin/node'].find((file) => existsSync(file) && file !== process.execPath);
}
