import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useProvince } from '../support/enrolled-counter.ts';
import { useExportedCounter } from '../support/exported-counter.ts';
import { runLoket } from '../support/loket-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { runVerifier } from '../support/verifier.ts';

const exported = useExportedCounter(useProvince());

const linesOf = (file: string): number => readFileSync(file, 'utf8').split('\n').length - 1;

describe('loket export-journal', () => {
  it('writes the three files that the verifier takes, and says how long they are', async () => {
    const { counter, root } = exported();
    const folder = temporaryFolder();
    const [out, custody, keys] = ['journal', 'custody', 'keys'].map((name) => join(folder, `${name}.ndjson`));
    if (out === undefined || custody === undefined || keys === undefined) throw new Error('three names were made');
    const args = [
      'export-journal',
      '--data',
      counter.config.dataDir,
      '--out',
      out,
      '--custody',
      custody,
      '--keys',
      keys,
    ];
    const ran = await runLoket(args);
    expect(ran).toMatchObject({
      code: 0,
      lines: [{ entries: linesOf(out) - 1, custodyReceipts: linesOf(custody), keyStatements: linesOf(keys) }],
    });
    // The command line knows no place for a second mark but the one beside the folder; one mark is enough.
    const said = await runVerifier(['journal', out, `--root=${root}`, '--custody', custody, '--keys', keys]);
    expect(said).toMatchObject({ code: 0, lines: [{ ok: true }] });
    // What is there is never written over.
    expect(await runLoket(args)).toMatchObject({ code: 2, lines: [{ error: { code: 'EXPORT_FAILED' } }] });
  });

  it('refuses a folder without a counter and a file that cannot be made, and leaves nothing behind', async () => {
    const { counter } = exported();
    const folder = temporaryFolder();
    const empty = await runLoket(['export-journal', '--data', folder, '--out', join(folder, 'a.ndjson')]);
    expect(empty).toMatchObject({ code: 2, lines: [{ error: { code: 'NOT_ENROLLED' } }] });
    const nowhere = join(folder, 'gone', 'a.ndjson');
    const lost = await runLoket(['export-journal', '--data', counter.config.dataDir, '--out', nowhere]);
    expect(lost).toMatchObject({ code: 2, lines: [{ error: { code: 'EXPORT_FAILED' } }] });
    expect(existsSync(join(folder, 'a.ndjson'))).toBe(false);
  });
});
