import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root folder of the repository, with a slash at its end. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Ends a program with everything it started: a test may have left a server behind. */
function endTree(child) {
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // It may have ended between the bell and the kill.
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Runs a program in the root folder, or another one, without stdin; answers its exit code, its time, and why it ended. */
export function runProgram(program, args, { env = {}, minutes, quiet = false, cwd = root }) {
  const began = performance.now();
  const path = `${root}node_modules/.bin${delimiter}${process.env.PATH ?? ''}`;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, PATH: path, ...env },
      stdio: quiet ? 'ignore' : ['ignore', 'inherit', 'inherit'],
      detached: process.platform !== 'win32',
    });
    let reason;
    const bell = setTimeout(() => {
      reason = `stopped after ${minutes} minutes`;
      endTree(child);
    }, minutes * 60_000);
    // The program is in a group of its own, so the keyboard's interrupt reaches it only through us.
    const interrupt = () => {
      endTree(child);
      process.exit(130);
    };
    process.once('SIGINT', interrupt);
    process.once('SIGTERM', interrupt);
    const finish = (code, why) => {
      clearTimeout(bell);
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
      resolve({ code, seconds: (performance.now() - began) / 1000, reason: reason ?? why });
    };
    child.on('error', (error) => finish(1, String(error)));
    child.on('close', (code, signal) =>
      finish(code ?? 1, signal === null ? `exit code ${code}` : `ended by ${signal}`),
    );
  });
}
