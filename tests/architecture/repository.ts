import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root folder of this repository. */
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

/** The files of the repository (known to git, or new and not ignored) whose path matches, with forward slashes. */
export function repositoryFiles(pattern: RegExp): readonly string[] {
  const answer = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  // A file that was deleted and not yet committed is still listed by git.
  return answer
    .split('\0')
    .filter((path) => path !== '' && pattern.test(path) && existsSync(join(repositoryRoot, path)));
}

/** The text of a file of the repository. */
export function readRepositoryFile(path: string): string {
  return readFileSync(join(repositoryRoot, path), 'utf8');
}
