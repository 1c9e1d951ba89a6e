import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { enrolRequestSchema } from '../../src/contract/sync-protocol.ts';
import { enrolDevice } from '../../src/province/enrolment/enrolment.ts';
import { openForBusiness } from '../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../support/enrolled-counter.ts';
import { carried } from '../support/flashdisk.ts';
import { runLoket } from '../support/loket-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('flashdisks on the command line', () => {
  const province = useProvince();

  it('carry what waits out and the answer back in, and refuse in words', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    await counter.get('arrivals.record', { nrkb: 'AG 9 ZZZ', name: 'Umi', phone: null, blankReason: null });
    const data = counter.config.dataDir;
    await counter.stop();
    const stick = temporaryFolder();
    const exported = await runLoket(['export-bundle', '--data', data, '--out', stick]);
    expect([exported.code, exported.stderr]).toEqual([0, '']);
    const [file] = readdirSync(stick);
    expect(exported.lines).toMatchObject([{ file: join(stick, file ?? '') }]);
    const { answer } = await carried(province(), join(stick, file ?? ''));
    const imported = await runLoket(['import-answer', '--data', data, answer]);
    expect(imported.code).toBe(0);
    expect(imported.lines).toMatchObject([{ quarantined: 0, complete: true, problems: [] }]);
    const [{ closed } = { closed: 0 }] = imported.lines as readonly { closed: number }[];
    expect(closed).toBeGreaterThan(0);
    const bundle = await runLoket(['import-answer', '--data', data, join(stick, file ?? '')]);
    expect(bundle).toMatchObject({ code: 2, lines: [{ error: { code: 'ANSWER_REFUSED' } }] });
    const nowhere = await runLoket(['export-bundle', '--data', data, '--out', join(stick, 'a', 'b')]);
    expect(nowhere).toMatchObject({ code: 2, lines: [{ error: { code: 'EXPORT_FAILED' } }] });
    expect(await runLoket(['import-answer', '--data', data])).toMatchObject({
      code: 2,
      lines: [{ error: { code: 'OPTION_MISSING' } }],
    });
  });

  it('enrol a device whose province is reached by nobody but a messenger', async () => {
    const folder = temporaryFolder();
    const [data, requestFile, answerFile] = [join(folder, 'data'), join(folder, 'req.json'), join(folder, 'ans.json')];
    const code = await province().code();
    const request = ['enrol', '--data', data, '--code', code, '--request', requestFile, '--key-store', 'demo'];
    const asked = await runLoket(request);
    expect([asked.code, asked.stderr]).toEqual([0, '']);
    expect(readFileSync(requestFile, 'utf8')).not.toContain(code.slice(10, 17));
    // A request that lies there is not written over.
    expect(await runLoket(request)).toMatchObject({ code: 2, lines: [{ error: { code: 'EXPORT_FAILED' } }] });
    const question = enrolRequestSchema.parse(JSON.parse(readFileSync(requestFile, 'utf8')));
    const answer = await enrolDevice(province().province.context, question);
    if (!answer.ok) throw new Error(answer.error);
    writeFileSync(answerFile, JSON.stringify({ ...answer.value, mac: 'A'.repeat(43) }));
    const forged = await runLoket(['enrol', '--data', data, '--answer', answerFile]);
    expect(forged).toMatchObject({ code: 2, lines: [{ error: { code: 'PROVINCE_ANSWER_INVALID' } }] });
    writeFileSync(answerFile, JSON.stringify(answer.value));
    const enrolled = await runLoket(['enrol', '--data', data, '--answer', answerFile]);
    expect(enrolled).toMatchObject({ code: 0, lines: [{ outletId: '3506-017' }] });
    expect(await runLoket(['status', '--data', data])).toMatchObject({ code: 0, lines: [{ unsent: 1 }] });
  });
});
