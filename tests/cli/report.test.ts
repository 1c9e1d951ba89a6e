import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openForBusiness, pinOf, sellOffline } from '../support/at-the-counter.ts';
import { copiedCounter, useEnrolledFolder } from '../support/enrolled-counter.ts';
import { runLoket } from '../support/loket-process.ts';

describe('loket report', () => {
  const folder = useEnrolledFolder();

  it('writes a report of the journal into the counter’s own folder, recorded by whoever signed in, and refuses in words', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const { payable } = await sellOffline(counter, 'AG 2345 KD');
    const data = counter.config.dataDir;
    await counter.stop();
    const pin = join(counter.folder, 'pin.txt');
    writeFileSync(pin, pinOf('pengawas'), { mode: 0o600 });
    const asked = ['report', '--data', data, '--kind', 'day', '--from', '2026-03-10', '--format', 'csv'];
    const as = ['--as', 'pengawas', '--pin-file', pin];

    const ran = await runLoket([...asked, ...as]);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    const file = join(data, 'laporan', 'laporan-day-3506-017-2026-03-10.csv');
    expect(ran.lines).toMatchObject([{ file, kind: 'day', format: 'csv', rows: 1 }]);
    expect(readFileSync(file, 'utf8')).toContain(String(payable));
    expect(counter.bodies('report.exported')).toHaveLength(1);

    const refused = async (args: readonly string[]): Promise<unknown> => (await runLoket(args)).lines[0];
    expect(await refused(asked)).toMatchObject({ error: { code: 'NOT_SIGNED_IN' } });
    expect(await refused([...asked, ...as, '--out', counter.folder])).toMatchObject({
      error: { code: 'REPORT_EXPORT_FAILED' },
    });
    expect(await refused([...asked, ...as, '--kind', 'laba'])).toMatchObject({ error: { code: 'OPTION_WRONG' } });
    expect(counter.bodies('report.exported')).toHaveLength(1);
  });
});
