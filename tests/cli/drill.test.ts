import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drillProblems } from '../../src/main/demo/drill.ts';
import { runLoket } from '../support/loket-process.ts';
import { layProgramOut } from '../support/program-archive.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const CARRIED = { stored: 2, refused: 0, accepted: 30, known: 0 };
const AGAIN = { stored: 2, refused: 0, accepted: 0, known: 30 };
const WELL = { unsent: 30, first: CARRIED, again: AGAIN, provinceOk: true, replacedMs: 1000 };

describe('loket drill', () => {
  it('calls an entry that is missing or twice, a refused file, a province that does not verify, and ten minutes', () => {
    expect(drillProblems(WELL)).toEqual([]);
    expect(drillProblems({ ...WELL, first: { ...CARRIED, accepted: 29 } })).toEqual(['ENTRIES_MISSING']);
    expect(drillProblems({ ...WELL, again: { ...AGAIN, accepted: 1, known: 29 } })).toEqual(['ENTRIES_TWICE']);
    expect(drillProblems({ ...WELL, first: { ...CARRIED, refused: 1 } })).toEqual(['FILES_REFUSED']);
    expect(drillProblems({ ...WELL, provinceOk: false })).toEqual(['PROVINCE_VERIFY']);
    expect(drillProblems({ ...WELL, replacedMs: 600_001 })).toEqual(['TOO_SLOW']);
  });

  // A province of its own is started and filled: about twenty seconds, and six times that on a busy machine.
  it('replaces a counter with unsent entries by a new one, every entry at the province exactly once', {
    timeout: 240_000,
  }, async () => {
    const ran = await runLoket(['drill', '--entries', '30']);
    const report = ran.lines.at(-1) as { unsent: number; accepted: number; knownAgain: number };
    expect(ran.lines.slice(0, -1).map((line) => (line as { step: string }).step)).toEqual([
      'province',
      'demo-data',
      'work-offline',
      'computer-dies',
      'province-again',
      'enrol-new-device',
      'carry-second-copy',
      'carry-once-more',
      'province-verify',
    ]);
    expect(report).toMatchObject({ ok: true, problems: [] });
    expect(report.unsent).toBeGreaterThanOrEqual(30);
    expect([report.accepted, report.knownAgain]).toEqual([report.unsent, report.unsent]);
    expect(ran.code).toBe(0);
  });

  it('refuses a number that is none', async () => {
    expect(await runLoket(['drill', '--entries', 'many'])).toMatchObject({ code: 2 });
  });

  it('says at a counter, which carries no province, that only the sources can rehearse', () => {
    const program = temporaryFolder();
    layProgramOut(program, { version: '0.1.0' });
    rmSync(join(program, 'src', 'main', 'drill.ts'));
    const args = [join(program, 'src', 'main', 'cli.ts'), 'drill', '--entries', '1'];
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'PROVINCE_NOT_HERE' } });
  });
});
