import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A page worker that was taken over and looks around: it answers, as words, what it could do. */
const tries: Readonly<Record<string, () => unknown>> = {
  'read a file': () => readFileSync('/etc/passwd'),
  'write a file': () => writeFileSync(join(tmpdir(), 'taken.txt'), 'x'),
  'start a program': () => {
    const { error } = spawnSync('id');
    if (error !== undefined) throw error;
  },
  'see the environment': () => {
    const names = Object.keys(process.env);
    if (names.length === 0) throw new Error('nothing');
    return names;
  },
};

process.on('message', ({ id }: { id: number }) => {
  const could = Object.entries(tries).flatMap(([name, attempt]) => {
    try {
      attempt();
      return [name];
    } catch {
      return [];
    }
  });
  process.send?.({ id, fault: { code: 'PAGE_DAMAGED', details: { could: could.join(', ') } } });
});
