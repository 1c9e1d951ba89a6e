import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useProvince } from '../support/enrolled-counter.ts';
import { damagesOf } from '../support/export-damage.ts';
import { type ExportFiles, rolledBack, useExportedCounter } from '../support/exported-counter.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { otherNode, runVerifier } from '../support/verifier.ts';

const exported = useExportedCounter(useProvince());

/** On every commit 500; `npm run hostile -- damages` asks for 10,000. */
const DAMAGES = Number(process.env['DAMAGES'] ?? '500');
const SEED = Number(process.env['SEED'] ?? '1');
const PER_RUN = 250;

const withAll = ({ journal, custody, keys }: ExportFiles, root: string): readonly string[] => {
  return ['journal', journal, `--root=${root}`, '--custody', custody, '--keys', keys];
};

/** The lines of a file, changed by hand and written beside it. */
function edited(file: string, change: (lines: string[]) => string[]): string {
  const lines = change(readFileSync(file, 'utf8').split('\n').slice(0, -1));
  const out = join(temporaryFolder(), 'edited.ndjson');
  writeFileSync(out, lines.map((line) => `${line}\n`).join(''));
  return out;
}

describe('the independent verifier on a journal', () => {
  it('agrees with a real counter about its entries, its head and what is in custody', async () => {
    const { counter, files, root } = exported();
    const said = await runVerifier(withAll(files, root));
    const [head] = counter.rows('SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1');
    const [acked] = counter.rows("SELECT count(*) AS n FROM delivery WHERE state = 'acknowledged'");
    expect(said.lines).toMatchObject([
      { ok: true, entries: head?.['seq'], head: head?.['hash'], inCustody: acked?.['n'], gaps: [] },
    ]);
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(acked?.['n']).toBeGreaterThan(5);
  });

  it('says the same on the Node of the system, whatever its version, for it needs nothing of ours', async () => {
    const { files, root } = exported();
    const other = otherNode();
    const said = await runVerifier(withAll(files, root), other);
    expect(said).toMatchObject({ code: 0, lines: [{ ok: true }] });
    if (other !== undefined) expect(execFileSync(other, ['--version']).toString()).toMatch(/^v\d+/);
  });

  it('exports no person and no key of a person', async () => {
    const { files, counter } = exported();
    const text = Object.values(files)
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    const keys = counter.rows('SELECT wrapped_key FROM subject_key').map((row) => String(row['wrapped_key']));
    expect(keys.length).toBeGreaterThan(0);
    for (const secret of [...keys, 'AG 2345 KD', 'AG 1111 HI', 'Budi Pembayar', '081234567890']) {
      expect(text).not.toContain(secret);
    }
  });

  it('believes no other root, and no certificate that was changed', async () => {
    const { files } = exported();
    // One key in 64 begins with a dash.
    for (const first of ['A', '-']) {
      const other = await runVerifier(['journal', files.journal, `--root=${first}${'A'.repeat(42)}`]);
      expect(other).toMatchObject({ code: 2, lines: [{ seq: 0, problem: 'HEADER_WRONG' }, { ok: false }] });
    }
    expect((await runVerifier(['journal', files.journal])).code).toBe(1);
  });

  it('finds what only other files can tell: a cut-off end, entries the province has and the journal has not', async () => {
    const { files, root } = exported();
    // Journal and mark are cut off together, as by somebody who puts an old copy back whole.
    const old = edited(files.journal, (lines) => lines.slice(0, 4));
    expect((await runVerifier(['journal', old, `--root=${root}`])).lines).toMatchObject([
      { seq: 4, problem: 'MARK_NOT_IN_JOURNAL' },
      { ok: false },
    ]);
    const said = await runVerifier(withAll({ ...files, journal: old }, root));
    expect(said.lines).toContainEqual(expect.objectContaining({ seq: 4, problem: 'CUSTODY_NOT_IN_JOURNAL' }));
    const unmarked = edited(files.journal, ([header = '', ...rest]) => [
      header.replace(/"marks":\[.*\]/, '"marks":[]'),
      ...rest,
    ]);
    expect((await runVerifier(['journal', unmarked, `--root=${root}`])).lines).toMatchObject([
      { seq: 0, problem: 'MARK_WRONG' },
      { ok: false },
    ]);
  });

  it('lists the gap that an epoch declares, and still finds every damage around it', async () => {
    const folder = temporaryFolder();
    const files = await rolledBack(exported(), join(folder, 'rolled-back'));
    const { root } = exported();
    const said = await runVerifier(withAll(files, root));
    expect(said).toMatchObject({ code: 0, lines: [{ ok: true, gaps: [{ fromSeq: expect.any(Number) }] }] });
    const lines = readFileSync(files.journal, 'utf8').split('\n');
    const opened = lines.findIndex((line, index) => index > 1 && line.includes('epoch.opened'));
    expect(opened).toBeGreaterThan(5);
    for (const seq of [opened - 1, opened, opened + 1]) {
      const bent = edited(files.journal, (all) => all.with(seq, (all[seq] ?? '').replace('"hash":"', '"hash":"A')));
      const without = edited(files.journal, (all) => all.toSpliced(seq, 1));
      for (const file of [bent, without]) {
        const found = await runVerifier(['journal', file, `--root=${root}`]);
        expect(found.lines, `entry ${String(seq)}`).toContainEqual(
          expect.objectContaining({ seq, problem: expect.stringMatching(/./) }),
        );
      }
    }
  });

  it('believes no custody receipt that was changed, or that another key signed', async () => {
    const { files, root } = exported();
    const changed = edited(files.custody, ([first = '', ...rest]) => [first.replace('ACCEPTED', 'CONFLICT'), ...rest]);
    const said = await runVerifier(withAll({ ...files, custody: changed }, root));
    expect(said.lines).toContainEqual(expect.objectContaining({ problem: 'CUSTODY_SIGNATURE_WRONG' }));
    expect(said.code).toBe(2);
    const keyless = await runVerifier(['journal', files.journal, `--root=${root}`, '--custody', files.custody]);
    expect(keyless.lines).toContainEqual(expect.objectContaining({ problem: 'CUSTODY_KEY_UNKNOWN' }));
    const forged = edited(files.keys, (lines) => lines.map((line) => line.replace('signing', 'sealing')));
    expect((await runVerifier(withAll({ ...files, keys: forged }, root))).lines).toContainEqual(
      expect.objectContaining({ problem: 'KEY_STATEMENT_WRONG' }),
    );
  });

  it(`finds and locates ${String(DAMAGES)} flips, deletions, swaps, doubles, replacements and cuts`, async () => {
    const { files, root } = exported();
    const folder = temporaryFolder();
    const whole = readFileSync(files.journal);
    const missed: string[] = [];
    const damages = damagesOf(whole, DAMAGES, SEED);
    for (let first = 0; first < damages.length; first += PER_RUN) {
      const batch = damages.slice(first, first + PER_RUN).map((damage, index) => {
        const file = join(folder, `damaged-${String(index)}.ndjson`);
        writeFileSync(file, damage.bytes);
        return { ...damage, file };
      });
      const { lines } = await runVerifier(['journal', ...batch.map(({ file }) => file), `--root=${root}`]);
      for (const { file, seq, what } of batch) {
        const isLocated = lines.some((line) => line['file'] === file && 'problem' in line && line['seq'] === seq);
        if (!isLocated) missed.push(`entry ${String(seq)}, ${what}`);
        rmSync(file);
      }
    }
    expect(missed).toEqual([]);
  });
});
