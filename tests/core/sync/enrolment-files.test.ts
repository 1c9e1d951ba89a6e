import { describe, expect, it } from 'vitest';
import { enrolDevice } from '../../../src/province/enrolment/enrolment.ts';
import { parseEnvelope } from '../../../src/main/core/journal/entry-text.ts';
import { addDays, localDateAt } from '../../../src/domain/local-date.ts';
import { enterAs, sync } from '../../support/at-the-counter.ts';
import { restarted, useProvince } from '../../support/enrolled-counter.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { feedsOnStick } from '../../support/flashdisk.ts';
import { changePolicy } from '../../support/province-policy.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestCounter, TEST_MORNING, type TestCounter } from '../../support/test-counter.ts';
import { createTestLine } from '../../support/test-line.ts';
import { TEST_TODAY } from '../../support/test-province.ts';

const DAY = 86_400_000;
const provinceUrl = 'http://province.example';

describe('enrolling by two files', () => {
  const province = useProvince();
  const open = (): Promise<TestCounter> => startTestCounter({ line: createTestLine() });
  const asked = async (counter: TestCounter, url: string | null = null) =>
    (await counter.get('enrolment.request', { code: await province().code(), provinceUrl: url })).request;
  const answered = async (request: { readonly text: string; readonly mac: string }) => {
    const answer = await enrolDevice(province().province.context, request);
    if (!answer.ok) throw new Error(answer.error);
    return answer.value;
  };
  const kept = (counter: TestCounter) => counter.rows(`SELECT value FROM setting WHERE key = 'pending-enrolment'`);

  it('needs no line and no running program in between, and ends in a counter that works', async () => {
    const counter = await open();
    const request = await asked(counter, provinceUrl);
    const again = await restarted(counter);
    expect(await again.get('counter.status', {})).toMatchObject({ enrolled: false });
    const answer = await answered(request);
    expect(await again.get('enrolment.complete', { answer })).toMatchObject({ outletId: '3506-017' });
    // The code is not kept longer than it is needed.
    expect(kept(again)).toEqual([]);
    expect(again.bodies('epoch.opened')).toMatchObject([{ reason: 'enrolment' }]);
    again.line.plug(province().server);
    await sync(again);
    await enterAs(again, 'petugas-1');
    expect(await again.refusal('enrolment.complete', { answer })).toEqual({ code: 'ALREADY_ENROLLED' });
    expect(again.line.requests.filter((one) => one.includes('/v1/enrol'))).toEqual([]);
  });

  it('never writes the code down in clear, nor into the file', async () => {
    const counter = await open();
    const code = await province().code();
    const { request, codeId } = await counter.get('enrolment.request', { code });
    const secret = code.replaceAll('-', '').slice(codeId.length);
    expect(JSON.stringify(request)).not.toContain(secret.slice(0, 8));
    expect(JSON.stringify(kept(counter))).not.toContain(secret.slice(0, 8));
  });

  it('refuses an answer to another request, by somebody else, bent, or to no request, and changes nothing', async () => {
    const counter = await open();
    const other = await open();
    const [mine, theirs] = [await asked(counter), await asked(other)];
    const [answer, foreign] = [await answered(mine), await answered(theirs)];
    const bent = { ...answer, text: answer.text.replace('3506-017', '3518-004') };
    for (const [given, reason] of [
      [foreign, 'MAC'],
      [bent, 'MAC'],
      [{ ...answer, mac: foreign.mac }, 'MAC'],
    ] as const) {
      const before = JSON.stringify(kept(counter));
      expect(await counter.refusal('enrolment.complete', { answer: given })).toEqual({
        code: 'PROVINCE_ANSWER_INVALID',
        details: { reason },
      });
      expect(JSON.stringify(kept(counter))).toBe(before);
    }
    expect(await counter.get('counter.status', {})).toMatchObject({ enrolled: false });
    const third = await open();
    expect(await third.refusal('enrolment.complete', { answer })).toEqual({ code: 'ENROLMENT_NOT_REQUESTED' });
    await counter.get('enrolment.complete', { answer });
  });

  it('takes only the answer to the last request: an older one fits no key any more', async () => {
    const counter = await open();
    const first = await answered(await asked(counter));
    const second = await answered(await asked(counter));
    expect(await counter.refusal('enrolment.complete', { answer: first })).toMatchObject({
      code: 'PROVINCE_ANSWER_INVALID',
    });
    await counter.get('enrolment.complete', { answer: second });
  });

  it('takes no answer to an older request with the same code either', async () => {
    const counter = await open();
    const code = await province().code();
    const { request } = await counter.get('enrolment.request', { code });
    const answer = await answered(request);
    await counter.get('enrolment.request', { code });
    expect(await counter.refusal('enrolment.complete', { answer })).toEqual({
      code: 'PROVINCE_ANSWER_INVALID',
      details: { reason: 'NONCE' },
    });
  });

  it('forgets a request that was never answered', async () => {
    const counter = await open();
    const answer = await answered(await asked(counter));
    counter.clock.pass(15 * DAY);
    expect(await counter.refusal('enrolment.complete', { answer })).toEqual({ code: 'ENROLMENT_NOT_REQUESTED' });
    expect(kept(counter)).toEqual([]);
  });

  it('refuses a code that was mistyped before anything is made', async () => {
    const counter = await open();
    const code = (await province().code()).replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    expect(await counter.refusal('enrolment.request', { code })).toMatchObject({ code: 'ENROLMENT_CODE_INVALID' });
    expect(kept(counter)).toEqual([]);
  });
});

describe('a counter whose clock is set back, and that never has a line', () => {
  const province = useProvince();
  const newestDay = (counter: TestCounter): string => {
    const [row] = counter.rows('SELECT text FROM entry ORDER BY seq DESC LIMIT 1');
    return localDateAt(parseEnvelope(String(row?.['text'])).wallMs);
  };

  it('dates nothing before the province enrolled it and signed what it sells by, also after a restart', async () => {
    const clock = createFakeClock(province().clock.now - 60 * DAY);
    const counter = await startTestCounter({ line: createTestLine(), clock });
    const { request } = await counter.get('enrolment.request', { code: await province().code() });
    const answer = await enrolDevice(province().province.context, request);
    if (!answer.ok) throw new Error(answer.error);
    await counter.get('enrolment.complete', { answer: answer.value });
    // The first entry of all.
    expect(newestDay(counter)).toBe(TEST_TODAY);
    expect(counter.rows(`SELECT text FROM entry WHERE text LIKE '%"timeTrust":"rtc"%'`)).toEqual([]);

    province().clock.now += 3 * DAY;
    await changePolicy(province(), 'complaintPhone=(031) 555-0101');
    const deviceId = String(counter.rows('SELECT device_id FROM device')[0]?.['device_id']);
    const stick = temporaryFolder();
    const fed = await counter.get('answer.import', { file: await feedsOnStick(province(), deviceId, stick) });
    expect(fed.pages).toBeGreaterThan(0);
    const signedOn = addDays(TEST_TODAY, 3);
    expect(newestDay(counter)).toBe(signedOn);

    // Before anything is written, a program that starts again knows it too.
    const again = await restarted(counter);
    await enterAs(again, 'petugas-1');
    expect(newestDay(again)).toBe(signedOn);
    // And it is asked about: nobody sells by such a clock unseen.
    expect((await again.get('counter.status', {})).clock).toMatchObject({
      trust: 'suspect',
      needsAcknowledgement: true,
    });
  });

  it('is not held by a province whose clock was ahead, once that has told the right time', async () => {
    const counter = await startTestCounter({ line: createTestLine(), clock: createFakeClock(TEST_MORNING) });
    province().clock.now += 30 * DAY;
    const { request } = await counter.get('enrolment.request', { code: await province().code(), provinceUrl });
    const answer = await enrolDevice(province().province.context, request);
    if (!answer.ok) throw new Error(answer.error);
    await counter.get('enrolment.complete', { answer: answer.value });
    expect(newestDay(counter) > addDays(TEST_TODAY, 29)).toBe(true);
    province().clock.now -= 30 * DAY;
    const rightDay = localDateAt(province().clock.now);
    counter.line.plug(province().server);
    await sync(counter);
    await enterAs(counter, 'petugas-1');
    expect(newestDay(counter)).toBe(rightDay);
    counter.line.set('down');
    await counter.stop();
    counter.clock.reboot(60_000);
    const rebooted = await restarted(counter);
    await enterAs(rebooted, 'petugas-1');
    expect(newestDay(rebooted)).toBe(rightDay);
  });
});
